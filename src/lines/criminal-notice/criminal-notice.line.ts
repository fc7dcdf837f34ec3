import { z } from 'zod'
import { assigning } from '#parts/assigning.ts'
import { attaching } from '#parts/attaching.ts'
import { dayIn, notAhead } from '#kernel/calendar/day-rule.ts'
import { choice, day, nothing, reason, shortText, yes } from '#kernel/form.ts'
import { Hearing, hearingActions, hearingLimits } from '#parts/hearing.ts'
import { daysSet } from '#kernel/limits/limit.ts'
import { line, type Line, type Text } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { recorded } from '#kernel/recorded.ts'
import { recounting } from '#kernel/recounting.ts'
import { no } from '#kernel/refusal.ts'
import { cite } from './statutes.ts'
import { desk } from './desk.ts'

/** Statutory grounds on which an organ gives notice; the first group must be notified, the second may be (法律援助法 art. 25, 28). */
export const grounds = {
  minor: { zh: '未成年人', en: 'Minor', isMandatory: true },
  sensoryDisability: { zh: '视力、听力、言语残疾人', en: 'Visual, hearing or speech disability', isMandatory: true },
  cannotRecogniseActs: { zh: '不能完全辨认自己行为的成年人', en: 'Adult who cannot fully recognise his acts', isMandatory: true },
  lifeOrDeath: { zh: '可能被判处无期徒刑、死刑', en: 'Facing possible life imprisonment or death', isMandatory: true },
  deathReview: { zh: '申请法律援助的死刑复核案件被告人', en: 'Death-penalty review, on application', isMandatory: true },
  inAbsentia: { zh: '缺席审判案件的被告人', en: 'Tried in absentia', isMandatory: true },
  compulsoryTreatment: { zh: '强制医疗案件的被申请人、被告人', en: 'Compulsory medical treatment', isMandatory: true },
  otherDefendant: { zh: '其他适用普通程序审理的被告人', en: 'Other ordinary-procedure defendant', isMandatory: false },
} as const
export type Ground = keyof typeof grounds

/** The organ sends its papers with the notice, before anybody is assigned. */
const ofOrgan = { by: 'organ', in: ['received', 'incomplete'] } as const

/** What the office records of a notice when it opens the matter. */
export const Notice = z.object({
  ground: choice({ zh: '通知事由', en: 'Ground' }, grounds),
  stage: choice(
    { zh: '阶段', en: 'Stage' },
    {
      investigation: { zh: '侦查', en: 'Investigation' },
      prosecution: { zh: '审查起诉', en: 'Prosecution' },
      trial: { zh: '审判', en: 'Trial' },
      review: { zh: '死刑复核', en: 'Death-penalty review' },
    },
  ),
  organ: shortText({ zh: '办案机关', en: 'Organ' }, { min: 2, max: 60 }),
  organNumber: shortText({ zh: '通知文号', en: 'Notice number' }, { min: 2, max: 60 }),
  hearingOn: day({ zh: '开庭日期', en: 'Hearing' }).optional(),
  isSummary: yes({ zh: '适用简易或速裁程序', en: 'Summary or fast-track procedure' }).optional(),
})

/** What a notice's file may hold. */
const Data = Notice.extend({ hearing: Hearing })
const { its } = recorded(Data)

const isMandatory = (data: Matter['data']) => grounds[its(data).ground ?? 'minor'].isMandatory
const titleOf = (ground: Ground | undefined): Text | undefined => ground && grounds[ground]

const documents = {
  notice: {
    title: { zh: '法律援助通知书', en: 'Legal aid notice' },
    cite: cite('最高人民法院关于适用刑事诉讼法的解释', 49),
    owed: ofOrgan,
  },
  indictment: {
    title: { zh: '起诉书或判决书', en: 'Indictment or judgment' },
    cite: cite('最高人民法院关于适用刑事诉讼法的解释', 49),
    owed: { ...ofOrgan, when: ({ stage }) => stage === 'trial' || stage === 'review' },
  },
  report: { title: { zh: '结案报告', en: 'Closing report' }, cite: cite('法律援助法', 50), owed: { by: 'assignee', in: ['concluded'] } },
} as const satisfies Line['documents']
const open = [
  'received',
  'incomplete',
  'assigned',
  'organInformed',
  'handling',
  'refusedByDefendant',
  'concluded',
  'fileSubmitted',
] as const

