import type { Cite } from '#kernel/cite.ts'
import type { Text } from '#kernel/line.ts'
import type { Settings } from '../settings.ts'
import { defaultSettings } from '../settings.ts'
import type { AidCase, Candidate, Engagement } from './aid-case.ts'
import { byFavour, favoursOf, type Favour } from './favours.ts'
import type { AidForm } from './suitability.ts'
import { isLawyer, mayGive, suitability } from './suitability.ts'
import { cite } from '../statutes.ts'

/** Why someone cannot, or cannot yet, be sent. Codes C1–C10 are the conflict table. */
export type Reason = { code: ReasonCode; article: Cite; text: Text }
export type ReasonCode = 'form' | 'experience' | 'minors' | 'assessment' | 'C1' | 'C2' | 'C3' | 'C4' | 'C5' | 'C6' | 'C7' | 'C8' | 'C10'
export type Verdict = 'assignable' | 'hold' | 'block'

/** Whether a candidate may be given a case. `hold` waits for the firm's conflict check. */
export function candidacy(aidCase: AidCase, candidate: Candidate, settings = defaultSettings): { verdict: Verdict; reasons: Reason[] } {
  const found = rules.filter((rule) => rule.applies(aidCase, candidate, settings))
  const verdict = found.some((rule) => rule.verdict === 'block') ? 'block' : found.length > 0 ? 'hold' : 'assignable'
  const reasons = found.map(({ code, article, text }) => ({
    code,
    article: typeof article === 'function' ? article(aidCase) : article,
    text,
  }))
  return { verdict, reasons }
}

export type Ranked = { candidate: Candidate; verdict: Verdict; reasons: Reason[]; favours: Favour[] }

/** Everyone in the order to consider: those who may be sent first, then by what speaks for each, the weightiest first, then the lightest caseload and the id. */
export function rank(aidCase: AidCase, candidates: readonly Candidate[], settings = defaultSettings): Ranked[] {
  const judged = candidates.map((candidate) => ({ candidate, ...candidacy(aidCase, candidate, settings) }))
  const free = judged.filter(({ verdict }) => verdict === 'assignable').map(({ candidate }) => candidate)
  return judged
    .map((one) => ({ ...one, favours: one.verdict === 'block' ? [] : favoursOf(aidCase, one.candidate, free) }))
    .toSorted(
      (a, b) =>
        verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict) ||
        byFavour(a, b) ||
        a.candidate.openCaseload - b.candidate.openCaseload ||
        (a.candidate.id < b.candidate.id ? -1 : Number(a.candidate.id > b.candidate.id)),
    )
}

const verdicts: readonly Verdict[] = ['assignable', 'hold', 'block']

type Rule = {
  code: ReasonCode
  verdict: 'block' | 'hold'
  article: Cite | ((aidCase: AidCase) => Cite)
  text: Text
  applies(aidCase: AidCase, candidate: Candidate, settings: Settings): boolean
}

