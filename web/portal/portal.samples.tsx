import type { ReactElement } from 'react'
import type { Answers } from '#kernel/journey/journey.ts'
import { exampleOf, left } from '#kernel/journey/journey.ts'
import { journeyOn } from '#lines/legal-aid/journey/journey.ts'
import type { Language } from '#platform/messages/messages.ts'
import { AskedAgainPage, LinkPage, ProofPage, ShutPage } from './by-link.tsx'
import { CheckAnswersPage } from './check-answers.tsx'
import { ChoosePage } from './choose.tsx'
import { HomePage } from './home.tsx'
import { matterSamples } from './matter.samples.tsx'
import { NextPersonPage } from './next-person.tsx'
import { PlacePage } from './pieces/place.tsx'
import { PrivacyPage } from './privacy.tsx'
import { ProblemPage } from './problem.tsx'
import { QuestionPage } from './question.tsx'
import { ReturnPage } from './return.tsx'
import type { Page } from './frame/shell.tsx'
import { rowsOf } from './shown.ts'
import { SignInPage } from './sign-in.tsx'

const hidden = { key: '0192f3a4-7c11-7d2e-9f00-5a6b7c8d9e0f', token: 'c2FtcGxlLXRva2Vu' }

/** A worker unpaid for three months: what they answered. */
export const workerAnswers: Answers = {
  notice: { read: ['yes'] },
  forWhom: { who: 'self' },
  story: { story: '三月起在城东一个工地绑钢筋，说好一天三百。\n干到五月底，一分钱没给，老板电话打不通了。' },
  kind: { kind: 'wages' },
  opponent: { name: '包工头老马，青海某建筑公司' },
  amount: { fen: 2_700_000, since: '2026-03-01' },
  deadline: { what: 'none' },
  person: { name: '买买提·艾力', idNumber: '630102199003071234' },
  contact: { safe: 'callOnly', phone: '13800000000', when: '晚上八点下工以后' },
  place: { living: '西宁市城东区，工地宿舍' },
  migrant: { isMigrant: 'yes' },
  workProof: { proofs: ['workCard', 'coworkers'] },
  documents: { files: ['a', 'b'] },
}

const counties = [
  '城东区',
  '城中区',
  '城西区',
  '城北区',
  '湟中区',
  '大通回族土族自治县',
  '湟源县',
  '乐都区',
  '平安区',
  '民和回族土族自治县',
  '互助土族自治县',
].map((name, i) => ({ code: String(630102 + i), name, city: '青海省西宁市' }))
const offices = [
  {
    name: '西宁市城东区法律援助中心',
    kind: { zh: '法律援助', en: 'Legal aid' },
    address: '东关大街 48 号一楼',
    phone: '0971-8000001',
    hours: '周一至周五 8:30–12:00，14:30–18:00',
    opening: { isOpen: true, until: new Date('2026-11-23T12:00:00+08:00') },
    km: 1.2,
  },
  { name: '八一路街道公共法律服务站', address: '八一中路 12 号', phone: '0971-8000002', hours: '看门上的通知', km: 2.4 },
]

const now = new Date('2026-11-23T10:00:00+08:00')

const questionPage = (page: Page, key: string, given: Answers = workerAnswers) => {
  const questions = journeyOn('2026-11-23')
  const question = questions.find((each) => each.key === key)
  if (!question) throw new Error(`no question ${key}: was it renamed in the journey?`)
  const values = (given[key] ?? {}) as Record<string, unknown> // answers are objects by field
  const example = exampleOf(question, given)
  const saved = { code: 'K7M2Q9XR4T', secret: '青山-绿水-4821' }
  return (
    <QuestionPage
      page={page}
      question={question}
      {...(example && { example })}
      values={values}
      errors={[]}
      action="/a"
      hidden={hidden}
      backHref="/b"
      left={left(questions, {})}
      saved={saved}
    />
  )
}

/** Every question of the journey as a page. */
export const questionSamples = (page: Page): ReactElement[] => journeyOn('2026-11-23').map(({ key }) => questionPage(page, key))

/** What a page knows of a reader, for samples. */
export const samplePage = (language: Language): Page => ({ language, here: '/places?county=630102' })

