import { z } from 'zod'
import type { Question } from '#kernel/journey/journey.ts'
import { idNumber, phone, words } from '#kernel/journey/journey-answers.ts'
import { holding } from '#parts/facts.ts'
import { cite } from './statutes.ts'

const court = cite('最高人民法院关于适用民事诉讼法的解释', 353)

/** What the court has to know of each party, carried over from the mediation. */
export const questions: readonly Question[] = [
  {
    key: 'person',
    title: { zh: '您叫什么？', en: 'What is your name?' },
    factTitle: { zh: '当事人', en: 'Party' },
    why: { zh: '申请书上要写。', en: 'It stands in the application.' },
    cite: court,
    facts: holding({ name: 'person.name', idNumber: 'person.idNumber' }),
    fields: [
      { name: 'name', kind: 'text', label: { zh: '姓名', en: 'Name' } },
      { name: 'idNumber', kind: 'idNumber', label: { zh: '身份证号', en: 'Identity number' }, optional: true },
    ],
    schema: z.object({ name: words(100), idNumber: idNumber.optional() }),
  },
  {
    key: 'contact',
    title: { zh: '法院怎么联系您？', en: 'How does the court reach you?' },
    factTitle: { zh: '联系方式', en: 'Contact' },
    why: { zh: '只给办事的人和法院，对方看不到。', en: 'For those who handle it and the court; never for the other side.' },
    cite: court,
    facts: holding({ phone: 'contact.phone' }),
    fields: [{ name: 'phone', kind: 'phone', label: { zh: '电话', en: 'Telephone' } }],
    schema: z.object({ safe: z.string().optional(), phone: phone.optional(), when: z.string().optional() }),
  },
  {
    key: 'home',
    title: { zh: '您住在哪里？', en: 'Where do you live?' },
    factTitle: { zh: '住址', en: 'Home' },
    why: { zh: '只给办事的人和法院，对方看不到。', en: 'For those who handle it and the court; never for the other side.' },
    cite: court,
    facts: holding({ address: 'person.home' }),
    fields: [{ name: 'address', kind: 'address', label: { zh: '住址', en: 'Address' }, optional: true }],
    schema: z.object({ address: words(200).optional() }),
  },
  {
    key: 'more',
    title: { zh: '还有什么要告诉法院？', en: 'Anything else the court should know?' },
    factTitle: { zh: '要告诉法院的', en: 'For the court' },
    why: { zh: '没有可以不写。', en: 'You may leave it out.' },
    fields: [{ name: 'words', kind: 'longText', label: { zh: '要告诉法院的', en: 'For the court' }, optional: true }],
    schema: z.object({ words: words(2000).optional() }),
  },
]
