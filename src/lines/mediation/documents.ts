import type { Line } from '#kernel/line.ts'
import { its } from './data.ts'
import { cite } from './statutes.ts'

export const documents = {
  evidence: { title: { zh: '有关材料', en: 'Supporting papers' } },
  agreement: {
    title: { zh: '协议书文本', en: 'Text of the agreement' },
    hint: { zh: '还没有签名的文本。', en: 'The text, before anybody signed.' },
    owed: { by: 'mediator', in: ['mediating'] },
    cite: cite('人民调解法', 29, 1),
  },
  record: {
    title: { zh: '口头协议记录', en: 'Record of the oral agreement' },
    owed: { by: 'mediator', in: ['agreed'], when: (data) => its(data).agreement?.form === 'oral' },
    cite: cite('人民调解法', 28),
  },
  signedCopy: {
    title: { zh: '各方签名并盖章的协议书', en: 'The agreement, signed and sealed' },
    hint: { zh: '所有人都签了名、盖了章才能放进来。', en: 'Only once everybody signed and it was sealed.' },
    owed: { by: 'desk', in: ['agreed'], when: (data) => its(data).agreement?.form === 'written' },
    cite: cite('人民调解法', 29, 2),
  },
} as const satisfies Line['documents']
