import { describe, expect, test } from 'vitest'
import { citeText } from '#kernel/cite.ts'
import { Facts } from './facts.ts'
import type { Assessment } from './means.ts'
import { assess, whatWouldChange } from './means.ts'
import type { Settings } from '../settings.ts'
import { defaultSettings, provincialValues, settingsFrom } from '../settings.ts'
import { urgency } from './urgency.ts'

const qinghai = settingsFrom((key) => provincialValues.find((value) => value.region === '63' && value.key === key)?.value)

const low = 100_000
const base = {
  route: 'application',
  person: { kind: 'citizen', birthDate: '1980-05-01' },
  filedBy: { relation: 'self' },
  matter: { code: 'M31-4', hasCounsel: false },
  noMeansTest: { situation: 'none' },
  exemption: { statuses: [] },
  household: { members: [] },
  applicantOwnIncomeFenPerMonth: low,
  verification: { method: 'undertaking', done: true },
  deadlines: { receivedOn: '2026-03-02' },
  allowanceFenPerMonth: 80_000,
}
const facts = (change: Record<string, unknown> = {}): Facts => Facts.parse({ ...base, ...change })
const weigh = (change: Record<string, unknown> = {}, settings: Settings = qinghai) => assess(facts(change), settings)
const finding = ({ steps }: Assessment, step: string) => steps.find((one) => one.step === step)
const articles = ({ refusalGrounds }: Assessment) => refusalGrounds.map(({ article }) => citeText(article))
const worker = { exemption: { statuses: [{ code: 'X42-3', hasProof: true }] } }
const wages = { matter: { code: 'M31-5', claim: 'pay' } }
const rich = { applicantOwnIncomeFenPerMonth: 9_000_000 }

describe('where a request goes first', () => {
  test('advice and drafting have no means test (法律援助法 §23)', () => {
    expect(assess({ route: 'advice' }, qinghai).proposal).toBe('consult')
    expect(assess({ route: 'drafting' }, qinghai).proposal).toBe('consult')
  })
  test('a notice from an organ needs no application and asks nothing (法律援助法 §25, §36)', () => {
    expect(assess({ route: 'notice' }, defaultSettings)).toMatchObject({ proposal: 'notice', missing: [] })
  })
  test('a suspect who wants the duty lawyer is sent there (法律援助法 §30)', () =>
    expect(assess({ route: 'dutyLawyer' }, qinghai).proposal).toBe('refer'))
  test('a matter of another agency is referred by name, not refused (法律援助法 §38)', () =>
    expect(weigh({ competentAgency: 'agency-2' })).toMatchObject({ proposal: 'refer', refusalGrounds: [] }))
  test('nothing said yet: the first question is the kind of help (法律援助法 §22)', () =>
    expect(assess({}, qinghai)).toMatchObject({ proposal: 'cannotDecide', missing: ['route'] }))
})

const foreigner = (hasTreatyOrReciprocity?: boolean) =>
  weigh({ person: { kind: 'foreigner', birthDate: '1980-05-01', hasTreatyOrReciprocity } })

