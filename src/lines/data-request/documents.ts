import type { Line } from '#kernel/line.ts'
import { cite } from './statutes.ts'

export const documents = {
  identity: {
    title: { zh: '身份证明', en: 'Proof of identity' },
    hint: { zh: '身份证正反面照片。', en: 'Both sides of the ID card.' },
    cite: cite('个人信息保护法', 50, 1),
    owed: { by: 'applicant', in: ['provingIdentity'] },
  },
  copy: {
    title: { zh: '个人信息复制件', en: 'Copy of the information held' },
    cite: cite('个人信息保护法', 45, 2),
    owed: { by: 'desk', in: ['received'], when: ({ wants }) => wants === 'copy' },
  },
  evidence: { title: { zh: '有关材料', en: 'Supporting papers' } },
} as const satisfies Line['documents']
