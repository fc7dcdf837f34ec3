import { refusals, refuse } from '#kernel/refusal.ts'
import { left } from '#kernel/journey/journey.ts'
import type { Config } from '#platform/config.ts'
import { isMatterCode, verifyPassword } from '#platform/doors/credentials.ts'
import { seal } from '#platform/keys/crypto.ts'
import type { Platform } from '#platform/platform.ts'
import { lineOf } from '#platform/platform.ts'
import type { Page, PageReply, Visit } from '#platform/http/route.ts'
import { countKnock, pass } from '#platform/doors/flood.ts'
import { closeSession, exchangeSession } from '#platform/doors/sessions.ts'
import { sendCode, takeCode } from '#platform/doors/sign-in.ts'
import { isPrivate } from '#engine/traits.ts'
import { as, system, type Tx } from '#platform/tx.ts'
import { runningClocks } from '#engine/matter-rows.ts'
import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Line } from '#kernel/line.ts'
import type { Clock } from '#kernel/matter.ts'
import type { FieldError } from '#portal/pieces/form.tsx'
import { MyMattersPage, type MyMattersProps } from '#portal/my-matters.tsx'
import { paths } from '#portal/frame/paths.ts'
import { renderPage } from '#portal/frame/render.ts'
import { ReturnPage } from '#portal/return.tsx'
import { findCode, knownAs, letIn, remember } from './coming-back.ts'
import { SignInPage, type KnownBy } from '#portal/sign-in.tsx'
import { accountPhoneIndex, accountPlace, findOrAddCitizenByPhone } from '#records/accounts/accounts.ts'
import { joinByLink, joinNameless, joinOpenedFor } from '#records/people/one-person.ts'
import { lastSaidIn } from '#records/people/answers.ts'
import { titleOf } from '#api/titles.ts'
import { draftOf, isDraft } from './drafts.ts'
import { listOwnMatters } from './own-matters.ts'
import { isShared, keyed, mobileOf, pageOf, statusOf, text } from './visiting.ts'
import { seatsOf } from '#kernel/seat.ts'

type Doors = Pick<Config, 'oidc'>
type Entering = { on: Platform; visit: Visit; now: Date }

/** Ways in and out: code and secret, phone and one-time code, the list of one's own matters, leaving. */
export const doorPages = (config: Doors): Page[] => [
  { method: 'GET', path: '/return', id: 'portal.return', handler: async (_, visit) => showReturn(visit, []) },
  { method: 'POST', path: '/return', id: 'portal.reopen', enter: (on, visit, now) => reopen(config, { on, visit, now }) },
  { method: 'GET', path: '/sign-in', id: 'portal.signIn', handler: async (_, visit) => showSignIn(config, visit, { step: 'phone' }) },
  { method: 'POST', path: '/sign-in', id: 'portal.sendCode', enter: (on, visit, now) => askCode(config, { on, visit, now }) },
  { method: 'POST', path: '/sign-in/code', id: 'portal.checkCode', enter: (on, visit, now) => signIn(config, { on, visit, now }) },
  { method: 'POST', path: '/sign-out', id: 'portal.signOut', enter: signOut },
  { method: 'GET', path: paths.exit, id: 'portal.exit', enter: leaveQuickly },
  { method: 'GET', path: '/mine', id: 'portal.mine', handler: showMine },
]

const showReturn = (visit: Visit, errors: readonly FieldError[]): PageReply => ({
  html: renderPage(
    <ReturnPage
      page={pageOf(visit)}
      action="/return"
      hidden={{}}
      values={{ code: text(visit.form['code']) || (visit.query['code'] ?? ''), secret: text(visit.form['secret']) }}
      errors={errors}
    />,
  ),
  status: errors.length ? 422 : 200,
})

