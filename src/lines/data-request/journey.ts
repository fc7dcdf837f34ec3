import { z } from 'zod'
import type { Field, Question, SaidTo } from '#kernel/journey/journey.ts'
import { choice, idNumber, words } from '#kernel/journey/journey-answers.ts'
import { holding } from '#parts/facts.ts'
import { noticeOf, noticeSchema } from '#parts/notice.ts'
import { wantKeys, wants, type Want } from './wants.ts'
import { cite } from './statutes.ts'

/** What every question of a request takes, by question; the right answer to a fact is judged by the question it was told in. */
export const schemas = {
  notice: noticeSchema,
  wants: z.object({ what: choice(wantKeys) }),
  fact: z.object({ fact: words(80) }),
  explanation: z.object({ words: words(1000) }),
  person: z.object({ name: words(100), idNumber: idNumber.optional() }),
}

/** What was said in a request, by question; what was not asked yet is absent. */
export type Said = SaidTo<typeof schemas>

const notice = noticeOf({
  why: { zh: '问您之前，法律要求我们先说清楚。', en: 'The law asks us to say this before we ask.' },
  hint: {
    zh: '您在这里写的，只用来答复您。查阅、复制、更正、删除，都不收钱。不能照办的，我们会写明理由；您不同意，可以向法院起诉。',
    en: 'What you write here is used to answer you and for nothing else. It is free. Where we cannot do as you ask we give reasons, and you may go to court.',
  },
  cite: cite('个人信息保护法', 44),
})

const what: Question = {
  key: 'wants',
  title: { zh: '您想要我们做什么？', en: 'What would you like us to do?' },
  factTitle: { zh: '要求', en: 'Request' },
  why: { zh: '不同的要求，办法不一样。', en: 'Each is handled in its own way.' },
  cite: cite('个人信息保护法', 45),
  fields: [
    {
      name: 'what',
      kind: 'radio',
      label: { zh: '您的要求', en: 'Your request' },
      options: Object.entries(wants).map(([value, want]) => ({
        value,
        label: want.label,
        ...('hint' in want && { hint: want.hint }),
      })),
    },
  ],
  schema: schemas.wants,
}

/** What was asked for; undefined before it is. */
export const wanted = (said: Said): Want | undefined => said.wants?.what

/** One thing that was told: the field of a question, by `question.field`. */
type Fact = { key: string; question: Question; field: Field }

const factsIn = (about: readonly Question[]): Fact[] =>
  about
    .filter(({ key }) => key !== 'notice')
    .flatMap((question) =>
      question.fields.filter(({ kind }) => kind !== 'files').map((field) => ({ key: `${question.key}.${field.name}`, question, field })),
    )

/** Which answer of the matter it is about is wrong. */
const wrong = (facts: readonly Fact[]): Question => ({
  key: 'fact',
  title: { zh: '哪一项错了？', en: 'What is wrong?' },
  factTitle: { zh: '哪一项有错', en: 'What is wrong' },
  why: { zh: '一次改一项，改得清楚。还有别的错，可以再提。', en: 'One at a time keeps it clear. You may ask again for another.' },
  cite: cite('个人信息保护法', 46),
  fields: [
    {
      name: 'fact',
      kind: 'radio',
      label: { zh: '哪一项', en: 'Which' },
      options: facts.map(({ key, field }) => ({ value: key, label: field.label })),
    },
  ],
  schema: schemas.fact.refine(({ fact }) => !facts.length || facts.some(({ key }) => key === fact), {
    path: ['fact'],
    error: 'answer.choose',
  }),
  appliesWhen: (said: Said) => wanted(said) === 'correct',
})

/** The field it was told in, asked again: judged as it was judged then. */
const right = ({ key, question, field }: Fact): Question => ({
  key: rightKey(key),
  title: { zh: `应该是什么：${field.label.zh}`, en: `What is right: ${field.label.en}` },
  factTitle: { zh: `更正：${field.label.zh}`, en: `Corrected: ${field.label.en}` },
  why: { zh: '核实以后，我们会改过来，并记下是您什么时候提出的。', en: 'We check it, correct it, and note that you asked and when.' },
  cite: cite('个人信息保护法', 46),
  fields: [{ ...field, autocomplete: 'off' }],
  schema: z.object({ [field.name]: question.schema.shape[field.name] as z.ZodType }), // a shape holds zod types
  appliesWhen: (said: Said) => wanted(said) === 'correct' && wrongFact(said) === key,
})

/** The question under which the right answer to a fact is kept. */
export const rightKey = (fact: string): string => `right-${fact.replace('.', '-')}`

/** Which answer is said to be wrong; undefined before it is said. */
export const wrongFact = (said: Said): string | undefined => said.fact?.fact

const explanation: Question = {
  key: 'explanation',
  title: { zh: '您想要我们说明什么？', en: 'What would you like explained?' },
  factTitle: { zh: '要求说明的事', en: 'What is to be explained' },
  why: { zh: '写清楚了，答复才能说到点子上。', en: 'So that the answer meets your question.' },
  example: { zh: '3 月 2 日有人看过我的电话号码，为什么？', en: 'Somebody read my phone number on 2 March. Why?' },
  cite: cite('个人信息保护法', 48),
  fields: [{ name: 'words', kind: 'longText', label: { zh: '想问的', en: 'Your question' } }],
  schema: schemas.explanation,
  appliesWhen: (said: Said) => wanted(said) === 'explain',
}

const person: Question = {
  key: 'person',
  title: { zh: '您叫什么？', en: 'What is your name?' },
  factTitle: { zh: '提出要求的人', en: 'Who asks' },
  why: { zh: '您的信息，只能交给您本人。要核对是不是您。', en: 'What is yours is given to you alone, so we check that it is you.' },
  hint: { zh: '名字照身份证写。', en: 'As on your identity card.' },
  cite: cite('个人信息保护法', 50, 1),
  facts: holding({ name: 'person.name', idNumber: 'person.idNumber' }),
  fields: [
    { name: 'name', kind: 'text', label: { zh: '姓名', en: 'Name' }, autocomplete: 'name' },
    { name: 'idNumber', kind: 'idNumber', label: { zh: '身份证号', en: 'Identity number' }, autocomplete: 'off', optional: true },
  ],
  schema: schemas.person,
  lasting: { fields: ['name', 'idNumber'] },
}

/** What a person is asked who asks about what is held of them; `about` are the questions they answered in the matter it is about. */
export function dataRequestJourney(_: string, about: readonly Question[] = []): readonly Question[] {
  const facts = factsIn(about)
  return [notice, what, wrong(facts), ...facts.map(right), explanation, person]
}