describe('who may apply', () => {
  test('an organisation is refused and told advice stays open (法律援助法 §2)', () => {
    const refused = weigh({ person: { kind: 'organisation' } })
    expect(refused.proposal).toBe('refuse')
    expect(articles(refused)).toEqual(['《法律援助法》第二条'])
  })
  test('a foreigner needs a law, a treaty or reciprocity (法律援助法 §69)', () => {
    expect(foreigner(true).proposal).toBe('grant')
    expect(articles(foreigner(false))).toEqual(['《法律援助法》第六十九条'])
    expect(foreigner().missing).toEqual(['person.hasTreatyOrReciprocity'])
  })

  const girl = { person: { kind: 'citizen', birthDate: '2012-01-20' }, deadlines: { receivedOn: '2026-05-11' } }
  const support = { ...girl, exemption: { statuses: [{ code: 'X42-1', hasProof: true }] } }
  test('the mother applies for a girl of 14 whose father owes support; nothing about income is checked (法律援助法 §40, §42(1))', () => {
    const granted = weigh({ ...support, filedBy: { relation: 'statutoryRepresentative', isRepresentativeTheOpponent: false } })
    expect(granted.proposal).toBe('grant')
    expect(finding(granted, 'exemption')).toMatchObject({ finding: 'exempt', input: 'X42-1' })
    expect(finding(granted, 'hardship')).toBeUndefined()
  })
  test('the debtor father cannot apply for her; the mother or grandmother can, and she is never refused for it (法律援助法 §40)', () => {
    const father = (anotherRepresentativeAvailable: boolean) =>
      weigh({
        ...support,
        filedBy: { relation: 'statutoryRepresentative', isRepresentativeTheOpponent: true, anotherRepresentativeAvailable },
      })
    expect(father(true)).toMatchObject({ proposal: 'cannotDecide', missing: ['filedBy.relation'] })
    expect(finding(father(true), 'filing')?.finding).toBe('otherRepresentative')
    expect(finding(father(false), 'filing')?.finding).toBe('relativeInstead')
    expect(weigh({ ...support, filedBy: { relation: 'closeRelative', isRepresentativeTheOpponent: true } }).proposal).toBe('grant')
  })
  test('a child applying alone is asked for a representative; at 16 on own wages not (法律援助法 §40, 民法典 §18)', () => {
    expect(finding(weigh(girl), 'filing')?.finding).toBe('needsRepresentative')
    const young = { birthDate: '2009-05-11', kind: 'citizen' }
    expect(weigh({ person: { ...young, livesOnOwnLabour: true }, deadlines: girl.deadlines }).proposal).toBe('grant')
    expect(weigh({ person: young, deadlines: girl.deadlines }).proposal).toBe('cannotDecide')
  })
  test('a detainee’s application comes through the facility or a close relative (法律援助法 §39, §40(2))', () => {
    expect(weigh({ filedBy: { relation: 'custodyForward' } }).proposal).toBe('grant')
    expect(weigh({ person: { ...base.person, isInCustody: true }, filedBy: { relation: 'closeRelative' } }).proposal).toBe('grant')
    expect(weigh({ filedBy: { relation: 'closeRelative' } }).proposal).toBe('cannotDecide')
  })
})

const retrial = (retrialOrdered?: boolean) => weigh({ matter: { code: 'M33', hasCounsel: false, retrialOrdered } })

describe('which matters', () => {
  test('divorce is outside article 31 unless the province lists it (法律援助法 §31(9))', () => {
    const divorce = { matter: { code: 'M31-9', topic: 'marriageFamily' } }
    expect(articles(weigh(divorce))).toEqual(['《法律援助法》第三十一条第九项'])
    expect(weigh(divorce, { ...qinghai, 'matters.provincial': ['marriageFamily'] }).proposal).toBe('grant')
  })
  test('a migrant worker’s divorce is not a wage claim, whatever the proof (法律援助法 §42(3))', () => {
    const listed: Settings = { ...qinghai, 'matters.provincial': ['marriageFamily'] }
    const divorce = weigh({ ...worker, matter: { code: 'M31-9', topic: 'marriageFamily' } }, listed)
    expect(finding(divorce, 'exemption')?.finding).toBe('notExempt')
    expect(finding(divorce, 'hardship')?.finding).toBe('hardship')
  })
  test('an accused without a defender needs hardship or another reason (法律援助法 §24)', () => {
    const accused = (more: object) => weigh({ ...rich, matter: { code: 'M24', hasCounsel: false, ...more } })
    expect(accused({ noCounselReason: 'other' }).proposal).toBe('grant')
    expect(accused({ noCounselReason: 'hardship' }).proposal).toBe('refuse')
    expect(accused({}).missing).toEqual(['matter.noCounselReason'])
    expect(articles(weigh({ matter: { code: 'M24', hasCounsel: true } }))).toEqual(['《法律援助法》第二十四条'])
  })
  test('aid in a retrial waits for the order or the protest (法律援助法 §33)', () => {
    expect(retrial(true).proposal).toBe('grant')
    expect(articles(retrial(false))).toEqual(['《法律援助法》第三十三条'])
    expect(retrial().missing).toEqual(['matter.retrialOrdered'])
  })
  test('nobody is refused before being asked about violence and the like (法律援助法 §32)', () => {
    const unasked = weigh({ matter: { code: 'M31-9', topic: 'marriageFamily' }, noMeansTest: undefined })
    expect(unasked).toMatchObject({ proposal: 'cannotDecide', missing: ['noMeansTest.situation'] })
  })
})

