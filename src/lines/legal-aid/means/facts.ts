import { z } from 'zod'
import type { Text } from '#kernel/line.ts'
import { claimCodes, exemptionCodes, matterCodes, noMeansTestCodes, topicCodes } from '../matters.ts'
import { HardshipStandard } from '../settings.ts'

const fen = z.int().nonnegative()
const day = z.iso.date()
const yesNo = z.boolean().optional()
const topic = z.enum(topicCodes).optional()

const Person = z.strictObject({
  kind: z.enum(['citizen', 'foreigner', 'stateless', 'organisation']).optional(),
  birthDate: day.optional(),
  serviceMemberOrDependant: yesNo,
  /** A Chinese law, a treaty or reciprocity covers this foreigner or stateless person (法律援助法第六十九条). */
  hasTreatyOrReciprocity: yesNo,
  /** An adult without or with limited capacity (民法典第二十一、二十二条). */
  lacksCapacity: yesNo,
  /** Sixteen or older and living mainly on own wages (民法典第十八条第二款). */
  livesOnOwnLabour: yesNo,
  /** Detained, imprisoned or in compulsory detoxification (法律援助法第四十条第二款). */
  isInCustody: yesNo,
})

const FiledBy = z.strictObject({
  relation: z.enum(['self', 'statutoryRepresentative', 'closeRelative', 'custodyForward', 'proxy']).optional(),
  /** The filing representative or, where a relative files, the one who would have to file, is the other party. */
  isRepresentativeTheOpponent: yesNo,
  anotherRepresentativeAvailable: yesNo,
})

const Matter = z.strictObject({
  code: z.enum(matterCodes).optional(),
  /** Which claim within M31-5 and M31-7. */
  claim: z.enum(claimCodes).optional(),
  /** What M31-9 is about. */
  topic,
  track: z.enum(['civil', 'administrative', 'stateCompensation', 'nonLitigation', 'labour', 'criminalOnApplication']).optional(),
  hasCounsel: yesNo,
  /** Why an accused has no defender: hardship, or another reason, which needs no hardship (法律援助法第二十四条). */
  noCounselReason: z.enum(['hardship', 'other']).optional(),
  retrialOrdered: yesNo,
})

/** What the eligibility decision knows of a person so far. A field left out has not been asked; an unknown field is refused. Money in fen per month. */
export const Facts = z.strictObject({
  route: z.enum(['advice', 'drafting', 'notice', 'dutyLawyer', 'application']).optional(),
  /** Id of the competent agency, where it is not this one (法律援助法第三十八条). */
  competentAgency: z.string().min(1).optional(),
  person: Person.optional(),
  filedBy: FiledBy.optional(),
  matter: Matter.optional(),
  noMeansTest: z.strictObject({ situation: z.enum([...noMeansTestCodes, 'none']), topic }).optional(),
  /** An empty list means "asked, none applies". */
  exemption: z.strictObject({ statuses: z.array(z.strictObject({ code: z.enum(exemptionCodes), hasProof: yesNo, topic })) }).optional(),
  /** The family members living with the applicant, the applicant not among them; an empty list means "lives alone". */
  household: z.strictObject({ members: z.array(z.strictObject({ incomeFenPerMonth: fen, isOpponent: yesNo })).max(50) }).optional(),
  applicantOwnIncomeFenPerMonth: fen.optional(),
  opponentLivesTogether: yesNo,
  assets: z.strictObject({ hasValuables: z.boolean() }).optional(),
  verification: z.strictObject({ method: z.enum(['dataQuery', 'undertaking']), done: z.boolean() }).optional(),
  deadlines: z
    .strictObject({
      receivedOn: day,
      limitationEnds: day.optional(),
      filing: z.enum(['suit', 'arbitration', 'reconsideration', 'none']).optional(),
    })
    .optional(),
  preservationNeeded: yesNo,
  /** A provincial ground for urgent aid (法律援助法第四十四条第一款第三项). */
  urgentTopic: topic,
  opponentIsClear: yesNo,
  /** The minimum living allowance where the standard looks, this year. */
  allowanceFenPerMonth: fen.optional(),
  /** The city's urban disposable income per head last year, by the month. */
  urbanIncomeFenPerMonth: fen.optional(),
  /** The standard fixed for this application; without it, the one set for the agency's region. */
  hardshipStandard: HardshipStandard.optional(),
})
export type Facts = z.output<typeof Facts>

