import { randomUUID } from 'node:crypto'
import { refusals } from '#kernel/refusal.ts'
import { pass } from '#platform/doors/flood.ts'
import type { Page, PageReply, Visit } from '#platform/http/route.ts'
import { openNote, sealNote } from '#platform/keys/note.ts'
import type { Platform } from '#platform/platform.ts'
import { AskedAgainPage, LinkPage, ProofPage, ShutPage } from '#portal/by-link.tsx'
import { paths } from '#portal/frame/paths.ts'
import { renderPage } from '#portal/frame/render.ts'
import type { FieldError } from '#portal/pieces/form.tsx'
import { askAgain, press, prove, sendProof, shownOf, type Pressed, type Shut } from '#records/links/opening.ts'
import { pageOf, statusOf, text } from './visiting.ts'

/**
 * The door of a one-time link. What its address shows is the same for every letter and asks the database nothing, so that whatever fetches it learns and spends nothing; a press leads to
 * the proof, and the proof opens the matter.
 */
export const linkPages: readonly Page[] = [
  { method: 'GET', path: '/l/:secret', id: 'portal.link', enter: async (_, visit) => showLink(visit, visit.params['secret']) },
  { method: 'GET', path: paths.link, id: 'portal.typeLink', enter: async (_, visit) => showLink(visit) },
  { method: 'POST', path: paths.link, id: 'portal.openLink', counts: 'floods.links', enter: open },
  { method: 'GET', path: paths.linkProof, id: 'portal.linkProof', enter: (on, visit, now) => showProof(on, visit, now) },
  { method: 'POST', path: paths.linkProof, id: 'portal.proveLink', counts: 'floods.links', enter: proveIt },
]

/** A page that says nothing of the letter: private, so that the window's title does not either. */
const pageAt = (visit: Visit, here?: string) => pageOf(visit, true, here)

const showLink = (visit: Visit, secret?: string): PageReply => ({
  html: renderPage(<LinkPage page={pageAt(visit)} {...(secret !== undefined && { secret })} />),
})

/** The browser carries, sealed and for minutes, which link was pressed in it. */
const note = 'link'

async function open(on: Platform, visit: Visit, now: Date): Promise<PageReply> {
  const secret = text(visit.form['secret'])
  if (text(visit.form['act']) === 'ask') return ask(on, visit, now)
  const pressed = await press(on, secret, visit.session, now)
  if ('shut' in pressed) return showShut(visit, pressed.shut, secret)
  if ('code' in pressed) return { redirect: `/m/${pressed.code}` }
  const at = { ...pressed.at, browser: randomUUID() }
  visit.reply.setNote(note, sealNote(on.keyring, note, [at.region, at.id, at.browser].join(' '), now))
  await sendCodeFor(on, visit, at, now)
  return { redirect: paths.linkProof }
}

/** A code leaves where a phone proves the person; false where one has just left. */
async function sendCodeFor(on: Platform, visit: Visit, at: Pressed, now: Date): Promise<boolean> {
  const shown = await shownOf(on, at, now)
  if ('shut' in shown || shown.proof !== 'phone') return true
  await pass(on, 'floods.codes', visit.source, now)
  return sendProof(on, at, now)
}

function pressedAt(on: Platform, visit: Visit, now: Date): Pressed | null {
  const [region, id, browser] = openNote(on.keyring, note, visit.noteOf(note), now)?.split(' ') ?? []
  return region && id && browser ? { region, id, browser } : null
}

async function showProof(on: Platform, visit: Visit, now: Date, errors: readonly FieldError[] = []): Promise<PageReply> {
  const at = pressedAt(on, visit, now)
  const shown = at && (await shownOf(on, at, now))
  if (!shown) return { redirect: paths.link }
  if ('shut' in shown) return showShut(visit, shown.shut)
  return { html: renderPage(<ProofPage page={pageAt(visit)} {...shown} errors={errors} />), status: statusOf(errors) }
}

async function proveIt(on: Platform, visit: Visit, now: Date): Promise<PageReply> {
  const at = pressedAt(on, visit, now)
  if (!at) return { redirect: paths.link }
  if (text(visit.form['act']) === 'again') {
    const isSent = await sendCodeFor(on, visit, at, now)
    return showProof(on, visit, now, isSent ? [] : [{ field: 'answer', message: 'answer.justSent' }])
  }
  const answer = text(visit.form['answer'])
  const proved = await prove(on, at, { answer, session: visit.session, source: visit.source }, now)
  if ('shut' in proved) return showShut(visit, proved.shut)
  if ('left' in proved) return showProof(on, visit, now, [{ field: 'answer', message: 'answer.linkProof', params: { left: proved.left } }])
  visit.reply.setSession('citizen', proved.token)
  return { redirect: `/m/${proved.code}` }
}

/** Why a link opens nothing, and what to do. Whoever still has its secret may have the desk told that another is wanted. */
const showShut = (visit: Visit, why: Shut, secret?: string): PageReply => ({
  html: renderPage(<ShutPage page={pageAt(visit, paths.link)} why={why} {...(secret && mayAsk.has(why) && { secret })} />),
  status: why === 'unknown' ? refusals.not_found : refusals.link_spent,
})

const mayAsk: ReadonlySet<Shut> = new Set<Shut>(['expired', 'withdrawn', 'opened', 'tries'])

async function ask(on: Platform, visit: Visit, now: Date): Promise<PageReply> {
  const isTold = await askAgain(on, text(visit.form['secret']), now)
  return isTold ? { html: renderPage(<AskedAgainPage page={pageAt(visit, paths.link)} />) } : showShut(visit, 'unknown')
}