describe('whose means are not looked at', () => {
  test('a victim of domestic violence with a high salary is granted and her income is not even read (法律援助法 §32(4), 反家庭暴力法 §19)', () => {
    const unread = new Proxy(facts({ noMeansTest: { situation: 'N32-4' }, matter: undefined }), {
      get(target, key, receiver) {
        if (['applicantOwnIncomeFenPerMonth', 'household', 'assets', 'verification', 'hardshipStandard'].includes(String(key)))
          throw new Error(`${String(key)} was read`)
        return Reflect.get(target, key, receiver)
      },
    })
    expect(assess(unread, qinghai).proposal).toBe('grant')
    expect(finding(assess(unread, qinghai), 'noMeansTest')?.article).toMatchObject({ article: 32, item: 4 })
  })
  test('an unpaid migrant worker with a work card is not asked about income (法律援助法 §42(3), 保障农民工工资支付条例 §45)', () => {
    const granted = weigh({ ...wages, ...worker, household: undefined, applicantOwnIncomeFenPerMonth: undefined })
    expect(granted.proposal).toBe('grant')
    expect(finding(granted, 'exemption')).toMatchObject({ finding: 'exempt', input: 'X42-3' })
  })
  test('without proof of being a migrant worker the ordinary check applies (法律援助法 §42)', () => {
    const unproved = { ...wages, exemption: { statuses: [{ code: 'X42-3', hasProof: false }] } }
    expect(weigh(unproved).proposal).toBe('grant')
    const refused = weigh({ ...unproved, ...rich })
    expect(refused.proposal).toBe('refuse')
    expect(whatWouldChange(refused).map(({ zh }) => zh)).toContain('补上身份情况的证明，就免予核查。')
  })
  test('proof and claim are asked before income (法律援助法 §42, 个人信息保护法 §6)', () => {
    expect(weigh({ ...wages, exemption: { statuses: [{ code: 'X42-3' }] } }).missing).toEqual(['exemption.statuses.hasProof'])
    expect(weigh({ ...worker, matter: { code: 'M31-5' } }).missing).toEqual(['matter.claim'])
    expect(weigh({ ...worker, matter: { code: 'M31-7', claim: 'traffic' } }).proposal).toBe('grant')
    expect(finding(weigh({ ...worker, matter: { code: 'M31-7', claim: 'traffic' } }), 'exemption')?.finding).toBe('notExempt')
  })
})

const income = (fen: number, standard = {}) =>
  weigh({
    applicantOwnIncomeFenPerMonth: fen,
    hardshipStandard: { basis: 'minimumLivingAllowanceMultiple', multiple: 3, inclusive: true, area: 'applicantResidence', ...standard },
  })

const trio = (own: number) =>
  weigh({
    applicantOwnIncomeFenPerMonth: own,
    household: { members: [0, 0].map(() => ({ incomeFenPerMonth: 240_000, isOpponent: false })) },
  })

