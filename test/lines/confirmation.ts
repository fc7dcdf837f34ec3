import { v7 } from 'uuid'
import type { Matter } from '#kernel/matter.ts'
import { missingParts } from '#kernel/joint.ts'
import { account, holdersIn, party, seatedIn } from '#kernel/seat.ts'
import { confirmationActions } from '#lines/confirmation/actions.ts'
import { confirmation } from '#lines/confirmation/world/service.ts'
import { actionsOn, today, type Subject } from '#test/access-scenes.ts'
import type { LineScenes } from '#test/line-scenes.ts'
import { nothing, oneOf, overdue, paper } from '#test/right-inputs.ts'
import { officers, only, reasonFor, roles } from '#test/roles.ts'
import { under } from '#test/scene.ts'
import { cast, county, type World } from '#test/world.ts'

const { respondent } = roles
const telephoned = party('0190a000-0000-7000-8000-0000000000c1')
const agreed = { effectiveOn: '2026-03-02', kind: 'neighbour', isPrivate: false }

/** Taken in by Liu, between two people without accounts. */
const onPaper = (w: World, effectiveOn: string): Promise<Matter> =>
  w.run(cast.liu, (tx) =>
    confirmation.opening!.open(
      tx,
      { region: county, id: v7() },
      { effectiveOn, applicants: [{ name: '王桂英' }], respondents: [{ name: '马老三' }] },
    ),
  )

/** Of Li and one who has an account and one who has none. */
const application: Subject = {
  name: 'confirmation',
  seen: ['owner', 'respondent', ...officers],
  standing: {
    state: 'prepared',
    data: { ...agreed, effectiveOn: '2026-03-20', venue: 'organisation', court: '演示区人民法院', exclusion: 'none' },
    seats: { applicant: cast.li.id, respondent: [account(respondent.id), telephoned] },
  },
  plant: (w: World) => onPaper(w, '2026-03-20'),
}
const action = actionsOn(application)
const parties = ['owner', 'respondent'] as const
const atDesk = ['clerk', 'director'] as const
const court = { venue: 'organisation', court: '演示区人民法院', exclusion: 'none' }

const free = (m: Matter, n: number) =>
  oneOf(
    [cast.li, cast.chen, cast.ma].filter(({ id }) => !seatedIn(m).some(({ account }) => account === id)),
    n,
  )?.id ?? v7()

/** What tests know of the line. */
export const scenes: LineScenes = {
  walks: 16,
  inputs: {
    attach: paper(['agreement', 'proof', 'property', 'ruling', 'evidence']),
    link: (m, _, n) => ({ holder: seatedIn(m).find(({ account }) => !account)?.id, account: free(m, n) }),
    chooseCourt: (_, __, n) => ({ ...court, exclusion: n % 3 ? 'none' : 'status' }),
    apply: (m) => ({ holder: missingParts(confirmationActions.apply, m, 'apply')[0] }),
    lapse: overdue('apply'),
    accept: (_, on) => ({ filedOn: on }),
    notAccept: () => ({ exclusion: 'status' }),
    confirm: (_, on) => ({ on }),
    reject: (_, on) => ({ on, ground: 'unclear' }),
    recordReceipt: (m, on, n) => {
      const seat = n % 2 ? 'applicant' : 'respondent'
      return { [seat]: oneOf(holdersIn(m, seat), n)?.id, on }
    },
    recordOutsider: (_, knewOn) => ({ knewOn }),
    withdraw: nothing,
    recount: () => ({ limits: ['ruling'] }),
  },
  subjects: [application],
  start: (w) => onPaper(w, '2026-03-02'),
  open: under(reasonFor(only(...atDesk), 'clerkNextDoor', 'agent', 'clerkElsewhere', 'directorElsewhere'), {
    asks: { effectiveOn: today, applicants: [{ name: '王桂英' }], respondents: [{ name: '马老三' }] },
  }),
  access: {
    attach: action('prepared', [...parties, ...atDesk], { kind: 'evidence' }, { ownRoute: true }),
    link: action('prepared', atDesk, { holder: telephoned.id, account: cast.chen.id }),
    chooseCourt: action('preparing', [...parties, ...atDesk], court),
    // Whose word an officer writes down has to be said: `confirmation.test.ts`.
    apply: action('prepared', parties, {}, { standing: { seats: { respondent: respondent.id } } }),
    lapse: action('prepared', [], { limit: 'apply' }),
    accept: action('filed', atDesk, { filedOn: today }),
    notAccept: action('filed', atDesk, { exclusion: 'status' }),
    confirm: action('accepted', atDesk, { on: today }),
    reject: action('accepted', atDesk, { on: today, ground: 'unclear' }),
    recordReceipt: action('confirmed', atDesk, { respondent: telephoned.id, on: today }),
    recordOutsider: action('confirmed', atDesk, { knewOn: today }),
    withdraw: action('prepared', [...parties, ...atDesk]),
    recount: action('prepared', [], { limits: ['ruling'] }),
  },
}