/** Code and secret reopen a matter. Wrong, unknown and tried too often answer alike, so that codes cannot be fished for. */
async function reopen(config: Doors, { on, visit, now }: Entering): Promise<PageReply> {
  const code = text(visit.form['code']).normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase()
  const secret = text(visit.form['secret']).normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase()
  const wrong = () => showReturn(visit, [{ field: 'code', message: 'answer.code' }])
  const row = isMatterCode(code) ? await as(on, system, now, (tx) => findCode(tx, code)) : undefined
  const known = row && knownAs(visit, row)
  if (!known) await pass(on, 'floods.returns', visit.source, now)
  const knock = known ?? { sender: visit.source.sender, at: code }
  const isTried = row !== undefined && !(await as(on, system, now, (tx) => countKnock(tx, 'floods.secrets', knock)))
  const isRight = await verifyPassword(isTried ? row.secret_hash : null, secret)
  const found = isTried && isRight ? await as(on, system, now, (tx) => letIn(tx, visit, { row, knock })) : null
  if (!found) return wrong()
  if ('knownBy' in found) return showSignIn(config, visit, { step: 'phone', knownBy: found.knownBy })
  visit.reply.setSession('citizen', found.token)
  visit.reply.setSecret({ code, secret })
  if (!found.isPrivate && row?.account) remember(visit, row.account)
  return { redirect: `/m/${code}/next` }
}

/** Signing in, at the phone or at the code sent to it; the national identity is offered where a provider is set. `hasFailed`: it was tried and confirmed nobody. `knownBy`: code and secret were right, and open nothing. */
export function showSignIn(
  { oidc }: Doors,
  visit: Visit,
  {
    step,
    errors = [],
    hasFailed = false,
    knownBy,
  }: { step: 'phone' | 'code'; errors?: readonly FieldError[]; hasFailed?: boolean; knownBy?: KnownBy },
): PageReply {
  const phone = text(visit.form['phone'])
  const again = { action: '/sign-in', hidden: { phone } }
  return {
    html: renderPage(
      <SignInPage
        page={pageOf(visit)}
        step={step}
        action={step === 'phone' ? '/sign-in' : '/sign-in/code'}
        hidden={step === 'code' ? { phone } : {}}
        values={step === 'phone' ? { phone } : {}}
        errors={errors}
        {...(knownBy && { knownBy })}
        {...(step === 'code' && { again })}
        {...(step === 'phone' && oidc && { identity: { href: '/sign-in/identity', hasFailed } })}
      />,
    ),
    status: hasFailed ? refusals.invalid : statusOf(errors),
  }
}

async function askCode(config: Doors, { on, visit, now }: Entering): Promise<PageReply> {
  const phone = mobileOf(visit)
  if (!phone) return showSignIn(config, visit, { step: 'phone', errors: [{ field: 'phone', message: 'answer.mobile' }] })
  const device = await deviceFor(on, visit, phone, now)
  if (!device) await pass(on, 'floods.codes', visit.source, now)
  const isSent = await sendCode(on, phone, now, device)
  return showSignIn(config, visit, { step: 'code', errors: isSent ? [] : [{ field: 'code', message: 'answer.justSent' }] })
}

/** What this browser is called at the account of a phone, where somebody signed in to it here before. */
const deviceFor = (on: Platform, { devices }: Visit, phone: string, now: Date): Promise<string | undefined> =>
  as(on, system, now, async (tx) => {
    if (devices.size === 0) return undefined
    const index = accountPhoneIndex(on.keyring, phone)
    const account = await tx.db.selectFrom('account').select('id').where('phone_index', '=', index).executeTakeFirst()
    return account && devices.get(account.id)
  })

/**
 * A phone that nobody has signed in with becomes that of the account that is here; where it has an account already, what was begun here without a name goes over to it.
 * Not at a device of a village room: whoever sits there now may not be whoever began.
 */
async function signIn(config: Doors, { on, visit, now }: Entering): Promise<PageReply> {
  const phone = mobileOf(visit) ?? refuse('invalid')
  const code = text(visit.form['code']).normalize('NFKC').trim()
  const device = await deviceFor(on, visit, phone, now)
  if (!device) await pass(on, 'floods.signIns', visit.source, now)
  const entered = await as(on, system, now, async (tx) => {
    if (!(await takeCode(tx, { phone, code, device }))) return null
    const here = visit.session?.actor.kind === 'citizen' && !isShared(visit) ? visit.session.actor.id : null
    if (here) await lendPhone(tx, here, phone)
    const account = await findOrAddCitizenByPhone(tx, phone)
    if (here) await joinNameless(tx, here, account)
    if (visit.session && !isShared(visit)) await joinByLink(tx, visit.session.actor, account)
    await joinOpenedFor(tx, account, phone)
    return { account, token: await exchangeSession(tx, visit.session, account) }
  })
  if (!entered) return showSignIn(config, visit, { step: 'code', errors: [{ field: 'code', message: 'answer.smsCode' }] })
  visit.reply.setSession('citizen', entered.token)
  remember(visit, entered.account)
  return { redirect: '/mine' }
}

