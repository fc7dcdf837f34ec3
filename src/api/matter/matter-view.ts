import { z } from 'zod'
import { faceOf, stateTitle, whoTitle } from '#kernel/face.ts'
import type { Line } from '#kernel/line.ts'
import type { Matter, MatterId } from '#kernel/matter.ts'
import { papersWanted } from '#kernel/papers.ts'
import { holderOfParty } from '#kernel/seat.ts'
import { refuse } from '#kernel/refusal.ts'
import { letterOf } from '#lines/services.ts'
import { audit } from '#platform/keys/audit.ts'
import { clocksOf, matterOf } from '#engine/matter-rows.ts'
import { eventsTold } from '#engine/words.ts'
import { fill, pick, say, type Language, type MessageKey } from '#platform/messages/messages.ts'
import { lineOf } from '#platform/platform.ts'
import type { Tx } from '#platform/tx.ts'
import { markOf } from '#engine/watching.ts'
import { isUseStopped } from '#records/privacy/erasure.ts'
import { familyOf } from '#records/people/family.ts'
import { namesOf } from '#records/people/names.ts'
import { mayNote, notesOf } from '#records/privacy/notes.ts'
import { holderTitle, mayShare } from '#records/privacy/sharing.ts'
import { confinedTo, mayConfine } from '#records/privacy/confinement.ts'
import { isOpenUrgently } from '#records/privacy/urgent-access.ts'
import { listParties, type PartyView } from '#records/people/people.ts'
import { regionName } from '#records/register/regions.ts'
import { checks, whyNotCheck } from '#records/people/verification.ts'
import { nameOfPaper } from '#records/privacy/paper-names.ts'
import { isServed } from '#records/privacy/scanning.ts'
import { actionsFor } from './actions-view.ts'
import { formFor, holderNames, partyTitle } from './holders.ts'
import { registeredFor } from './registered.ts'
import { clockView } from './clock-view.ts'
import { factsOf } from './facts-view.ts'
import { offeredFacts, sharesShown } from './shares-view.ts'
import { mayTellFor, unheardIn } from '#records/referral/asking.ts'
import { isOffered } from '#records/referral/carried.ts'
import { contestedBy } from './contested.ts'
import { nameOf, timelineOf } from './timeline-view.ts'
import { linksFor } from './links-view.ts'
import { MatterView } from './matter-schema.ts'
import { panelsShown } from './panels.ts'
import { titleOf } from '#api/titles.ts'
import { isPartyTo, relationsTo, runsShown, workersIn, worksOn } from '#engine/standing.ts'
import { waitingOf } from './waiting.ts'
import { isRecused } from '#engine/traits.ts'

type View = z.input<typeof MatterView>

/** A matter as this actor may see it: facts with their source, limits with their articles, the log in words, and what may be done now. Opening one is audited. */
export async function viewMatter(tx: Tx, at: MatterId, language: Language = 'zh'): Promise<View> {
  // The mark comes first: nothing that is shown beside it is older.
  const [mark, matter = refuse('not_found')] = await Promise.all([markOf(tx, at), matterOf(tx, at)])
  const line = lineOf(tx.on, matter.line, matter.edition)
  const { events, clocks, isStopped, ...around } = await aroundOf(tx, matter, language)
  const workers = workersIn(tx, matter)
  const names = await namesOf(tx, [...events.map((event) => event.actor), ...workers])
  const mayRead =
    isPartyTo(tx, matter) || (((await isOpenUrgently(tx, at)) || worksOn(tx, matter)) && !isRecused(tx.on, matter, tx.actor.id))
  const [personal, panels, register] = await Promise.all([
    isStopped || !mayRead ? closed : personalOf(tx, { line, matter }, language, names),
    panelsShown({ tx, matter, language, isStopped, mayRead }),
    registeredFor(tx, line, matter, language),
  ])
  const holders = calledAt({ line, matter }, personal.parties, names, language)
  return {
    region: matter.region,
    id: matter.id,
    code: matter.code,
    number: matter.number,
    regionName: around.place,
    line: line.key,
    lineTitle: pick(line.title, language),
    state: matter.state,
    stateTitle: pick(stateTitle(line, matter.state, faceOf(tx.actor)), language),
    ...waitingOf(line, matter.state, language),
    version: matter.version,
    mark,
    openedAt: matter.openedAt.toISOString(),
    title: titleOf(matter, line, language),
    isUseStopped: isStopped,
    mayRead,
    ...personal,
    checks: whyNotCheck(tx, matter) || isOffered(line, matter) ? [] : checks.map((key) => ({ key, title: say(language, `check.${key}`) })),
    needs: needsOf(line, matter, language),
    clocks: clocks.map((clock) => clockView(tx, line, { matter, events, clock, holders }, language)),
    timeline: timelineOf({ line, matter, face: faceOf(tx.actor), events, names }, language),
    linked: around.linked,
    shares: around.shares,
    contested: around.contested,
    panels,
    actions: actionsFor(tx, line, matter, clocks, language)
      .map((action) => ({
        ...action,
        schema: formFor(action.key, { line, matter }, language, { actor: tx.actor.id, names: holders, register }),
      }))
      .map((action) => (isStopped ? uncomputed(action, language) : action)),
    maySayFor: mayRead && unheardIn(line, matter).length > 0 && (await mayTellFor(tx, matter)),
    mayNote: mayNote(tx, matter) && mayRead && !isStopped,
    ...(await confinementOf(tx, matter)),
    links: isStopped || !mayRead ? [] : await linksFor(tx, matter, holders, language),
    messages: around.messages,
  }
}

