import { z } from 'zod'
import type { Question } from '#kernel/journey/journey.ts'
import { words } from '#kernel/journey/journey-answers.ts'
import { holding } from '#parts/facts.ts'

/** What each side is asked, the one that asks first as well as the one that answers. */
export const questions: readonly Question[] = [
  {
    key: 'story',
    title: { zh: '发生了什么事？', en: 'What happened?' },
    factTitle: { zh: '事情经过', en: 'What happened' },
    why: { zh: '调解员看了才知道从哪里说起。', en: 'The mediators start from it.' },
    facts: holding({ story: 'dispute.story' }),
    fields: [{ name: 'story', kind: 'longText', label: { zh: '事情经过', en: 'What happened' } }],
    schema: z.object({ story: words(4000) }),
  },
  {
    key: 'wish',
    title: { zh: '您希望怎么解决？', en: 'How should it be settled?' },
    factTitle: { zh: '希望怎么解决', en: 'The settlement wanted' },
    why: { zh: '您愿意的话，可以让对方看到。', en: 'The other side may be shown it, if you wish.' },
    facts: holding({ words: 'dispute.wish' }),
    fields: [{ name: 'words', kind: 'longText', label: { zh: '希望怎么解决', en: 'The settlement wanted' } }],
    schema: z.object({ words: words(2000) }),
  },
  {
    key: 'home',
    title: { zh: '您住在哪里？', en: 'Where do you live?' },
    factTitle: { zh: '住在哪里', en: 'Home' },
    why: { zh: '只给办事的人看，对方看不到。', en: 'For those who handle it; never shown to the other side.' },
    facts: holding({ address: 'person.home' }),
    fields: [{ name: 'address', kind: 'address', label: { zh: '住址', en: 'Address' } }],
    schema: z.object({ address: words(200) }),
  },
  {
    key: 'contact',
    title: { zh: '怎么联系您？', en: 'How are you reached?' },
    factTitle: { zh: '怎么联系', en: 'Contact' },
    why: { zh: '只给办事的人看，对方看不到。', en: 'For those who handle it; never shown to the other side.' },
    facts: holding({ phone: 'contact.phone' }),
    fields: [{ name: 'phone', kind: 'phone', label: { zh: '手机', en: 'Telephone' } }],
    schema: z.object({ phone: words(20) }),
  },
]
