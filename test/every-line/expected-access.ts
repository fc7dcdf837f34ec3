import { accounts, users } from './expected-account-access.ts'
import { lineScenes } from '#test/line-scenes.ts'
import { ofCase, ofDraft, onCase, theCase } from '#test/lines/legal-aid.ts'
import { why } from '#test/right-inputs.ts'
import { planted, registered } from '#test/planted.ts'
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
  type Rule,
  working,
} from '#test/roles.ts'
import { under, type Scene } from '#test/scene.ts'
import { cast, county } from '#test/world.ts'

/** The id of the proposed change of a setting. */
export const proposedId = '0190a000-0000-7000-8000-00000000d001'

const nobody = only()
/** About a change the province's manager proposed, which the test puts there. */
const ofDraftSetting = (expected: Rule, asks: Scene['asks'] = null): Scene => under(expected, { asks, path: { id: proposedId } })
const changesRegister = reasonFor(only('director', 'manager'), 'directorElsewhere', 'managerElsewhere')

const desk: Record<string, Scene> = {
  'health.read': under(everyone),
  'region.list': under(everyone),
  'office.list': under(everyone),
  'account.me': under(only(...citizens, ...providers, ...officers, ...elsewhere, ...administrators)),
  'account.signIn': under(() => 'sign in', { asks: { login: '查无此人', password: 'correct horse battery', totp: '000000' } }),
  'queue.list': under(only(...providers, ...officers, ...elsewhere)),
  'queue.choices': under(only(...providers, ...officers, ...elsewhere)),
  'flood.read': under(only(...officers, ...elsewhere, ...administrators)),
  'filter.list': under(only(...providers, ...officers, ...elsewhere)),
  'filter.save': under(only(...providers, ...officers, ...elsewhere), {
    asks: { id: '0190a000-0000-7000-8000-00000000f002', name: '快到期的', search: 'purpose=risk' },
  }),
  'filter.drop': under(only(...providers, ...officers, ...elsewhere), { asks: { id: '0190a000-0000-7000-8000-00000000f002' } }),
  'bulk.preview': ofCase(only('assigned', ...officers), { asks: {} }),
  'search.find': under(only(...providers, ...officers, ...elsewhere), { asks: { term: planted.phone } }),
  'notice.list': under(only(...providers, ...officers, ...elsewhere)),
  'notice.read': under(only(...providers, ...officers, ...elsewhere), { asks: { ids: ['late/1'] } }),
  'notice.unread': under(only(...providers, ...officers, ...elsewhere), { asks: { ids: ['late/1'] } }),
  'measure.list': under(only(...officers, ...elsewhere)),
  'figure.list': under(only(...officers, ...elsewhere)),
  'setting.list': under(only(...officers, ...elsewhere)),
  'practitioner.list': under(only(...officers, ...elsewhere, ...administrators)),
  'audit.list': under(only('auditor', 'auditorElsewhere')),
  'audit.people': under(only('auditor', 'auditorElsewhere')),
  'audit.verify': under(only('auditor', 'auditorElsewhere'), { asks: {} }),
  'setting.drafts': under(only(...officers, ...elsewhere)),
  // A change of the province's is seen by all staff of the province, whom it will bind.
  'setting.draft': ofDraftSetting(
    only(...officers, 'clerkNextDoor', 'clerkElsewhere', 'reviewerElsewhere', 'directorElsewhere', 'supervisorElsewhere'),
  ),
  'setting.propose': under(reasonFor(only('manager'), 'managerElsewhere'), {
    asks: { region: county, key: 'closing.fileDays', validFrom: '2026-05-01', value: 30, note: '演示设定', fresh: 'id' },
  }),
  // Proposed by this manager, so that even they are told why not; who publishes is in `settings.test.ts`.
  'setting.publish': ofDraftSetting(reasonFor(nobody, 'manager'), {}),
  'setting.replay': ofDraftSetting(only('manager'), { fresh: 'key' }),
  'setting.report': ofDraftSetting(only('manager', 'auditor')),
  'setting.flips': ofDraftSetting(only('manager', 'auditor')),
  'setting.cancelReplay': ofDraftSetting(only('manager'), {}),
  'setting.withdraw': ofDraftSetting(only('manager'), {}),
  'matter.read': ofCase(only(...theCase.seen)),
  'matter.reveal': ofCase(reasonFor(only(...working), 'manager', 'auditor'), {
    asks: { field: 'phone', reason: '电话通知当事人' },
  }),
  'opening.list': under(only(...officers, ...elsewhere)),
  'urgent.list': under(only(...officers, ...elsewhere)),
  // Of a code that is nobody's; who asks and who decides is in `urgent-access.test.ts`.
  'urgent.ask': under(only(), { asks: { code: 'ZZZZZZZZZZ', because: 'safety', reason: '有人可能有危险，要马上处理。' } }),
  'urgent.approve': under(only()),
  'urgent.decline': under(only()),
  'urgent.end': under(only()),
  // Nobody sits there without an account: `one-time-links.test.ts` has somebody who does.
  'matter.sendLink': ofCase(reasonFor(only(), 'assigned', ...officers), {
    asks: { link: '0190a000-0000-7000-8000-00000000f006', holder: '0190a000-0000-7000-8000-00000000f007', way: 'paper', proof: 'spoken' },
  }),
  'matter.withdrawLink': ofCase(reasonFor(only(), 'manager', 'auditor'), {
    asks: {},
    path: { link: '0190a000-0000-7000-8000-00000000f006' },
  }),
  'matter.colleagues': ofCase(only('director')),
  // Of somebody who works elsewhere: one that was confined would not be there for those who come after. `confined.test.ts` has those.
  'matter.confine': ofCase(reasonFor(only(), 'director'), {
    asks: { accounts: ['0190a000-0000-7000-8000-00000000f004'], because: 'danger', reason: '对方在打听。' },
  }),
  'matter.openAgain': ofCase(only('director'), { asks: { reason: '已经没有危险了。' } }),
  'measure.confined': under(only('manager', 'managerElsewhere')),
  // Whom to send is for whoever sends them.
  'matter.panel': ofCase(only('director'), { path: { key: 'candidates' } }),
  'document.add': ofCase(acts(theCase.seen, ['owner', 'proxy', 'clerk', 'reviewer', 'assigned']), {
    asks: { kind: 'evidence' },
    withFile: true,
  }),
  live: ofCase(only('assigned', ...officers)),
  'matter.people': ofCase(only('assigned', ...officers)),
  'fact.asking': ofCase(reasonFor(only('clerk', 'reviewer', 'supervisor'), 'director', 'assigned', 'manager', 'auditor')),
  'fact.tell': ofCase(reasonFor(only('clerk', 'reviewer', 'supervisor'), 'director', 'assigned', 'manager', 'auditor'), {
    asks: { said: { deadline: { what: 'none' } }, channel: 'hotline' },
  }),
  // Of somebody who is not in it: `referral.test.ts` has one who came without an account.
  'phone.askProof': ofCase(reasonFor(only(), 'manager', 'auditor'), { asks: {}, path: { person: '0190a000-0000-7000-8000-00000000f004' } }),
  'phone.prove': ofCase(reasonFor(only(), 'manager', 'auditor'), {
    asks: { code: '123456' },
    path: { person: '0190a000-0000-7000-8000-00000000f004' },
  }),
  // The reviewer comes first, and what one officer checked another does not check over.
  'fact.verify': ofCase(reasonFor(only('reviewer'), 'director'), { asks: { seq: 1, how: 'originalSeen' }, path: { question: 'amount' } }),
  'fact.unverify': ofCase(only('reviewer', 'director'), { asks: { seq: 1, reason: '看错了原件' }, path: { question: 'story' } }),
  'note.add': ofCase(reasonFor(only(...working), 'manager', 'auditor'), { asks: { text: '已电话核实，材料明天送来' } }),
  // Of a note that is not there: `notes.test.ts` has one.
  'note.strike': ofCase(only(), { asks: {}, path: { note: '0190a000-0000-7000-8000-00000000f002' } }),
  // At a table with one side there is nobody to show anything to; `sharing.test.ts` has one with two.
  'document.share': ofCase(acts(theCase.seen, []), { path: { document: '0190a000-0000-7000-8000-00000000f003' } }),
  'document.unshare': ofCase(acts(theCase.seen, []), { path: { document: '0190a000-0000-7000-8000-00000000f003' } }),
  'fact.share': ofCase(acts(theCase.seen, []), { path: { question: 'story' } }),
  'fact.unshare': ofCase(acts(theCase.seen, []), { path: { question: 'story' } }),
  'document.read': ofCase(only('owner', 'proxy', ...working)),
  'calendar.list': under(only(...providers, ...officers, ...elsewhere)),
  'calendar.feeds': under(only(...providers, ...officers, ...elsewhere)),
  'calendar.subscribe': under(only(...providers, ...officers, ...elsewhere), { asks: { scope: 'mine' } }),
  'calendar.unsubscribe': under(only(...providers, ...officers, ...elsewhere), { asks: { scope: 'mine' } }),
  'calendar.feed': under(() => 'hidden', { path: { token: 'nobodys.ics' } }),
  'directory.people': under(only(...officers, ...elsewhere)),
  'directory.offices': under(only(...officers, ...elsewhere)),
  'directory.person': under(only(...officers, ...elsewhere), { path: { id: registered.zhao } }),
  'directory.office': under(only(...officers, ...elsewhere), { path: { id: registered.office } }),
  // Whoever comes second is told so: every one of them says they saw the entry as it was made.
  'directory.changePerson': under(changesRegister, {
    path: { id: registered.zhao },
    asks: { version: 1, input: { specialisms: [], is_familiar_with_minors: false, is_on_standing_committee: false, basis: 'reported' } },
  }),
  'directory.changeOffice': under(changesRegister, { path: { id: registered.office }, asks: { version: 1, input: { basis: 'reported' } } }),
}

