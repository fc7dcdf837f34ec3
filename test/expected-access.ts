import { accounts, users } from './expected-account-access.ts'
import { planted, registered, type Standing } from './planted.ts'
import {
  acts,
  administrators,
  citizens,
  elsewhere,
  everyone,
  forPerson,
  officers,
  only,
  providers,
  reasonFor,
  seen,
  type Role,
  type Rule,
} from './roles.ts'
import { under, type Scene } from './scene.ts'
import { cast, county } from './world.ts'

const today = '2026-04-01'
const why = '根据现有材料，理由已经书面说明清楚。'
const filing = {
  matterCode: 'M31-5',
  forWhom: 'self',
  route: 'exempt',
  channel: 'web',
  isPrivate: false,
  isUnder14: false,
  topic: 'wages',
  contact: 'page',
}
const outcome = { result: 'won', concludedOn: today, claimedFen: 100, recoveredFen: 100, hearings: 1, meetings: 1 }
const assessed = (proposal: string) => ({ assessment: { proposal, urgent: true, topPriority: false } })
type Over = Partial<Scene> & { unassigned?: true; ownRoute?: true }

/** An action of a line: the state it is taken in, who takes it, and what they fill in. */
function action(
  of: 'case' | 'draft' | 'objection' | 'notice',
  state: string,
  by: readonly Role[],
  asks: Record<string, unknown> = {},
  { unassigned, ownRoute, ...over }: Over = {},
): Scene {
  const held = of === 'objection' || of === 'draft' || unassigned === true
  const sees = (seen[of] ?? []).filter((role) => role !== 'assigned' || !held)
  const standing: Standing = {
    state,
    data: of === 'notice' ? { ground: 'minor' } : filing,
    documents: [],
    proxy: of === 'notice' ? null : cast.ma.id,
    assignee: held ? null : cast.zhao.id,
    ...over.standing,
  }
  return { of, asks, expected: acts(sees, by, ownRoute ? 'not here' : 'ok'), ...over, standing }
}

const legalAid: Record<string, Scene> = {
  // Taken through routes of their own (upload, assessment, proxy): here even whoever may is told there is no such thing.
  attach: action('case', 'submitted', ['owner', 'proxy', 'clerk', 'reviewer', 'assigned'], { kind: 'evidence' }, { ownRoute: true }),
  assess: action('case', 'submitted', ['reviewer', 'director'], {}, { ownRoute: true }),
  appointProxy: action('case', 'submitted', ['owner'], { phone: planted.phone, consents: true }, { ownRoute: true }),
  submit: action('draft', 'draft', ['owner', 'proxy'], {}, { standing: { number: null } }),
  handOver: action('draft', 'draft', ['owner', 'proxy'], {}, { standing: { number: null } }),
  forward: action('case', 'inCustody', ['clerk', 'reviewer']),
  ask: action('case', 'submitted', ['clerk', 'reviewer', 'director'], { missing: ['identity'], until: '2026-04-10' }),
  supply: action(
    'case',
    'supplementing',
    ['owner', 'proxy', 'clerk'],
    {},
    { standing: { data: { ...filing, asked: { missing: [], until: '2026-04-10' } } } },
  ),
  lapse: action(
    'case',
    'supplementing',
    ['clerk', 'reviewer'],
    {},
    { standing: { data: { ...filing, asked: { missing: ['identity'], until: '2026-03-20' } } } },
  ),
  withdraw: action('case', 'submitted', ['owner']),
  refer: action('case', 'submitted', ['clerk', 'reviewer', 'director'], { to: '演示人社局', reason: why }),
  recuse: action('case', 'submitted', ['reviewer', 'director'], { reason: why }),
  urgentAid: action('case', 'submitted', ['reviewer', 'director'], { ground: 'preservation', until: '2026-04-10' }),
  grant: action('case', 'submitted', ['reviewer', 'director'], {}, { standing: { data: { ...filing, ...assessed('grant') } } }),
  refuse: action(
    'case',
    'submitted',
    ['reviewer', 'director'],
    { reason: why },
    { standing: { data: { ...filing, ...assessed('refuse') } } },
  ),
  serveRefusal: action('case', 'refused', ['clerk', 'reviewer', 'director'], { servedOn: today }),
  correct: action(
    'case',
    'refused',
    [],
    { objection: '0190a000-0000-7000-8000-00000000f001' },
    { standing: { data: { ...filing, servedOn: today } } },
  ),
  dismissProxy: action('case', 'submitted', ['owner']),
  assign: action('case', 'granted', ['director'], { practitioner: registered.zhao }, { unassigned: true }),
  assignUrgently: action('case', 'urgent', ['director'], { practitioner: registered.zhao }, { unassigned: true }),
  engage: action('case', 'assigned', ['assigned'], { exception: why }),
  progress: action('case', 'handling', ['assigned'], { kind: 'interview', on: today }),
  requestReplacement: action('case', 'handling', ['owner', 'proxy'], { reason: why }),
  reportConflict: action('case', 'handling', ['assigned'], { reason: why }),
  replace: action('case', 'replacing', ['director'], { practitioner: registered.qian }),
  keepProvider: action('case', 'replacing', ['director'], { reason: why }),
  terminate: action('case', 'handling', ['director'], { ground: 'T5', reason: why }),
  serveTermination: action('case', 'terminated', ['clerk', 'reviewer', 'director'], { servedOn: today }),
  conclude: action('case', 'handling', ['assigned'], outcome),
  confirmOutcome: action(
    'case',
    'concluded',
    ['owner', 'proxy', 'clerk'],
    { agrees: 'yes' },
    { standing: { data: { ...filing, outcome: { ...outcome, confirmation: 'claimed' } } } },
  ),
  submitFile: action('case', 'concluded', ['assigned'], {}, { standing: { documents: ['report'] } }),
  approveFile: action('case', 'fileSubmitted', ['reviewer', 'director'], { grade: 'good' }),
  returnFile: action('case', 'fileSubmitted', ['reviewer', 'director'], { reason: why }),
  paySubsidy: action('case', 'fileApproved', ['director'], { amountFen: 120_000, unconfirmed: why }),
  archive: action('case', 'subsidyPaid', ['clerk', 'reviewer', 'director']),
  recount: action('case', 'submitted', [], { limits: ['review'] }),
  overdue: action('case', 'submitted', [], { limit: 'review' }),
}