/** Legal aid on notice in criminal cases: no application, no means test (法律援助法 art. 25, 28, 36; RULEBOOK §2.2). */
export const criminalNotice = line({
  key: 'criminal-notice',
  edition: '2023-09-01',
  title: { zh: '刑事通知辩护', en: 'Defence on notice' },
  desk,
  data: Data,
  initial: 'received',
  seats: {
    organ: { title: { zh: '办案机关', en: 'handling organ' }, side: 'asks', sees: 'own' },
    defendant: { title: { zh: '犯罪嫌疑人、被告人', en: 'defendant' }, side: 'asks', sees: 'all' },
    assignee: { title: { zh: '承办人', en: 'provider' }, side: 'works', sees: 'all' },
  },
  principal: 'organ',
  openedBy: ['intake', 'reviewer', 'director'],
  numbered: '刑',
  files: true,
  onOpen: ['tellAgency'],
  subject: (data) => titleOf(its(data).ground),
  states: {
    received: { title: { zh: '收到通知，待指派', en: 'Notice received' }, waitsFor: ['desk'] },
    incomplete: { title: { zh: '通知材料不全', en: 'Notice incomplete' }, waitsFor: ['organ'] },
    assigned: { title: { zh: '已指派，待告知机关', en: 'Assigned' }, waitsFor: ['desk'] },
    organInformed: { title: { zh: '已告知办案机关', en: 'Organ informed' }, waitsFor: ['assignee'] },
    handling: { title: { zh: '辩护中', en: 'Defending' }, waitsFor: ['assignee'], lasts: true },
    refusedByDefendant: { title: { zh: '当事人拒绝，待另行委托', en: 'Refused by the defendant' }, waitsFor: ['organ'] },
    concluded: { title: { zh: '已办结，待交卷', en: 'Concluded' }, waitsFor: ['assignee'], lasts: true },
    fileSubmitted: { title: { zh: '卷宗待审核', en: 'File under check' }, waitsFor: ['desk'], lasts: true },
    terminated: { title: { zh: '已终止', en: 'Ended' }, final: true, waitsFor: [] },
    archived: { title: { zh: '已归档', en: 'Archived' }, final: true, waitsFor: [] },
  },
  documents,
  actions: {
    attach: attaching({ by: ['intake', 'reviewer', 'assignee'], from: open, documents }),
    markIncomplete: {
      title: { zh: '告知机关补齐通知材料', en: 'Ask the organ to complete the notice' },
      by: ['intake', 'reviewer'],
      from: ['received'],
      to: 'incomplete',
      form: z.object({ reason: reason() }),
    },
    complete: {
      title: { zh: '通知材料已补齐', en: 'Notice completed' },
      by: ['intake', 'reviewer'],
      from: ['incomplete'],
      to: 'received',
      form: nothing,
    },
    assign: {
      ...assigning({ zh: '律师', en: 'Lawyer' }),
      title: { zh: '指派律师', en: 'Assign a lawyer' },
      from: ['received'],
      bulk: true,
      to: 'assigned',
      effects: ['tellProvider'],
      cite: cite('法律援助法', 36),
    },
    informOrgan: {
      title: { zh: '告知办案机关', en: 'Inform the organ' },
      by: ['intake', 'reviewer', 'director'],
      from: ['assigned'],
      bulk: true,
      to: 'organInformed',
      form: nothing,
      cite: cite('法律援助法', 36),
    },
    accept: {
      title: { zh: '当事人接受辩护', en: 'Accepted by the defendant' },
      by: ['assignee'],
      from: ['organInformed'],
      to: 'handling',
      form: nothing,
    },
    defendantRefuses: {
      title: { zh: '当事人拒绝指派的律师', en: 'Refused by the defendant' },
      by: ['intake', 'reviewer'],
      from: ['organInformed', 'handling'],
      to: (_, { data }) => (isMandatory(data) ? 'refusedByDefendant' : 'terminated'),
      reaches: ['refusedByDefendant', 'terminated'],
      form: z.object({ isJustified: yes({ zh: '法院认定理由正当', en: 'Found justified by the court' }) }),
      rule: ({ matter, input }) =>
        isMandatory(matter.data) && !input.isJustified ? no('not_applicable', { article: '刑诉法解释 50' }) : null,
      seats: () => ({ assignee: [] }),
      cite: cite('最高人民法院关于适用刑事诉讼法的解释', 50),
    },
    noticeAgain: {
      title: { zh: '再次收到通知', en: 'Notified again' },
      by: ['intake', 'reviewer'],
      from: ['refusedByDefendant'],
      to: 'received',
      form: nothing,
      cite: cite('最高人民法院关于适用刑事诉讼法的解释', 50),
    },
    counselRetained: {
      title: { zh: '已另行委托辩护人', en: 'Counsel retained' },
      by: ['intake', 'reviewer', 'assignee'],
      from: ['received', 'assigned', 'organInformed', 'handling', 'refusedByDefendant'],
      to: 'terminated',
      form: nothing,
      cite: cite('法律援助法', 27),
    },
    progress: {
      title: { zh: '记录进展', en: 'Record progress' },
      by: ['assignee'],
      from: ['handling'],
      form: z.object({
        kind: choice(
          { zh: '做了什么', en: 'What was done' },
          {
            meeting: { zh: '会见', en: 'Meeting' },
            reading: { zh: '阅卷', en: 'Read the file' },
            opinion: { zh: '提交辩护意见', en: 'Opinion filed' },
            plea: { zh: '见证认罪认罚具结', en: 'Plea undertaking witnessed' },
            hearing: { zh: '出庭', en: 'Hearing' },
          },
        ),
        on: day({ zh: '日期', en: 'Date' }),
      }),
      rule: ({ input, now }) => notAhead('on', input.on, now),
      cite: cite('法律援助法', 46),
    },
    ...hearingActions({
      from: ['organInformed', 'handling'],
      pending: ['organInformed', 'handling'],
      changed: [],
      soon: ['remindProvider'],
      duty: cite('法律援助法', 46),
    }),
    conclude: {
      title: { zh: '报告办结', en: 'Report the conclusion' },
      by: ['assignee'],
      from: ['handling'],
      to: 'concluded',
      form: z.object({
        concludedOn: day({ zh: '结案日期', en: 'Closing date' }),
        stageResult: choice(
          { zh: '结果', en: 'Result' },
          {
            prosecuted: { zh: '移送起诉', en: 'Prosecuted' },
            notProsecuted: { zh: '不起诉或撤案', en: 'Not prosecuted' },
            convicted: { zh: '判决有罪', en: 'Convicted' },
            acquitted: { zh: '判决无罪', en: 'Acquitted' },
          },
        ),
      }),
      rule: ({ input, now }) => notAhead('concludedOn', input.concludedOn, now),
      cite: cite('法律援助法', 50),
    },
    submitFile: {
      title: { zh: '提交卷宗', en: 'Hand in the file' },
      by: ['assignee'],
      from: ['concluded'],
      to: 'fileSubmitted',
      needs: ['report'],
      form: nothing,
      cite: cite('法律援助法', 50),
    },
    archive: {
      title: { zh: '审核通过并归档', en: 'Approve and archive' },
      by: ['reviewer', 'director'],
      from: ['fileSubmitted'],
      to: 'archived',
      form: nothing,
      cite: cite('档案法', 37),
    },
    recount: recounting(open),
    overdue: {
      title: { zh: '逾期', en: 'Overdue' },
      by: ['system'],
      from: [...open],
      form: z.object({ limit: z.string() }),
      effects: ['alertSupervisor'],
    },
  },
  limits: {
    assign: {
      title: { zh: '指派律师', en: 'Assigning a lawyer' },
      kind: 'duty',
      of: 'desk',
      length: { count: 3, unit: 'calendarDay' },
      startedBy: ['open', 'noticeAgain', 'complete'],
      stoppedBy: ['assign', 'counselRetained', 'markIncomplete'],
      onBreach: 'overdue',
      cite: cite('法律援助法', 36),
    },
    retain: {
      title: { zh: '另行委托辩护人', en: 'Retaining another defender' },
      kind: 'right',
      of: 'defendant',
      length: { count: 5, unit: 'calendarDay' },
      startedBy: ['defendantRefuses'],
      startsIf: (event) => event.to === 'refusedByDefendant',
      stoppedBy: ['counselRetained', 'noticeAgain'],
      cite: cite('最高人民法院关于适用刑事诉讼法的解释', 50),
    },
    ...hearingLimits(['conclude', 'counselRetained', 'defendantRefuses'], cite('法律援助法', 46)),
    fileHandIn: {
      title: { zh: '提交结案卷宗', en: 'Handing in the file' },
      kind: 'duty',
      of: 'assignee',
      ...daysSet('closing.fileDays'),
      startedBy: ['conclude'],
      from: dayIn('concludedOn'),
      stoppedBy: ['submitFile'],
      onBreach: 'overdue',
      cite: cite('法律援助法', 50),
      uncertain: '三十日的期限未能核对原文',
    },
    fileCheck: {
      title: { zh: '审核卷宗', en: 'Checking the file' },
      kind: 'duty',
      of: 'desk',
      ...daysSet('closing.checkDays'),
      startedBy: ['submitFile'],
      stoppedBy: ['archive'],
      onBreach: 'overdue',
      cite: cite('法律援助法', 52),
      uncertain: '三十日的期限未能核对原文',
    },
  },
})
