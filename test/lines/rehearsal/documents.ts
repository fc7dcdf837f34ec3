import type { Line } from '#kernel/line.ts'

export const documents = {
  evidence: { title: { zh: '证据', en: 'Evidence' } },
  agreement: { title: { zh: '调解协议', en: 'Agreement' } },
} as const satisfies Line['documents']
