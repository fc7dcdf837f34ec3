import type { Question } from '#kernel/journey/journey.ts'
import { contactOf } from '#parts/contact.ts'
import { holding } from '#parts/facts.ts'
import { noticeOf } from '#parts/notice.ts'
import { beneficiaries, contactSafety, optionsOf } from './journey-options.ts'
import { forWhom, isForAnother, needsGuardian } from './journey-path.ts'
import { cite } from '../statutes.ts'
import { schemas, type Said } from './said.ts'

const notice = noticeOf({
  why: { zh: '问您的事之前，法律要求我们先说清楚怎么用。', en: 'The law asks us to tell you how we use what you say before we ask.' },
  hint: {
    zh: '您说的话，只用来办您这件事。只有经办的工作人员和律师能看，谁看过都有记录，您随时能查。您可以要求查阅、复制、改正。法律援助不收钱。',
    en: 'What you tell us is used for your case only. Only the officer and lawyer on it may read it, each reading is recorded, and you can see the record. You may ask to read, copy or correct it. Legal aid is free.',
  },
  cite: cite('个人信息保护法', 17),
})

const who: Question = {
  key: 'forWhom',
  title: { zh: '您在替谁申请？', en: 'Who is the aid for?' },
  factTitle: { zh: '为谁申请', en: 'For whom' },
  why: { zh: '替别人申请，要看法律让不让您代，材料也不一样。', en: 'Who may apply for another, and with which papers, is set by law.' },
  cite: cite('法律援助法', 40),
  fields: [{ name: 'who', kind: 'radio', label: { zh: '为谁申请', en: 'For whom' }, options: optionsOf(beneficiaries) }],
  schema: schemas.forWhom,
}

const consents = [
  { value: 'guardian', label: { zh: '我就是监护人，我同意', en: 'I am the guardian and I agree' } },
  { value: 'present', label: { zh: '监护人在我身边，监护人同意', en: 'The guardian is with me and agrees' } },
  { value: 'askLater', label: { zh: '请你们联系监护人', en: 'Please ask the guardian' } },
  {
    value: 'unsafe',
    label: { zh: '伤害我（孩子）的就是监护人', en: 'The guardian is the one who does harm' },
    hint: {
      zh: '我们不会联系他，会先派人帮忙。有危险请打 110。',
      en: 'We will not contact them and will send someone to help. In danger, call 110.',
    },
  },
]

/** The guardian's word for a child. Asked twice in two places of the path, never both: by what was said, or by the number. */
const guardianQuestion = (key: 'guardian' | 'guardianByAge', appliesWhen: NonNullable<Question['appliesWhen']>): Question => ({
  key,
  title: { zh: '监护人同意吗？', en: 'Does the guardian agree?' },
  factTitle: { zh: '监护人的意见', en: 'The guardian’s answer' },
  why: {
    zh: '不满 14 岁的孩子，信息要特别保护，收集前得监护人同意。',
    en: 'Information about a child under 14 is specially protected; the guardian must agree first.',
  },
  cite: cite('个人信息保护法', 31),
  fields: [
    { name: 'consent', kind: 'radio', label: { zh: '监护人的意见', en: 'The guardian’s answer' }, options: consents },
    { name: 'name', kind: 'text', label: { zh: '监护人姓名', en: 'Guardian’s name' }, autocomplete: 'off' },
    { name: 'phone', kind: 'phone', label: { zh: '监护人电话', en: 'Guardian’s phone' }, autocomplete: 'off', optional: true },
  ],
  schema: schemas[key],
  appliesWhen,
  sensitive: true,
})

const guardian = guardianQuestion('guardian', (said: Said) => needsGuardian(said))

/** Someone who did not say they are under 14, but whose number shows it on `today`. */
export const guardianByAge = (today: string): Question =>
  guardianQuestion('guardianByAge', (said: Said) => !needsGuardian(said) && needsGuardian(said, today))

const person: Question = {
  key: 'person',
  title: { zh: '需要帮助的人叫什么？', en: 'Who needs the help?' },
  factTitle: { zh: '需要帮助的人', en: 'Who needs the help' },
  why: { zh: '法律援助给到具体的人，决定书上要写这个名字。', en: 'Aid is given to a named person; the decision carries this name.' },
  hint: {
    zh: '名字照身份证写。手边没有证件，可以先不填号码。',
    en: 'As on the identity card. No card at hand? Leave the number for later.',
  },
  example: { zh: '买买提·艾力，或者 王秀英', en: 'Wang Xiuying' },
  cite: cite('法律援助法', 41),
  facts: holding({ name: 'person.name', idNumber: 'person.idNumber' }),
  fields: [
    { name: 'name', kind: 'text', label: { zh: '姓名', en: 'Name' }, autocomplete: 'name' },
    { name: 'idNumber', kind: 'idNumber', label: { zh: '身份证号', en: 'Identity number' }, autocomplete: 'off' },
    {
      name: 'whyNoId',
      kind: 'text',
      label: { zh: '没有号码的话，是什么原因', en: 'If there is no number, why' },
      hint: { zh: '比如：证件被人拿走了，丢了，不记得。', en: 'For example: somebody took the card; it is lost.' },
      optional: true,
    },
    {
      name: 'birthDate',
      kind: 'date',
      label: { zh: '没有号码的话，出生日期', en: 'If there is no number, the date of birth' },
      autocomplete: 'bday',
      optional: true,
      within: 'untilToday',
    },
  ],
  schema: schemas.person,
  lasting: { fields: ['name', 'idNumber'], when: (said: Said) => forWhom(said) === 'self' },
}

