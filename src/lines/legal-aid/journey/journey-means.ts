import type { Question } from '#kernel/journey/journey.ts'
import { optionsOf, statuses, workProofs } from './journey-options.ts'
import { asksHousehold, asksMeans, asksStatus, asksWorkProof, mayBeMigrantClaim } from './journey-path.ts'
import { cite } from '../statutes.ts'
import { schemas } from './said.ts'

const migrant: Question = {
  key: 'migrant',
  title: { zh: '您是外出打工的吗？', en: 'Are you a migrant worker?' },
  factTitle: { zh: '是否外出务工', en: 'Migrant worker or not' },
  why: {
    zh: '农民工讨工钱、要工伤赔偿，有材料就不查收入。',
    en: 'Migrant workers claiming wages or injury compensation need no income check.',
  },
  cite: cite('法律援助法', 42, undefined, 3),
  fields: [
    {
      name: 'isMigrant',
      kind: 'radio',
      label: { zh: '外出务工', en: 'Migrant worker' },
      options: [
        { value: 'yes', label: { zh: '是，户口在农村', en: 'Yes, registered in a rural area' } },
        { value: 'no', label: { zh: '不是', en: 'No' } },
      ],
    },
  ],
  schema: schemas.migrant,
  appliesWhen: mayBeMigrantClaim,
}

const workProof: Question = {
  key: 'workProof',
  title: { zh: '手里有什么能说明您在那里干过活？', en: 'What do you have that shows you worked there?' },
  factTitle: { zh: '务工材料', en: 'Proof of work' },
  why: { zh: '有一样就够，有了就不用证明收入。', en: 'One is enough, and then no proof of income is needed.' },
  hint: { zh: '有几样选几样。照片、聊天记录也行。', en: 'Choose all that you have. Photos and chats count.' },
  cite: cite('法律援助法', 42, undefined, 3),
  fields: [{ name: 'proofs', kind: 'checkboxes', label: { zh: '务工材料', en: 'Proof of work' }, options: optionsOf(workProofs) }],
  schema: schemas.workProof,
  appliesWhen: asksWorkProof,
}

const status: Question = {
  key: 'status',
  title: { zh: '需要帮助的人，有没有下面的情况？', en: 'Is the person who needs help any of these?' },
  factTitle: { zh: '身份情况', en: 'Status' },
  why: { zh: '有其中一种，就不用再查收入。', en: 'If so, income need not be checked.' },
  hint: { zh: '有几样选几样。', en: 'Choose all that apply.' },
  cite: cite('法律援助法', 42),
  fields: [{ name: 'statuses', kind: 'checkboxes', label: { zh: '身份情况', en: 'Status' }, options: optionsOf(statuses) }],
  schema: schemas.status,
  appliesWhen: asksStatus,
}

const income: Question = {
  key: 'income',
  title: { zh: '需要帮助的人，自己一个月收入大概多少？', en: 'About how much does the person earn a month?' },
  factTitle: { zh: '本人收入', en: 'Own income' },
  why: { zh: '法律援助先帮经济困难的人，标准由省里定。', en: 'Legal aid goes first to people of small means; the province sets the line.' },
  hint: { zh: '工资、养老金、种地、做生意的收入都算。没有就写 0。', en: 'Wages, pension, farm or business income. Write 0 if none.' },
  cite: cite('法律援助法', 34),
  fields: [{ name: 'fen', kind: 'yuan', label: { zh: '本人每月收入（元）', en: 'Own monthly income in yuan' } }],
  schema: schemas.income,
  appliesWhen: asksMeans,
}

const household: Question = {
  key: 'household',
  title: { zh: '一起生活的还有谁，收入多少？', en: 'Who else lives in the home, and on what income?' },
  factTitle: { zh: '共同生活的家人', en: 'Household' },
  why: { zh: '看的是全家平均下来每个人多少。', en: 'What counts is the income per head of the home.' },
  hint: {
    zh: '只数一起生活的家人，不算本人。一个人住就都写 0。',
    en: 'Family living together, not counting the person. Living alone? Write 0 twice.',
  },
  example: { zh: '3 个人；一共 2000 元', en: '3 people; 2000 yuan in all' },
  cite: cite('法律援助法', 34),
  fields: [
    { name: 'others', kind: 'number', label: { zh: '还有几个人', en: 'How many others' } },
    { name: 'fen', kind: 'yuan', label: { zh: '他们每月一共收入（元）', en: 'Their monthly income together, in yuan' } },
  ],
  schema: schemas.household,
  appliesWhen: asksHousehold,
}

const verify: Question = {
  key: 'verify',
  title: { zh: '收入情况，您想怎么核对？', en: 'How may we check the income?' },
  factTitle: { zh: '收入核对办法', en: 'How the income is checked' },
  why: { zh: '不用您跑去开证明。两种办法，您选一种。', en: 'You need not fetch any certificate. Choose one of two ways.' },
  cite: cite('法律援助法', 41),
  fields: [
    {
      name: 'method',
      kind: 'radio',
      label: { zh: '核对办法', en: 'Way of checking' },
      options: [
        {
          value: 'undertaking',
          label: { zh: '我承诺以上都是实话', en: 'I undertake that all this is true' },
          hint: { zh: '说了假话，要退还费用，还可能罚款。', en: 'False statements mean paying back the cost, and possibly a fine.' },
        },
        {
          value: 'dataQuery',
          label: { zh: '你们联网查，我授权', en: 'I authorise you to query official data' },
          hint: { zh: '家人的收入，也要家人同意才查。', en: 'For family members, they must agree too.' },
        },
      ],
    },
  ],
  schema: schemas.verify,
  appliesWhen: asksMeans,
  sensitive: true,
}

const documents: Question = {
  key: 'documents',
  title: { zh: '有材料的话，拍照传上来', en: 'If you have papers, photograph them' },
  factTitle: { zh: '自己上传的材料', en: 'Papers sent in' },
  why: {
    zh: '有材料办得快。现在没有也能提交，缺什么我们一次说清。',
    en: 'Papers speed things up. You can submit without; we will list everything missing in one go.',
  },
  hint: { zh: '身份证、欠条、工资条、聊天记录、判决书都行。', en: 'Identity card, IOU, wage slip, chats, judgment.' },
  cite: cite('法律援助法', 43, 2),
  fields: [{ name: 'files', kind: 'files', label: { zh: '材料照片', en: 'Photos of papers' }, optional: true }],
  schema: schemas.documents,
}

/** Status, means and papers: what article 42 lets out, then what article 34 measures. */
export const means = { migrant, workProof, status, income, household, verify, documents }