const portal: Record<string, Scene> = {
  'portal.home': under(everyone),
  'portal.start': under(everyone, { asks: { story: '工地上干了三个月没有拿到工钱', county } }),
  'portal.enter': under(everyone, { path: { line: 'legal-aid' } }),
  'portal.begin': under(everyone, { path: { line: 'legal-aid' }, asks: { county } }),
  'portal.places': under(everyone),
  'portal.language': under(everyone),
  'portal.privacy': under(everyone),
  'portal.script': under(everyone),
  'portal.link': under(everyone, { path: { secret: 'AAAABBBBCCCCDDDD' } }),
  'portal.typeLink': under(everyone),
  'portal.openLink': under(() => 'hidden', { asks: { secret: 'AAAABBBBCCCCDDDD' } }),
  'portal.linkProof': under(everyone),
  'portal.proveLink': under(everyone, { asks: { answer: '0000' } }),
  'portal.return': under(everyone),
  'portal.reopen': under(() => 'reason', { asks: { code: '23456789AB', secret: 'ABCDEFGH' } }),
  'portal.signIn': under(everyone),
  'portal.sendCode': under(everyone, { asks: { phone: 'fresh' } }),
  'portal.checkCode': under(() => 'reason', { asks: { phone: '13800000000', code: '000000' } }),
  'portal.mine': under(forPerson(...citizens)),
  'portal.readings': under(forPerson(...citizens)),
  'portal.next': ofDraft(forPerson('owner', 'proxy')),
  'portal.question': ofDraft(forPerson('owner', 'proxy'), { path: { question: 'person' } }),
  'portal.answer': ofDraft(forPerson('owner', 'proxy'), { path: { question: 'kind' }, asks: { kind: 'wages' } }),
  'portal.check': ofDraft(forPerson('owner', 'proxy')),
  'portal.submit': ofDraft(forPerson('owner', 'proxy'), {
    asks: {},
    standing: { state: 'draft', number: null, filed_at: null, data: {}, seats: { proxy: cast.ma.id } },
  }),
  'portal.receipt': ofCase(forPerson('owner', 'proxy')),
  'portal.track': ofCase(forPerson('owner', 'proxy')),
  // Of a step that decided nothing: `decision-letter.test.ts` has decisions.
  'portal.letter': ofCase(forPerson(), { path: { seq: '1' } }),
  'portal.do': ofCase(forPerson('owner', 'proxy'), { path: { action: 'requestReplacement' }, asks: { reason: why } }),
  'portal.backFromAction': ofCase(forPerson('owner', 'proxy'), { path: { action: 'requestReplacement' } }),
  'portal.backFromObjecting': ofCase(forPerson('owner', 'proxy')),
  'portal.upload': ofCase(forPerson('owner', 'proxy'), { path: { kind: 'evidence' } }),
  'portal.addDocument': ofCase(forPerson('owner', 'proxy'), { path: { kind: 'evidence' }, asks: {}, withFile: true }),
  'portal.document': ofCase(forPerson('owner', 'proxy')),
  'portal.proxy': ofCase(reasonFor(forPerson('owner'), 'proxy')),
  'portal.appointProxy': ofCase(reasonFor(forPerson('owner'), 'proxy'), { asks: { phone: '13800000001', consents: 'true' } }),
  'portal.share': ofCase(reasonFor(forPerson(), 'owner', 'proxy'), { path: { what: 'answer', which: 'story' } }),
  'portal.doShare': ofCase(reasonFor(forPerson(), 'owner', 'proxy'), { asks: { act: 'share' }, path: { what: 'answer', which: 'story' } }),
  // Not there unless an identity provider is set: `oidc.test.ts` has one.
  'portal.oidc': under(() => 'hidden'),
  'portal.oidcBack': under(() => 'hidden'),
  'portal.object': { ...onCase('refused', []), asks: {}, expected: reasonFor(forPerson('owner'), 'proxy') },
}

/** Every route and page. Leaving comes last, since it ends the session it is tried with. */
export const access: Readonly<Record<string, Scene>> = {
  ...desk,
  ...accounts,
  ...users,
  ...Object.fromEntries(
    [...lineScenes].flatMap(([line, { open, takeIn }]) => [
      [`${line}.open`, open] as const,
      ...(takeIn ? [[`${line}.takeIn`, takeIn] as const] : []),
    ]),
  ),
  ...portal,
  ...Object.fromEntries(
    [...lineScenes].flatMap(([line, { access: its }]) => Object.entries(its).map(([key, scene]) => [`${line}.${key}`, scene])),
  ),
  'account.signOut': under(everyone, { asks: {} }),
  'portal.signOut': under(everyone, { asks: {} }),
  'portal.exit': under(everyone),
}