/** One of every page with the amount of matter a real one has. */
export function samples(page: Page): Record<string, ReactElement> {
  const { language } = page
  const rows = rowsOf(journeyOn('2026-11-23'), workerAnswers, language).map((row) => Object.assign(row, { changeHref: `/q/${row.key}` }))
  const story = { name: 'story', label: { zh: '发生了什么事', en: 'What happened' }, value: '老板欠我三个月工钱。' }
  return {
    ...matterSamples(page),
    home: (
      <HomePage
        page={page}
        action="/start"
        hidden={hidden}
        values={{}}
        errors={[]}
        counties={counties}
        common={common}
        office={{ county: { code: '630102', name: '城东区', city: '青海省西宁市' }, offices, now }}
        unfinishedHref="/m/K7M2Q9XR4T/next"
      />
    ),
    homeWithErrors: (
      <HomePage
        page={page}
        action="/start"
        hidden={hidden}
        values={{ story: '欠薪' }}
        errors={[
          { field: 'story', message: 'answer.tooShort' },
          { field: 'county', message: 'answer.choose' },
        ]}
        counties={counties}
        common={common}
      />
    ),
    choose: (
      <ChoosePage
        page={page}
        action="/"
        hidden={hidden}
        errors={[{ field: 'service', message: 'answer.choose' }]}
        services={[
          {
            line: 'a',
            title: { zh: '申请人民调解', en: 'Ask for mediation' },
            what: { zh: '请调解员出面，和对方好好谈。', en: 'A mediator talks with both sides.' },
          },
          {
            line: 'b',
            title: { zh: '申请法律援助', en: 'Apply for legal aid' },
            what: { zh: '符合条件的，免费派律师帮您。', en: 'If you qualify, a lawyer helps you free of charge.' },
          },
        ]}
      />
    ),
    place: (
      <PlacePage
        page={page}
        counties={counties}
        county={{ code: '630102', name: '城东区', city: '青海省西宁市' }}
        offices={offices}
        now={now}
      />
    ),
    story: questionPage(page, 'story', {}),
    kind: questionPage(page, 'kind'),
    contact: questionPage(page, 'contact'),
    person: (
      <QuestionPage
        page={{ ...page, exitHref: '/exit' }}
        question={journeyOn('2026-11-23').find(({ key }) => key === 'person')!} // the journey always asks for the person
        values={{ name: '王秀英', idNumber: '63010219900307123' }}
        errors={[{ field: 'idNumber', message: 'answer.idNumber.length' }]}
        action="/a"
        hidden={hidden}
        backHref="/b"
        left={6}
      />
    ),
    workProof: questionPage(page, 'workProof'),
    documents: questionPage(page, 'documents'),
    check: (
      <CheckAnswersPage
        page={page}
        groups={[{ title: { zh: '您说的', en: 'What you told us' }, rows }]}
        action="/a"
        hidden={hidden}
        backHref="/b"
      />
    ),
    comeBack: (
      <ReturnPage
        page={page}
        action="/return"
        hidden={hidden}
        values={{ code: 'K7M2' }}
        errors={[{ field: 'code', message: 'answer.code' }]}
      />
    ),
    phone: <SignInPage page={page} step="phone" action="/sign-in" hidden={hidden} values={{}} errors={[]} />,
    identity: (
      <SignInPage
        page={page}
        step="phone"
        action="/sign-in"
        hidden={hidden}
        values={{}}
        errors={[]}
        identity={{ href: '/sign-in/identity', hasFailed: true }}
      />
    ),
    code: (
      <SignInPage
        page={page}
        step="code"
        action="/sign-in"
        hidden={hidden}
        values={{}}
        errors={[{ field: 'code', message: 'answer.sixDigits' }]}
        again={{ action: '/again', hidden }}
      />
    ),
    letter: <LinkPage page={page} secret="ABCD-EFGH-JKMN-PQRS" />,
    letterTyped: <LinkPage page={page} />,
    letterProof: (
      <ProofPage
        page={page}
        who={{ zh: '人民调解委员会', en: 'mediation committee' }}
        proof="phone"
        errors={[{ field: 'answer', message: 'answer.linkProof', params: { left: 3 } }]}
      />
    ),
    letterShut: <ShutPage page={page} why="expired" secret="ABCD-EFGH-JKMN-PQRS" />,
    letterAsked: <AskedAgainPage page={page} />,
    privacy: (
      <PrivacyPage page={page} controller={{ name: '城东区司法局', phone: '0971-8000003', address: '西宁市城东区东关大街 48 号' }} />
    ),
    problem: (
      <ProblemPage
        page={page}
        no={{ code: 'stale', detail: {} }}
        requestId="r-1"
        backHref="/m/1"
        ways={[{ title: '看看最新的情况', href: '/m/1' }]}
        again={{ action: '/a', hidden, typed: [story] }}
      />
    ),
    flooded: (
      <ProblemPage
        page={page}
        no={{ code: 'too_many', detail: {} }}
        requestId="r-3"
        ways={[{ title: '看看窗口在哪里', href: '/places' }]}
        again={{ action: '/a', hidden, typed: [story] }}
      />
    ),
    nextPerson: <NextPersonPage page={page} hidden={hidden} />,
    bug: <ProblemPage page={page} requestId="r-2" ways={[]} />,
  }
}

const common = [
  { title: { zh: '干了活，不给工钱', en: 'I worked and was not paid' }, href: '/start?kind=wages' },
  { title: { zh: '干活受了伤', en: 'I was hurt at work' }, href: '/start?kind=workInjury' },
  { title: { zh: '家里人打我', en: 'Someone at home hurts me' }, href: '/start?kind=violence' },
  { title: { zh: '不给赡养费、抚养费', en: 'Support is not paid' }, href: '/start?kind=support' },
  { title: { zh: '亲人被抓了', en: 'A relative has been arrested' }, href: '/start?who=custody' },
]
