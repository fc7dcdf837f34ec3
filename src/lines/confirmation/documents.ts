import type { Line } from '#kernel/line.ts'
import { cite } from './statutes.ts'

const ofDesk = { by: 'desk', in: ['preparing', 'prepared', 'filed'] } as const
const papers = cite('最高人民法院关于适用民事诉讼法的解释', 353)

export const documents = {
  agreement: { title: { zh: '调解协议书', en: 'The mediation agreement' }, cite: papers, owed: ofDesk },
  proof: { title: { zh: '调解组织主持调解的证明', en: 'Proof that the committee mediated' }, cite: papers, owed: ofDesk },
  property: { title: { zh: '有关的财产权利证明', en: 'Proof of title to the property' }, cite: papers },
  ruling: { title: { zh: '法院的裁定书', en: 'The court’s ruling' } },
  evidence: { title: { zh: '有关材料', en: 'Supporting papers' } },
} as const satisfies Line['documents']