const decision = { reason: why, servedOn: today }
const objection: Record<string, Scene> = {
  attach: action('objection', 'filed', ['owner', 'clerk'], { kind: 'evidence' }, { ownRoute: true }),
  uphold: action('objection', 'filed', ['supervisor'], decision, { standing: { data: { inTime: true } } }),
  order: action('objection', 'filed', ['supervisor'], decision, { standing: { data: { inTime: true } } }),
  rejectLate: action('objection', 'filed', ['supervisor'], decision, { standing: { data: { inTime: false } } }),
  withdraw: action('objection', 'filed', ['owner']),
  recount: action('objection', 'filed', [], { limits: ['decide'] }),
  overdue: action('objection', 'filed', [], { limit: 'decide' }),
}

const notice: Record<string, Scene> = {
  attach: action('notice', 'handling', ['clerk', 'reviewer', 'assigned'], { kind: 'report' }, { ownRoute: true }),
  markIncomplete: action('notice', 'received', ['clerk', 'reviewer'], { reason: why }, { unassigned: true }),
  complete: action('notice', 'incomplete', ['clerk', 'reviewer'], {}, { unassigned: true }),
  assign: action(
    'notice',
    'received',
    ['director'],
    { practitioner: registered.zhao },
    { unassigned: true, standing: { data: { ground: 'otherDefendant' } } },
  ),
  informOrgan: action('notice', 'assigned', ['clerk', 'reviewer', 'director']),
  accept: action('notice', 'organInformed', ['assigned']),
  defendantRefuses: action('notice', 'handling', ['clerk', 'reviewer'], { isJustified: true }),
  noticeAgain: action('notice', 'refusedByDefendant', ['clerk', 'reviewer'], {}, { unassigned: true }),
  counselRetained: action('notice', 'handling', ['clerk', 'reviewer', 'assigned']),
  progress: action('notice', 'handling', ['assigned'], { kind: 'meeting', on: today }),
  conclude: action('notice', 'handling', ['assigned'], { concludedOn: today, stageResult: 'acquitted' }),
  submitFile: action('notice', 'concluded', ['assigned'], {}, { standing: { documents: ['report'] } }),
  archive: action('notice', 'fileSubmitted', ['reviewer', 'director']),
  recount: action('notice', 'received', [], { limits: ['assign'] }),
  overdue: action('notice', 'received', [], { limit: 'assign' }),
}

const named = (line: string, scenes: Record<string, Scene>) =>
  Object.fromEntries(Object.entries(scenes).map(([key, scene]) => [`${line}.${key}`, scene]))
/** Something about Li's case as it stands while Zhao works on it. */
const ofCase = (expected: Rule, over: Partial<Scene> = {}): Scene => ({ ...action('case', 'handling', []), asks: null, ...over, expected })
const ofDraft = (expected: Rule, over: Partial<Scene> = {}): Scene => ({ ...action('draft', 'draft', []), asks: null, ...over, expected })