const rules: readonly Rule[] = [
  {
    code: 'form',
    verdict: 'block',
    article: ({ form }) => suitability[form].article,
    text: { zh: '这类人员不能提供这种形式的援助。', en: 'This kind of provider may not give this form of aid.' },
    applies: (aidCase, candidate, settings) => !mayGive(aidCase.form, candidate, settings),
  },
  {
    code: 'experience',
    verdict: 'block',
    article: cite('法律援助法', 26),
    // The law asks for three years of related practice, the ministry's rule for three of criminal defence: the stricter holds.
    text: {
      zh: '可能判处无期徒刑、死刑的案件，要有三年以上刑事辩护经历。',
      en: 'Life or death at stake needs three years of criminal defence.',
    },
    applies: ({ isLifeOrDeath }, candidate) =>
      isLifeOrDeath === true && !(isLawyer(candidate) && (candidate.criminalDefenceYears ?? 0) >= 3),
  },
  {
    code: 'minors',
    verdict: 'block',
    article: cite('未成年人保护法', 104, 2),
    text: { zh: '为未成年人提供援助的，应当是熟悉未成年人身心特点的律师。', en: 'A minor needs a lawyer familiar with minors.' },
    applies: ({ recipientIsMinor }, candidate) =>
      recipientIsMinor === true && !(isLawyer(candidate) && candidate.isFamiliarWithMinors === true),
  },
  {
    code: 'assessment',
    verdict: 'block',
    article: cite('律师法', 23),
    text: { zh: '最近一次年度考核没有通过。', en: 'The last annual assessment was not passed.' },
    applies: (_, { annualAssessment }) => annualAssessment === 'failed',
  },
  {
    code: 'C1',
    verdict: 'block',
    article: cite('律师法', 39),
    text: { zh: '在同一案件中为对方提供过服务。', en: 'Acts or acted for the other side in the same case.' },
    applies: ({ dispute, opponents }, { engagements }) => servesOpponent(dispute, opponents, engagements),
  },
  {
    code: 'C2',
    verdict: 'block',
    article: cite('律师法', 39),
    text: { zh: '本人或者近亲属与本案有利益冲突。', en: 'The provider or a close relative has a conflicting interest.' },
    applies: ({ dispute, opponents }, { id, interestsIn }) => opponents.includes(id) || has(interestsIn, dispute),
  },
  {
    code: 'C3',
    verdict: 'hold',
    article: cite('律师法', 23),
    text: { zh: '同所人员代理对方，先由律所作利益冲突审查。', en: 'A colleague acts for the other side: the firm checks first.' },
    applies: hasFirmConflict,
  },
  {
    code: 'C4',
    verdict: 'block',
    article: cite('最高人民法院关于适用刑事诉讼法的解释', 43, 2),
    text: { zh: '已为同案或者关联案件的其他被告人辩护。', en: 'Already defends a co-defendant or one in a related case.' },
    applies: ({ form, coDefendants }, { engagements }) =>
      form === 'criminalDefence' && engagements?.some(({ as, client }) => as === 'defence' && has(coDefendants, client)) === true,
  },
  {
    code: 'C5',
    verdict: 'block',
    // The same reason as for two co-defendants; some provinces say it of duty lawyers expressly.
    article: cite('最高人民法院关于适用刑事诉讼法的解释', 43, 2),
    text: { zh: '作为值班律师帮助过多名同案人员。', en: 'Helped several of the co-suspects as duty lawyer.' },
    applies: ({ form, recipient, coDefendants = [] }, { dutyHelped }) =>
      form === 'criminalDefence' && [recipient, ...coDefendants].filter((suspect) => has(dutyHelped, suspect)).length > 1,
  },
  {
    code: 'C6',
    verdict: 'block',
    article: cite('律师法', 41),
    text: { zh: '从法院、检察院离任不满二年。', en: 'Left a court or procuratorate within the last two years.' },
    applies: ({ form, on }, { leftJudiciaryOn }) =>
      isBeforeCourt(form) && leftJudiciaryOn !== undefined && on <= twoYearsAfter(leftJudiciaryOn),
  },
  {
    code: 'C7',
    verdict: 'block',
    article: cite('律师法', 11, 2),
    text: { zh: '担任人大常委会组成人员期间，不得代理诉讼或者辩护。', en: 'Members of a standing committee may not litigate or defend.' },
    applies: ({ form }, { isOnStandingCommittee }) => isBeforeCourt(form) && isOnStandingCommittee === true,
  },
  {
    code: 'C8',
    verdict: 'block',
    article: cite('律师法', 13),
    text: { zh: '执业证在指派当天无效。', en: 'The licence is not valid on the day of assignment.' },
    applies: ({ on }, candidate) => needsLicence(candidate) && !holdsLicence(candidate, on),
  },
  {
    code: 'C10',
    verdict: 'block',
    article: cite('法律援助法', 46, 1),
    text: { zh: '已报告有利害关系或者客观上不能办理。', en: 'Reported an interest or an inability to act.' },
    applies: ({ dispute }, { reportedUnable }) => has(reportedUnable, dispute),
  },
]

const needsLicence = ({ kind, licence }: Candidate) => kind === 'lawyer' || kind === 'grassrootsLegalWorker' || licence !== undefined

function holdsLicence({ kind, licence }: Candidate, on: string): boolean {
  if (licence?.status !== 'valid' || on < licence.from || (licence.until !== undefined && on > licence.until)) return false
  return kind === 'lawyer' || kind === 'grassrootsLegalWorker' ? licence.as === kind : true
}

const isBeforeCourt = (form: AidForm) =>
  form === 'criminalDefence' || form === 'criminalRepresentation' || form === 'litigationRepresentation'

function hasFirmConflict({ dispute, opponents, firmConflictConsent: consent }: AidCase, { firmEngagements }: Candidate): boolean {
  const isLifted = consent?.bothPartiesConsented && consent.noOtherProviderInCounty
  return !isLifted && servesOpponent(dispute, opponents, firmEngagements)
}

const servesOpponent = (dispute: string, opponents: readonly string[], engagements: readonly Engagement[] = []) =>
  engagements.some((engagement) => engagement.dispute === dispute && opponents.includes(engagement.client))

/** The last day of the two years; 29 February counts to the end of February (民法典第二百零二条). */
const twoYearsAfter = (day: string) => `${Number(day.slice(0, 4)) + 2}${day.slice(4)}`

const has = (list: readonly string[] | undefined, value: string) => list?.includes(value) === true