/** What to call a fact when it has to be asked for. */
export const factLabels = {
  route: { zh: '您需要哪种帮助', en: 'what kind of help you need' },
  'person.kind': { zh: '申请人是公民、外国人还是单位', en: 'whether the applicant is a citizen, a foreigner or an organisation' },
  'person.birthDate': { zh: '申请人的出生日期', en: 'the applicant’s date of birth' },
  'person.hasTreatyOrReciprocity': { zh: '有没有适用的条约或者互惠', en: 'whether a treaty or reciprocity applies' },
  'filedBy.relation': { zh: '由谁来申请', en: 'who is applying' },
  'deadlines.receivedOn': { zh: '收到申请的日期', en: 'the day the application was received' },
  'matter.code': { zh: '您遇到的是什么事', en: 'what the matter is' },
  'matter.topic': { zh: '这件事属于哪一类', en: 'what the matter is about' },
  'matter.claim': { zh: '您要求的是什么', en: 'what you are claiming' },
  'matter.track': { zh: '是刑事案件还是其他事情', en: 'whether this is a criminal case' },
  'matter.hasCounsel': { zh: '有没有请律师或者代理人', en: 'whether you have a lawyer or agent' },
  'matter.noCounselReason': { zh: '没有请律师的原因', en: 'why there is no lawyer' },
  'matter.retrialOrdered': { zh: '法院有没有决定再审，检察院有没有抗诉', en: 'whether a retrial or protest was decided' },
  'noMeansTest.situation': { zh: '是否属于不看收入的情形', en: 'whether a situation without means test applies' },
  'noMeansTest.topic': { zh: '属于本省规定的哪种情形', en: 'which provincial situation applies' },
  'exemption.statuses': { zh: '是否属于免予核查的人员', en: 'whether you belong to a group that needs no check' },
  'exemption.statuses.hasProof': { zh: '能不能提供身份情况的证明', en: 'whether you can show proof of that status' },
  'exemption.statuses.topic': { zh: '属于本省规定的哪类人员', en: 'which provincial group you belong to' },
  'household.members': { zh: '和您一起生活的家人及其收入', en: 'the family members you live with and their income' },
  applicantOwnIncomeFenPerMonth: { zh: '您本人的月收入', en: 'your own monthly income' },
  opponentLivesTogether: { zh: '对方是不是和您一起生活的家人', en: 'whether the other party lives with you' },
  'assets.hasValuables': { zh: '有没有大额财产', en: 'whether you own valuables' },
  'verification.method': { zh: '用信息查询还是诚信承诺来核查', en: 'whether to check by data query or by undertaking' },
  'verification.done': { zh: '核查的结果', en: 'the outcome of the check' },
  opponentIsClear: { zh: '对方是谁', en: 'who the other party is' },
  hardshipStandard: { zh: '本地的经济困难标准（由机关设定）', en: 'the local hardship standard (set by the authority)' },
  allowanceFenPerMonth: { zh: '当地低保标准（由机关填写）', en: 'the local minimum living allowance (entered by the authority)' },
  urbanIncomeFenPerMonth: {
    zh: '当地城镇居民人均可支配收入（由机关填写）',
    en: 'local urban disposable income (entered by the authority)',
  },
} satisfies Record<string, Text>

/** The path of a fact the decision may find missing. */
export type FactPath = keyof typeof factLabels
