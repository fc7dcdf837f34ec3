import { addDays } from '#kernel/calendar/calendar.ts'
import type { demoProvider } from './demo-accounts.ts'

/** What its steps look at of a matter that is being played: who is sent to help, what is asked for, and what was proposed. */
export type Told = {
  openedOn: string
  provider: ReturnType<typeof demoProvider>
  substitute: ReturnType<typeof demoProvider>
  claimedFen: number
  proposal?: string
}

/** Who takes a step. The last three are the people of the scene's county. */
export type Who = 'applicant' | 'assignee' | 'intake' | 'reviewer' | 'director' | 'bureau'

/** One step of a matter: how many days after it was opened, at what time of day, by whom, and what. A step that lies ahead of now has not happened yet. */
export type Step = { day: number; time: string; by: Who; action: string; input?: (scene: Told) => Record<string, unknown> }

const step = (day: number, time: string, by: Who, action: string, input?: Step['input']): Step => ({
  day,
  time,
  by,
  action,
  ...(input && { input }),
})
const attach = (day: number, time: string, by: Who, kind: string): Step => step(day, time, by, 'attach', () => ({ kind }))
const on = (scene: Told, day: number): string => addDays(scene.openedOn, day)
const why = (reason: string) => () => ({ reason })
const conflict = (reason: string) => () => ({ cause: 'conflict', reason })

const filing = [step(0, '09:10', 'applicant', 'open'), step(0, '09:25', 'applicant', 'submit'), attach(0, '09:30', 'applicant', 'identity')]
const assessed = [...filing, step(1, '10:05', 'reviewer', 'assess')]
const granted = [
  ...assessed,
  step(2, '16:20', 'reviewer', 'grant', (scene) => (scene.proposal === 'grant' ? {} : { note: '已当面核实情况，材料齐全，符合援助条件' })),
]
const chosen = ({ provider }: Told) => ({
  practitioner: provider.practitioner,
  provider: provider.actor.id,
  office: provider.office,
  verdict: 'assignable',
})
const assigned = [...granted, step(4, '09:40', 'director', 'assign', chosen)]
const progress = (day: number, kind: string): Step => step(day, '15:10', 'assignee', 'progress', (scene) => ({ kind, on: on(scene, day) }))
const engaged = [...assigned, attach(6, '11:00', 'assignee', 'agreement'), step(6, '11:05', 'assignee', 'engage', () => ({}))]
const working = [...engaged, progress(8, 'interview'), progress(12, 'evidence'), progress(19, 'negotiation')]
const result = (kind: string, share: number) => (scene: Told) => ({
  result: kind,
  concludedOn: on(scene, 30),
  claimedFen: scene.claimedFen,
  recoveredFen: Math.round(scene.claimedFen * share),
  hearings: 1,
  meetings: 3,
})
const concluded = [...working, step(30, '17:00', 'assignee', 'conclude', result('mediated', 0.9))]
const confirmed = [
  ...concluded,
  step(32, '20:15', 'applicant', 'confirmOutcome', (scene) => ({ agrees: 'yes', receivedFen: Math.round(scene.claimedFen * 0.9) })),
]
const handedIn = [
  ...confirmed,
  attach(35, '10:00', 'assignee', 'report'),
  attach(35, '10:04', 'assignee', 'judgment'),
  step(35, '10:10', 'assignee', 'submitFile'),
]
const approved = [...handedIn, step(41, '14:30', 'reviewer', 'approveFile', () => ({ grade: 'good' }))]
const paid = [...approved, step(47, '09:30', 'director', 'paySubsidy', () => ({ amountFen: 150_000 }))]
const decidedAgainst = [
  ...assessed,
  step(4, '15:00', 'reviewer', 'refuse', why('经核算不符合本省援助条件，具体计算见附表，可依法提出异议')),
]
const refused = [...decidedAgainst, step(5, '09:20', 'intake', 'serveRefusal', (scene) => ({ servedOn: on(scene, 5) }))]
const objected = [...refused, step(11, '21:05', 'applicant', 'object')]
const decision = (scene: Told, reason: string) => ({ reason, servedOn: on(scene, 14) })
const notice = [step(0, '09:50', 'intake', 'openNotice'), attach(0, '09:55', 'intake', 'notice')]
const defended = [
  ...notice,
  step(1, '10:30', 'director', 'assign', chosen),
  step(2, '09:10', 'intake', 'informOrgan'),
  step(4, '14:00', 'assignee', 'accept'),
  step(5, '15:00', 'assignee', 'progress', (scene) => ({ kind: 'meeting', on: on(scene, 5) })),
  step(8, '16:00', 'assignee', 'progress', (scene) => ({ kind: 'reading', on: on(scene, 8) })),
]