describe('hardship', () => {
  test('2,400.00 yuan is within three times 800, 2,400.01 is not (法律援助法 §34)', () => {
    expect(finding(income(240_000), 'hardship')).toMatchObject({ outcome: 'pass', threshold: 240_000, marginFen: 0 })
    expect(finding(income(240_001), 'hardship')).toMatchObject({ outcome: 'fail', marginFen: -1 })
    expect(income(240_001).proposal).toBe('refuse')
    expect(income(240_000, { inclusive: false }).proposal).toBe('refuse')
    expect(income(239_999, { inclusive: false }).proposal).toBe('grant')
  })
  test('a household one fen over the limit in all is over it per head (法律援助法 §34)', () => {
    expect([trio(240_000).proposal, trio(240_001).proposal]).toEqual(['grant', 'refuse'])
  })
  test('a mother living with the son she claims support from is judged on her own income (法律援助法 §31(4), §34)', () => {
    const son = { incomeFenPerMonth: 3_000_000, isOpponent: true }
    const mother = weigh({ applicantOwnIncomeFenPerMonth: 0, household: { members: [son] }, deadlines: { receivedOn: '2026-07-13' } })
    expect(finding(mother, 'hardship')).toMatchObject({ finding: 'hardshipAlone', input: 0 })
    expect(weigh({ applicantOwnIncomeFenPerMonth: 0, household: { members: [{ incomeFenPerMonth: 3_000_000 }] } }).missing).toEqual([
      'opponentLivesTogether',
    ])
  })
  test('no standard or no local figure: cannot decide, never refused for income (法律援助法 §34)', () => {
    expect(weigh(rich, defaultSettings)).toMatchObject({ proposal: 'cannotDecide', missing: ['hardshipStandard'] })
    expect(weigh({ ...rich, allowanceFenPerMonth: undefined })).toMatchObject({
      proposal: 'cannotDecide',
      missing: ['allowanceFenPerMonth'],
    })
  })
  test('income within the standard still needs a query or an undertaking, no certificate (法律援助法 §41(2))', () => {
    expect(weigh({ verification: undefined }).missing).toEqual(['verification.method'])
    expect(weigh({ verification: { method: 'dataQuery', done: false } }).missing).toEqual(['verification.done'])
    expect(weigh({}, { ...qinghai, 'hardship.verificationMethods': ['dataQuery'] }).missing).toEqual(['verification.method'])
  })
  test('a standard with an asset test looks at valuables (法律援助法 §34)', () => {
    const standard = { basis: 'fixedAmount', fenPerMonth: 240_000, inclusive: true, assetTest: true }
    expect(weigh({ hardshipStandard: standard }).missing).toEqual(['assets.hasValuables'])
    expect(weigh({ hardshipStandard: standard, assets: { hasValuables: true } }).proposal).toBe('refuse')
  })
  test('provincial refusal grounds are off until set (法律援助法 §43(1))', () => {
    const late = { deadlines: { receivedOn: '2026-03-02', limitationEnds: '2026-03-01' } }
    expect(weigh(late).proposal).toBe('grant')
    expect(weigh(late, { ...qinghai, 'refusal.provincialGrounds': ['limitationExpired'] }).proposal).toBe('refuse')
  })
})

const until = (receivedOn: string, more = {}) => ({ deadlines: { receivedOn, limitationEnds: '2026-03-10', ...more } }) as const

describe('urgent aid', () => {
  test('five days left is urgent; exactly seven is not, but comes first; eight is ordinary (法律援助法 §44(1), 劳动争议调解仲裁法 §27)', () => {
    expect(urgency(until('2026-03-05'))).toMatchObject({ daysLeft: 5, isUrgent: true, isTopPriority: true })
    expect(urgency(until('2026-03-03'))).toMatchObject({ daysLeft: 7, isUrgent: false, isTopPriority: true })
    expect(urgency(until('2026-03-02'))).toMatchObject({ daysLeft: 8, isUrgent: false, isTopPriority: false })
    expect(urgency(until('2026-03-11')).isUrgent).toBe(false)
    expect(urgency(until('2026-03-05', { filing: 'none' })).isUrgent).toBe(false)
  })
  test('preservation that cannot wait is urgent by itself (法律援助法 §44(1)(2))', () =>
    expect(urgency({ preservationNeeded: true }).isUrgent).toBe(true))
  test('urgent aid does not wait for the income questions, and is not offered with a refusal (法律援助法 §44)', () => {
    expect(weigh({ exemption: undefined, ...until('2026-03-05') })).toMatchObject({ proposal: 'cannotDecide', urgent: { isUrgent: true } })
    expect(weigh({ ...rich, ...until('2026-03-05') })).toMatchObject({
      proposal: 'refuse',
      urgent: { isUrgent: false, isTopPriority: true },
    })
  })
})