async function lendPhone(tx: Tx, account: string, phone: string): Promise<void> {
  const phoneIndex = accountPhoneIndex(tx.on.keyring, phone)
  const taken = await tx.db.selectFrom('account').select('id').where('phone_index', '=', phoneIndex).executeTakeFirst()
  if (taken) return
  await tx.db
    .updateTable('account')
    .set({ phone_index: phoneIndex, phone: seal(tx.on.keyring, phone, accountPlace(account, 'phone')) })
    .where('id', '=', account)
    .where('phone_index', 'is', null)
    .execute()
}

async function signOut(on: Platform, visit: Visit, now: Date): Promise<PageReply> {
  if (visit.session) await closeSession(on, visit.session.tokenHash, now)
  visit.reply.setSession('citizen', null)
  visit.reply.setSecret(null)
  return { redirect: isShared(visit) || visit.form['via'] === 'villageRoom' ? '/?via=village-room' : '/' }
}

/** Somewhere nobody asks about. */
const harmless = 'https://www.weather.com.cn/'

/** Away from a page somebody may be watching. The session ends, so that going back shows nothing; the draft stays, for code and secret to open. A link on another site leads away and ends nothing. */
async function leaveQuickly(on: Platform, visit: Visit, now: Date): Promise<PageReply> {
  if (visit.isFromHere) {
    await signOut(on, visit, now)
    visit.reply.setKnown(null)
  }
  return { redirect: harmless }
}

async function showMine(tx: Tx, visit: Visit): Promise<PageReply> {
  const rows = await listOwnMatters(tx)
  const view = rows.map((row) => {
    const line = lineOf(tx.on, row.line, row.edition)
    const state = line.states[row.state]! // a matter's state is one of its line's
    return {
      row,
      title: titleOf(row, line, visit.language),
      state: state.title,
      isYourMove: seatsOf(row, tx.actor.id).some((seat) => state.waitsFor.includes(seat)),
    }
  })
  const filed = view.filter(({ row }) => !isDraft(tx, row))
  const saidAt = await lastSaidIn(tx, rows)
  const clocks = await runningClocks(
    tx,
    filed.map(({ row }) => row),
  )
  const drafts = []
  for (const { row, title } of view.filter(({ row }) => isDraft(tx, row))) {
    const { draft } = await draftOf(tx, row.code)
    drafts.push({
      title,
      href: `/m/${row.code}/next`,
      savedAt: saidAt.get(row.id) ?? row.openedAt,
      left: draft ? left(draft.questions, draft.answers) : 0,
    })
  }
  const matters = filed
    .map(({ row, title, state, isYourMove }) => ({
      code: row.code,
      title,
      state,
      href: `/m/${row.code}`,
      openedAt: row.openedAt,
      isYourMove,
      ...dueIn(lineOf(tx.on, row.line, row.edition), clocks.get(row.id) ?? []),
    }))
    .toSorted((a, b) => Number(b.isYourMove) - Number(a.isYourMove))
  const isHidden = rows.some((row) => isPrivate(tx.on, row))
  return {
    html: renderPage(
      <MyMattersPage
        page={pageOf(visit, isHidden)}
        now={tx.now}
        matters={matters}
        drafts={drafts}
        signOut={{ action: '/sign-out', hidden: keyed() }}
      />,
    ),
  }
}

/** The limit that runs out first, as the reader is told of it: its title and its last day. */
function dueIn({ limits }: Line, running: readonly Pick<Clock, 'limit' | 'dueAt'>[]): Pick<MyMattersProps['matters'][number], 'by'> {
  const first = running.find(({ limit }) => limits[limit]?.kind !== 'appointment')
  const title = first && limits[first.limit]?.title
  return first?.dueAt && title ? { by: { title, day: dayOf(new Date(first.dueAt.getTime() - 1)) } } : {}
}