/** How matters go, by name. Lateness is not written here: whatever limit passes on the way is marked as it would be in life. */
export const stories = {
  draft: [step(0, '08:10', 'applicant', 'open')],
  filed: filing,
  assessed,
  asked: [
    ...assessed,
    step(2, '11:30', 'reviewer', 'ask', (scene) => ({
      missing: ['status'],
      until: on(scene, 12),
      explain: '请补一样能说明务工情况的材料，照片就行。',
    })),
  ],
  lapsed: [...assessed, step(2, '11:30', 'reviewer', 'ask', (scene) => ({ missing: ['means'], until: on(scene, 14) }))],
  supplied: [
    ...assessed,
    step(2, '11:30', 'intake', 'ask', (scene) => ({ missing: ['status'], until: on(scene, 12) })),
    attach(5, '19:40', 'applicant', 'status'),
    step(5, '19:45', 'applicant', 'supply'),
  ],
  urgent: [...assessed, step(1, '11:00', 'reviewer', 'urgentAid', (scene) => ({ ground: 'preservation', until: on(scene, 8) }))],
  granted,
  conflictKnown: [...granted, step(3, '10:00', 'reviewer', 'noteConflicts')],
  assigned,
  working,
  conflicted: [...assigned, step(5, '16:45', 'assignee', 'reportConflict', conflict('对方当事人是我妻子的哥哥，属于近亲属，不能继续办理'))],
  replaced: [
    ...assigned,
    step(5, '16:45', 'assignee', 'reportConflict', conflict('曾在同一事故中为保险公司提供咨询，不能继续办理')),
    step(7, '09:30', 'director', 'replace', (scene) => chosen({ ...scene, provider: scene.substitute })),
  ],
  lateReview: [...assessed, step(11, '17:20', 'reviewer', 'grant', () => ({})), step(13, '09:30', 'director', 'assign', chosen)],
  concluded,
  confirmed,
  contradicted: [...concluded, step(33, '12:30', 'applicant', 'confirmOutcome', () => ({ agrees: 'partly', receivedFen: 500_000 }))],
  lateFile: [
    ...working,
    step(12, '17:00', 'assignee', 'conclude', (scene) => ({
      result: 'partlyWon',
      concludedOn: on(scene, 12),
      claimedFen: scene.claimedFen,
      recoveredFen: Math.round(scene.claimedFen * 0.6),
      hearings: 1,
      meetings: 2,
    })),
  ].filter(({ day }) => day <= 12),
  fileApproved: approved,
  paid,
  archived: [...paid, step(50, '16:00', 'intake', 'archive')],
  decidedAgainst,
  refused,
  objected,
  objectionOrdered: [
    ...objected,
    step(14, '10:00', 'bureau', 'order', (scene) => decision(scene, '申请人已两年没有收到赡养费，计算收入时不应计入，请重新作出决定')),
  ],
  objectionKept: [
    ...objected,
    step(14, '10:00', 'bureau', 'uphold', (scene) => decision(scene, '所申请的事项不在本省援助范围，原决定有依据，予以维持')),
  ],
  terminated: [
    ...engaged,
    step(10, '10:10', 'director', 'terminate', () => ({ ground: 'T6', reason: '受援人已经另行委托律师，并书面告知本机构' })),
    step(11, '15:30', 'intake', 'serveTermination', (scene) => ({ servedOn: on(scene, 11) })),
  ],
  referred: [
    ...filing,
    step(1, '14:00', 'intake', 'refer', () => ({ to: '施工地的法律援助机构', reason: '争议发生地和对方所在地都在外省，请向当地机构申请' })),
  ],
  withdrawn: [...filing, step(1, '18:00', 'applicant', 'withdraw')],
  noticed: notice,
  noticeDefended: defended,
  noticeConcluded: [
    ...defended,
    step(24, '16:30', 'assignee', 'conclude', (scene) => ({ concludedOn: on(scene, 24), stageResult: 'convicted' })),
    attach(27, '10:00', 'assignee', 'report'),
    step(27, '10:05', 'assignee', 'submitFile'),
  ],
} satisfies Record<string, readonly Step[]>

export type StoryKey = keyof typeof stories
