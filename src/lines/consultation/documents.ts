import type { Line } from '#kernel/line.ts'

export const documents = {
  evidence: { title: { zh: '有关材料', en: 'Supporting papers' } },
} as const satisfies Line['documents']