/** What is read whoever reads it, all at once: on PostgreSQL in a few round trips. */
async function aroundOf(tx: Tx, matter: Matter, language: Language) {
  const [events, clocks, isStopped, place, linked, shares, contested, messages] = await Promise.all([
    eventsTold(tx, matter, language),
    clocksOf(tx, matter),
    isUseStopped(tx, matter),
    regionName(tx, matter.region),
    linkedTo(tx, matter, language),
    sharesShown(tx, matter, language),
    contestedBy(tx, matter, language),
    messagesOf(tx, matter, language),
    tx.actor.kind === 'citizen' ? undefined : auditView(tx, matter),
  ])
  return { events, clocks: runsShown(tx, matter, clocks), isStopped, place, linked, shares, contested, messages }
}

const auditView = (tx: Tx, matter: Matter): Promise<unknown> =>
  audit(tx, 'viewMatter', { region: matter.region, matter: matter.id, detail: { relation: [...relationsTo(tx, matter)][0] ?? null } })

type Personal = Pick<View, 'parties' | 'facts' | 'documents' | 'notes'>

/** What a desk sees of a person once all use was stopped, and what those see who do not work on the matter. */
const closed: Personal = { parties: [], facts: [], documents: [], notes: [] }

const personalOf = async (
  tx: Tx,
  { line, matter }: { line: Line; matter: Matter },
  language: Language,
  names: ReadonlyMap<string, string>,
): Promise<Personal> => {
  const parties = await listParties(tx, matter)
  const [facts, offered, documents, notes] = await Promise.all([
    factsOf(tx, { line, matter, holders: calledAt({ line, matter }, parties, names, language) }, language, names),
    isOffered(line, matter) ? offeredFacts(tx, matter, language, names) : [],
    documentsOf(tx, line, matter, language, names),
    notesFor(tx, matter, language),
  ])
  const titled = parties.map(({ isProved, ...party }) => ({
    ...party,
    roleTitle: partyTitle({ line, matter }, party, language),
    phoneProof: phoneProofOf(tx, matter, { ...party, isProved }),
  }))
  return { parties: titled, facts: [...facts, ...offered], documents, notes }
}

type Proving = Pick<PartyView, 'person' | 'phone' | 'isProved'>

/** How far the telephone of somebody without an account is proved; null where they have none, where it need not be, and where the reader may not. */
function phoneProofOf(tx: Tx, matter: Matter, { person, phone, isProved }: Proving): 'proved' | 'open' | null {
  if (phone === null || holderOfParty(matter, person)?.account !== null) return null
  if (isProved) return 'proved'
  return worksOn(tx, matter) ? 'open' : null
}

type Named = readonly { person: string; name: string | null }[]

/** What everybody at a table is called, by holder, with the names of those whose names the reader is shown. */
const calledAt = (table: { line: Line; matter: Matter }, parties: Named, names: ReadonlyMap<string, string>, language: Language) =>
  holderNames(table, new Map([...names, ...parties.flatMap(({ person, name }) => (name ? [[person, name] as const] : []))]), language)