const filer: Question = {
  key: 'filer',
  title: { zh: '您是谁？', en: 'And who are you?' },
  factTitle: { zh: '代为申请的人', en: 'Who applies for them' },
  why: { zh: '您替别人申请，我们要知道是谁在办。', en: 'You apply for another person, so we need to know who acts.' },
  cite: cite('法律援助法', 40),
  fields: [
    { name: 'name', kind: 'text', label: { zh: '您的姓名', en: 'Your name' }, autocomplete: 'name' },
    {
      name: 'relation',
      kind: 'text',
      label: { zh: '您是需要帮助的人的什么人', en: 'What you are to that person' },
      hint: { zh: '比如：儿子、妈妈、朋友。', en: 'For example: son, mother, friend.' },
    },
    { name: 'idNumber', kind: 'idNumber', label: { zh: '您的身份证号', en: 'Your identity number' }, autocomplete: 'off', optional: true },
  ],
  schema: schemas.filer,
  appliesWhen: isForAnother,
}

const ability: Question = {
  key: 'ability',
  title: { zh: '家人能自己拿主意吗？', en: 'Can your relative decide for themselves?' },
  factTitle: { zh: '本人能否自己决定', en: 'Ability to decide' },
  why: {
    zh: '能拿主意的，要本人同意您代办；不能的，由法定代理人申请。',
    en: 'Someone who can decide must agree; for someone who cannot, the legal representative applies.',
  },
  cite: cite('法律援助法', 40, 1),
  fields: [
    {
      name: 'able',
      kind: 'radio',
      label: { zh: '能否自己拿主意', en: 'Able to decide' },
      options: [
        { value: 'agrees', label: { zh: '能，也同意我代办', en: 'Yes, and agrees that I act' } },
        { value: 'unable', label: { zh: '不能，比如失智、昏迷、重病', en: 'No, for example because of dementia, coma or grave illness' } },
      ],
    },
  ],
  schema: schemas.ability,
  appliesWhen: (said: Said) => forWhom(said) === 'relative',
}

const contact = contactOf({
  title: { zh: '怎么联系您才安全？', en: 'How can we reach you safely?' },
  factTitle: { zh: '安全的联系方式', en: 'Safe contact' },
  why: {
    zh: '先问安不安全，再记号码。您说不行的方式，我们一次也不用。',
    en: 'Safety first, then the number. We never use a way you rule out.',
  },
  label: { zh: '联系方式', en: 'How to contact you' },
  ways: optionsOf(contactSafety),
  phoneHint: {
    zh: '选“都不要”就不用填。短信只发到您登录用的手机号。',
    en: 'Not needed if you chose “neither”. Text messages go only to the number you sign in with.',
  },
  whenHint: { zh: '比如：晚上八点以后。', en: 'For example: after eight in the evening.' },
})

const place: Question = {
  key: 'place',
  title: { zh: '现在住在哪里？', en: 'Where do you live now?' },
  factTitle: { zh: '住处和事发地', en: 'Home and place of the events' },
  why: { zh: '好派近一点的律师，也看该由哪里的机构来办。', en: 'To find a lawyer nearby and the office that is competent.' },
  hint: { zh: '写到县、区、镇就行，不用写门牌。', en: 'County or town is enough; no house number.' },
  example: { zh: '西宁市城东区韵家口镇', en: 'Yunjiakou town, Chengdong district, Xining' },
  cite: cite('法律援助法', 38),
  facts: holding({ living: 'person.home' }),
  fields: [
    { name: 'living', kind: 'address', label: { zh: '住在', en: 'Living in' }, autocomplete: 'address-level2' },
    { name: 'happened', kind: 'text', label: { zh: '事情发生在别处的话，在哪里', en: 'Where it happened, if elsewhere' }, optional: true },
  ],
  schema: schemas.place,
  lasting: { fields: ['living'] },
}

/** Who the aid is for, who files, and how to reach them. */
export const people = { notice, who, guardian, person, filer, ability, contact, place }
