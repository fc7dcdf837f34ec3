import { z } from 'zod'
import type { Question, SaidTo } from '#kernel/journey/journey.ts'
import { idNumber, words } from '#kernel/journey/journey-answers.ts'
import { holding } from '#parts/facts.ts'
import { noticeOf, noticeSchema } from '#parts/notice.ts'
import { cite } from './statutes.ts'

const schemas = {
  notice: noticeSchema,
  story: z.object({ story: words(4000) }),
  person: z.object({ name: words(100), idNumber: idNumber.optional() }),
}

/** What was said, by question; what was not asked yet is absent. */
export type Said = SaidTo<typeof schemas>

const notice = noticeOf({
  why: { zh: '问您之前，法律要求我们先说清楚。', en: 'The law asks us to say this before we ask.' },
  hint: { zh: '您在这里写的，只用来办这件事。', en: 'What you write here is used for this alone.' },
  cite: cite('个人信息保护法', 17),
})

const story: Question = {
  key: 'story',
  title: { zh: '发生了什么事？', en: 'What happened?' },
  factTitle: { zh: '事情经过', en: 'What happened' },
  why: { zh: '写清楚了，答复才能说到点子上。', en: 'So that the answer meets your question.' },
  facts: holding({ story: 'dispute.story' }),
  fields: [{ name: 'story', kind: 'longText', label: { zh: '事情经过', en: 'What happened' } }],
  schema: schemas.story,
}

const person: Question = {
  key: 'person',
  title: { zh: '您叫什么？', en: 'What is your name?' },
  factTitle: { zh: '申请人', en: 'Who asks' },
  why: { zh: '答复要写给您本人。', en: 'The answer is written to you.' },
  hint: { zh: '名字照身份证写。', en: 'As on your identity card.' },
  facts: holding({ name: 'person.name', idNumber: 'person.idNumber' }),
  fields: [
    { name: 'name', kind: 'text', label: { zh: '姓名', en: 'Name' }, autocomplete: 'name' },
    { name: 'idNumber', kind: 'idNumber', label: { zh: '身份证号', en: 'Identity number' }, autocomplete: 'off', optional: true },
  ],
  schema: schemas.person,
  lasting: { fields: ['name', 'idNumber'] },
}

/** What a person is asked, one question a page. */
export const sampleLineJourney: readonly Question[] = [notice, story, person]