/** To whom it is confined, for the desk. A person reads on their own page how many those are, and a party of the other side nothing. */
async function confinementOf(tx: Tx, matter: Matter): Promise<Pick<View, 'confined' | 'mayConfine'>> {
  if (tx.actor.kind === 'citizen' || isPartyTo(tx, matter)) return { confined: null, mayConfine: false }
  const people = await confinedTo(tx, matter)
  return {
    confined: people.length ? { people: people.map(({ account, name }) => ({ account, name })) } : null,
    mayConfine: mayConfine(tx, matter),
  }
}

/** Nothing is computed from answers that may not be used. */
const uncomputed = (action: View['actions'][number], language: Language): View['actions'][number] =>
  action.own === 'compute' ? { ...action, allowed: false, why: say(language, 'refusal.use_stopped'), help: null } : action

async function notesFor(tx: Tx, at: MatterId, language: Language): Promise<View['notes']> {
  const notes = await notesOf(tx, at)
  const names = await namesOf(
    tx,
    notes.map(({ writtenBy }) => writtenBy),
  )
  return notes.map(({ writtenBy, at, struckAt, ...note }) => ({
    ...note,
    by: nameOf(writtenBy, names, language),
    at: at.toISOString(),
    struckAt: struckAt?.toISOString() ?? null,
  }))
}

/** The papers wanted as the matter stands, and whose they are to bring. */
const needsOf = (line: Line, matter: Matter, language: Language): View['needs'] =>
  papersWanted(line, matter).map((kind) => {
    const { title, owed } = line.documents[kind]! // wanted papers are the line's
    return {
      kind,
      title: pick(title, language),
      ofTitle: pick(whoTitle(line, owed?.by ?? line.principal), language),
      held: matter.documents.includes(kind),
    }
  })

async function documentsOf(
  tx: Tx,
  line: Line,
  at: Matter,
  language: Language,
  names: ReadonlyMap<string, string>,
): Promise<View['documents']> {
  const rows = await tx.db
    .selectFrom('document')
    .selectAll()
    .where('region', '=', at.region)
    .where('matter', '=', at.id)
    .where('erased_at', 'is', null)
    .orderBy('at')
    .limit(200)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    kindTitle: pick(line.documents[row.kind]?.title ?? { zh: row.kind, en: row.kind }, language),
    name: nameOfPaper(tx.on.keyring, row),
    mime: row.mime,
    bytes: row.bytes,
    at: row.at.toISOString(),
    by: nameOf(row.added_by, names, language),
    ofTitle: row.holder ? pick(holderTitle(line, at, row.holder), language) : null,
    isUnchecked: !isServed(tx, row),
    isShared: row.is_shared,
    mayShare: mayShare(tx, at, row.holder),
  }))
}

async function linkedTo(tx: Tx, matter: Matter, language: Language): Promise<View['linked']> {
  return (await familyOf(tx, matter)).map((row) => {
    const line = lineOf(tx.on, row.line, row.edition)
    return {
      region: row.region,
      id: row.id,
      line: row.line,
      lineTitle: pick(line.title, language),
      stateTitle: pick(stateTitle(line, row.state, faceOf(tx.actor)), language),
      isParent: row.id === matter.parent,
      relation: say(language, row.id === matter.parent ? 'linked.parent' : 'linked.child'),
    }
  })
}

async function messagesOf(tx: Tx, matter: Matter, language: Language): Promise<View['messages']> {
  const rows = await tx.db
    .selectFrom('message')
    .selectAll()
    .where('region', '=', matter.region)
    .where('matter', '=', matter.id)
    .orderBy('created_at')
    .limit(200)
    .execute()
  const workers = workersIn(tx, matter)
  const who = (account: string): MessageKey =>
    account.includes('@') ? 'message.desk' : workers.includes(account) ? 'message.provider' : 'message.account'
  return rows
    .filter((row) => tx.actor.kind !== 'citizen' || row.account === tx.actor.id)
    .map((row) => ({
      at: row.created_at.toISOString(),
      to: say(language, 'message.to', { who: say(language, who(row.account)) }),
      text: fill(language, pick(letterOf(matter.line, row.template)?.text ?? '', language), row.params),
      status: say(language, `message.status.${row.status}`),
    }))
}