const desk: Record<string, Scene> = {
  'health.read': under(everyone),
  'region.list': under(everyone),
  'office.list': under(everyone),
  'account.me': under(only(...citizens, ...providers, ...officers, ...elsewhere, ...administrators)),
  'account.signIn': under(() => 'sign in', { asks: { login: '查无此人', password: 'correct horse battery', totp: '000000' } }),
  'queue.list': under(only(...providers, ...officers, ...elsewhere)),
  'measure.list': under(only(...officers, ...elsewhere)),
  'setting.list': under(only(...officers, ...elsewhere)),
  'practitioner.list': under(only(...officers, ...elsewhere, ...administrators)),
  'audit.list': under(only('auditor', 'auditorElsewhere')),
  'audit.verify': under(only('auditor', 'auditorElsewhere'), { asks: {} }),
  'setting.set': under(reasonFor(only('manager'), 'managerElsewhere'), {
    asks: { region: county, key: 'closing.fileDays', validFrom: '2026-05-01', value: 30, note: '演示设定' },
  }),
  'matter.read': ofCase(only(...(seen['case'] ?? []))),
  'matter.reveal': ofCase(reasonFor(only('clerk', 'reviewer', 'director', 'supervisor', 'assigned'), 'manager', 'auditor'), {
    asks: { field: 'phone', reason: '电话通知当事人' },
  }),
  'matter.assess': { ...action('case', 'submitted', []), expected: only('reviewer', 'director') },
  'matter.candidates': ofCase(only('director')),
  'document.add': ofCase(acts(seen['case'] ?? [], ['owner', 'proxy', 'clerk', 'reviewer', 'assigned']), {
    asks: { kind: 'evidence' },
    withFile: true,
  }),
  'document.read': ofCase(only(...(seen['case'] ?? []))),
  'legal-aid.open': under(only(...citizens), { asks: {} }),
  'objection.open': {
    ...action('case', 'refused', []),
    asks: { parent: true },
    expected: reasonFor(only('owner', 'clerk', 'supervisor'), 'proxy'),
  },
  'criminal-notice.open': under(
    reasonFor(only('clerk', 'reviewer', 'director'), 'clerkElsewhere', 'reviewerElsewhere', 'directorElsewhere'),
    {
      asks: { notice: { ground: 'minor', stage: 'trial', organ: '演示法院', organNumber: '演示1号' } },
    },
  ),
}

const portal: Record<string, Scene> = {
  'portal.home': under(everyone),
  'portal.start': under(everyone, { asks: { story: '工地上干了三个月没有拿到工钱', county } }),
  'portal.places': under(everyone),
  'portal.language': under(everyone),
  'portal.privacy': under(everyone),
  'portal.css': under(everyone),
  'portal.return': under(everyone),
  'portal.reopen': under(() => 'reason', { asks: { code: '23456789AB', secret: 'ABCDEFGH' } }),
  'portal.signIn': under(everyone),
  'portal.sendCode': under(everyone, { asks: { phone: 'fresh' } }),
  'portal.checkCode': under(() => 'reason', { asks: { phone: '13800000000', code: '000000' } }),
  'portal.mine': under(forPerson(...citizens)),
  'portal.next': ofDraft(forPerson('owner', 'proxy')),
  'portal.question': ofDraft(forPerson('owner', 'proxy'), { path: { question: 'person' } }),
  'portal.answer': ofDraft(forPerson('owner', 'proxy'), { path: { question: 'kind' }, asks: { kind: 'wages' } }),
  'portal.check': ofDraft(forPerson('owner', 'proxy')),
  'portal.submit': ofDraft(forPerson('owner', 'proxy'), {
    asks: {},
    standing: { state: 'draft', number: null, data: {}, proxy: cast.ma.id },
  }),
  'portal.receipt': ofCase(forPerson('owner', 'proxy')),
  'portal.track': ofCase(forPerson('owner', 'proxy')),
  'portal.do': ofCase(forPerson('owner', 'proxy'), { path: { action: 'requestReplacement' }, asks: { reason: why } }),
  'portal.upload': ofCase(forPerson('owner', 'proxy'), { path: { kind: 'evidence' } }),
  'portal.addDocument': ofCase(forPerson('owner', 'proxy'), { path: { kind: 'evidence' }, asks: {}, withFile: true }),
  'portal.document': ofCase(forPerson('owner', 'proxy')),
  'portal.proxy': ofCase(reasonFor(forPerson('owner'), 'proxy')),
  'portal.appointProxy': ofCase(reasonFor(forPerson('owner'), 'proxy'), { asks: { phone: '13800000001', consents: 'true' } }),
  // Not there unless an identity provider is set: `oidc.test.ts` has one.
  'portal.oidc': under(() => 'hidden'),
  'portal.oidcBack': under(() => 'hidden'),
  'portal.object': { ...action('case', 'refused', []), asks: {}, expected: reasonFor(forPerson('owner'), 'proxy') },
}

/** Every route and page. Leaving comes last, since it ends the session it is tried with. */
export const access: Readonly<Record<string, Scene>> = {
  ...desk,
  ...accounts,
  ...users,
  ...named('legal-aid', legalAid),
  ...named('objection', objection),
  ...named('criminal-notice', notice),
  ...portal,
  'account.signOut': under(everyone, { asks: {} }),
  'portal.signOut': under(everyone, { asks: {} }),
}
