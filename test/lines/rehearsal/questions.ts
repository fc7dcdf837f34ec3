import { z } from 'zod'
import type { Question } from '#kernel/journey/journey.ts'
import { words } from '#kernel/journey/journey-answers.ts'

/** What each side is asked, the one that asks first as well as the one that answers. */
export const questions: readonly Question[] = [
  {
    key: 'story',
    title: { zh: '发生了什么事？', en: 'What happened?' },
    factTitle: { zh: '事情经过', en: 'What happened' },
    why: { zh: '调解员看了才知道从哪里说起。', en: 'The mediators start from it.' },
    fields: [{ name: 'story', kind: 'longText', label: { zh: '事情经过', en: 'What happened' } }],
    schema: z.object({ story: words(4000) }),
  },
  {
    key: 'wish',
    title: { zh: '您希望怎么解决？', en: 'How should it be settled?' },
    factTitle: { zh: '希望怎么解决', en: 'The settlement wanted' },
    why: { zh: '您愿意的话，可以让对方看到。', en: 'The other side may be shown it, if you wish.' },
    fields: [{ name: 'words', kind: 'longText', label: { zh: '希望怎么解决', en: 'The settlement wanted' } }],
    schema: z.object({ words: words(2000) }),
  },
]
