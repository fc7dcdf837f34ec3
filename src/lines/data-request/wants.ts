import type { Text } from '#kernel/line.ts'
import { keysIn } from '#kernel/keyed.ts'

/** What a person may ask for about what is held of them (个人信息保护法 art. 45–48). */
export const wants = {
  see: { label: { zh: '看看存了我的什么', en: 'See what you hold about me' }, subject: { zh: '查阅', en: 'access' } },
  copy: { label: { zh: '要一份复制件', en: 'Have a copy' }, subject: { zh: '复制', en: 'copy' } },
  correct: { label: { zh: '有写错的，要改', en: 'Correct something wrong' }, subject: { zh: '更正', en: 'correction' } },
  delete: {
    label: { zh: '删掉', en: 'Have it deleted' },
    hint: {
      zh: '没交上去的、撤回的，可以删。立了案卷的，法律要求保存，我们改为只保存、不再作别的使用。',
      en: 'What was never sent, or withdrawn, can be deleted. A case file must be kept by law; we then only store it and use it for nothing else.',
    },
    subject: { zh: '删除', en: 'deletion' },
  },
  explain: {
    label: { zh: '请你们说明为什么这样用', en: 'Explain how and why it is used' },
    hint: { zh: '比如：谁、为什么看过我的信息。', en: 'For example: who read it, and why.' },
    subject: { zh: '解释说明', en: 'explanation' },
  },
} satisfies Record<string, { label: Text; hint?: Text; subject: Text }>

export type Want = keyof typeof wants
export const wantKeys = keysIn(wants)
