import { dayOf } from '#kernel/calendar/calendar.ts'
import { check } from '#kernel/decide.ts'
import { citeText } from '#kernel/cite.ts'
import { stateNext } from '#kernel/face.ts'
import { forums, hearingLimit, hearingOf, placeOf } from '#parts/hearing.ts'
import type { Line, Text } from '#kernel/line.ts'
import type { Clock, Event, Matter } from '#kernel/matter.ts'
import { hasDonePart } from '#kernel/joint.ts'
import { isContestable } from '#kernel/remedy.ts'
import { journeyFor, serviceOf } from '#lines/services.ts'
import { clocksOf } from '#engine/matter-rows.ts'
import { toldOf } from '#engine/words.ts'
import { fill, formatYuan, pick, say, type Language } from '#platform/messages/messages.ts'
import { lineOf } from '#platform/platform.ts'
import type { PageReply, Visit } from '#platform/http/route.ts'
import { isPrivate } from '#engine/traits.ts'
import { lawOf, type Tx } from '#platform/tx.ts'
import type { Act } from '#portal/pieces/action-form.tsx'
import type { FieldError, Values } from '#portal/pieces/form.tsx'
import { renderPage } from '#portal/frame/render.ts'
import { TrackPage, type TrackProps } from '#portal/track.tsx'
import { namesOf } from '#records/people/names.ts'
import { familyOf, storyAround } from '#records/people/family.ts'
import { confinedTo, isConfinedWithParent } from '#records/privacy/confinement.ts'
import { openedUrgently, urgencies } from '#records/privacy/urgent-access.ts'
import { relationTitle } from '../matter/relation-title.ts'
import { readingsIn, toldBefore } from '#records/privacy/readings.ts'
import { formFor, holderNames } from '#api/matter/holders.ts'
import { contestedDecision } from '#api/matter/contested.ts'
import { lastDecision, openRemedy, type Decision } from '#api/matter/decision.ts'
import { inWords } from '#api/form-schema.ts'
import { titleOf } from '#api/titles.ts'
import { isDraft, isFilling } from './drafts.ts'
import { storyOf } from './table/story.ts'
import { sharesShown } from '#api/matter/shares-view.ts'
import { dueOf, isLate, soonest } from './due.ts'
import { letterHref } from './letter.tsx'
import { papersOf } from './papers.ts'
import { readerIn, whyIn } from './readings.tsx'
import { sentTo } from './sent.ts'
import { doorOf } from './start.tsx'
import { askAbout } from './rights.ts'
import { factsOf, shownToReader } from './table/told.ts'
import { keyed, matterByCode, pageOf } from './visiting.ts'
import { peopleOf } from './who.ts'
import { whoTitle } from '#kernel/face.ts'
import { isOwn, runsShown, workersIn } from '#engine/standing.ts'
import { isHeldBy, seatedIn, seatsOf, workingSeat } from '#kernel/seat.ts'

/** An action's form as it was refused: what was typed, and what is wrong. */
export type Refused = { action: string; values: Values; errors: readonly FieldError[] }
const same = (words: string): Text => ({ zh: words, en: words })
const yourself: Text = { zh: '您本人', en: 'Yourself' }
const again: Text = { zh: '重新申请', en: 'Apply again' }
const goOn: Text = { zh: '接着填', en: 'Go on filling it in' }

/** A matter as its person follows it: our lateness first, then now, next, by when, who, and what they can do. */
export async function showTrack(tx: Tx, visit: Visit, refused?: Refused): Promise<PageReply> {
  const matter = await matterByCode(tx, visit.params['code'] ?? '')
  if (isDraft(tx, matter)) return { redirect: `/m/${matter.code}/next` }
  const props = await trackProps(tx, visit, matter, refused)
  return { html: renderPage(<TrackPage {...props} />), status: refused ? 422 : 200 }
}

async function trackProps(tx: Tx, visit: Visit, matter: Matter, refused?: Refused): Promise<TrackProps> {
  const line = lineOf(tx.on, matter.line, matter.edition)
  const clocks = runsShown(tx, matter, await clocksOf(tx, matter))
  const state = line.states[matter.state]! // a matter's state is one of its line's
  const papers = await papersOf(tx, line, matter, clocks)
  const [family, around] = await Promise.all([familyOf(tx, matter), storyAround(tx, matter)])
  const claim = claimOf(tx, line, matter, visit.language, refused)
  const { events, matter: told } = await toldOf(tx, matter, visit.language)
  const next = stateNext(line, told, 'person')
  const decision = await lastDecision(tx, line, events)
  const standing = serviceOf(line.remedy?.line ?? '')?.opening?.standing?.(matter, decision?.event.seq, family)
  const asked = askedIn(events)
  return {
    page: pageOf(visit, isPrivate(tx.on, matter), `/m/${matter.code}`),
    now: tx.now,
    title: same(titleOf(matter, line, visit.language)),
    code: matter.code,
    ...(matter.number && { number: matter.number }),
    late: lateIn(tx, line, clocks),
    state: state.title,
    ...(next && { next }),
    isYourMove: isWaitedFor(tx, line, matter) || papers.missing.length > 0 || claim !== undefined,
    ...(asked && { asked }),
    due: clocks
      .filter((clock) => line.limits[clock.limit]?.kind !== 'appointment' && !clock.stoppedAt && clock.dueAt && clock.dueAt > tx.now)
      .toSorted(soonest(line))
      .map((clock) => dueOf(line, clock)),
    ...hearingSoon(tx, matter, clocks),
    who: await peopleOf(tx, line, matter, events),
    ...(decision && {
      decision: shownDecision(matter, decision, openRemedy(decision, line, matter, standing)),
    }),
    ...(claim && { claim }),
    acts: actsOf(tx, line, matter, {
      language: visit.language,
      standing,
      refused,
      names: await calledAt(tx, line, matter, visit.language),
    }),
    elsewhere: [
      ...standingLink(tx, line, standing, visit.language),
      ...(await contestedLink(tx, matter, visit.language)),
      ...(isFilling(tx, matter) ? [{ title: goOn, href: `/m/${matter.code}/next` }] : []),
      ...proxyLink(tx, line, matter),
      ...(state.mayApplyAgain ? [{ title: again, href: doorOf(line.key) }] : []),
    ],
    history: await storyOf(tx, { line, matter, events }, around, visit.language),
    carried: await sharesShown(tx, matter, visit.language),
    papers,
    ...(await lookedAt(tx, line, matter, visit.language)),
    ...(await passedOn(tx, line, matter, visit.language)),
    ...(isOwn(tx, matter) && { deleteHref: askAbout(matter.code, { wants: 'delete' }) }),
    related: around.map((one) => relatedTo(tx, one, visit.language)),
    ...(tx.actor.kind === 'party' ? { isByLink: true as const } : { backHref: '/mine' }),
  }
}

/** Who read the reader's own, and to whom it is open. */
const lookedAt = async (tx: Tx, line: Line, matter: Matter, language: Language) => ({
  readings: (await readingsIn(tx, matter)).map((view) => ({ at: view.at, who: readerIn(line, view, language), purpose: whyIn(view) })),
  ...(await confinedIn(tx, matter)),
  opened: await openedIn(tx, line, matter, language),
  toldUntil: toldBefore(tx, matter.region),
})

/** What the reader told, was shown and was sent. */
const passedOn = async (tx: Tx, line: Line, matter: Matter, language: Language) => ({
  facts: await factsOf(tx, matter, language),
  shown: await shownToReader(tx, line, matter, language),
  sent: await sentTo(tx, matter, language),
})

/** The limits that passed, and who was told of it. */
const lateIn = (tx: Tx, line: Line, clocks: readonly Clock[]): TrackProps['late'] =>
  clocks
    .filter((clock) => isLate(line, clock, tx.now))
    .map((clock) => ({
      ...dueOf(line, clock),
      remedy: {
        zh: `已经报给上级${line.desk.overseer.zh}督办。您不用做什么，您的权利不受影响。`,
        en: `It was reported to the ${line.desk.overseer.en.toLowerCase()} above. You need do nothing; your rights are not affected.`,
      },
    }))
/** Whether it waits for the reader: for their seat, or for the person whose side they are on; not once they did their part of what all do. */
function isWaitedFor(tx: Tx, { actions, states, seats, principal }: Line, matter: Matter): boolean {
  const waits = states[matter.state]?.waitsFor ?? []
  const isMine = (seat: string) => waits.includes(seat) || (waits.includes(principal) && seats[seat]?.side === seats[principal]?.side)
  const isDone = Object.entries(actions).some(
    ([key, action]) => action.from.includes(matter.state) && hasDonePart(action, matter, key, tx.actor.id),
  )
  return !isDone && seatsOf(matter, tx.actor.id).some(isMine)
}

/** The hearing to come: while its appointment runs. */
function hearingSoon(tx: Tx, matter: Matter, clocks: readonly Clock[]): Pick<TrackProps, 'hearing'> {
  const hearing = hearingOf(matter)
  const isAhead = clocks.some(({ limit, stoppedAt, dueAt }) => limit === hearingLimit && !stoppedAt && dueAt && dueAt > tx.now)
  return hearing && isAhead ? { hearing: { at: new Date(hearing.at), forum: forums[hearing.forum], place: placeOf(hearing) } } : {}
}

const shownDecision = (matter: Matter, decision: Decision, remedy: Decision['remedy']): NonNullable<TrackProps['decision']> => ({
  title: decision.title,
  words: decision.words,
  ...(decision.ground && { ground: decision.ground }),
  ...(decision.reasons && { reasons: decision.reasons }),
  cites: decision.cites,
  ...(decision.pointsOut && { pointsOut: decision.pointsOut }),
  ...(remedy && { remedy }),
  href: letterHref(matter, decision),
})

/** What the provider reports, for the person to confirm: a claim is not an outcome. */
function claimOf(tx: Tx, line: Line, matter: Matter, language: Language, refused?: Refused): TrackProps['claim'] | undefined {
  const reported = line.outcome
  const outcome = reported?.of(matter.data)
  if (!reported || !outcome) return undefined
  const { confirmedBy } = reported
  if (check(line, matter, confirmedBy, { actor: tx.actor, now: tx.now, law: lawOf(tx, matter.region) })) return undefined
  const result = inWords(line, reported.reportedBy, { result: outcome.result }, language)[0]?.value ?? outcome.result
  const words = say(language, 'track.recovered', { result, amount: formatYuan(outcome.recoveredFen, language) })
  return {
    text: words,
    by: pick(whoTitle(line, workingSeat(line)), language),
    on: outcome.concludedOn,
    action: `/m/${matter.code}/do/${confirmedBy}`,
    hidden: keyed({ version: String(matter.version) }),
    ...(refused?.action === confirmedBy && { values: refused.values, errors: refused.errors }),
  }
}

type Acting = { language: Language; standing: Matter | undefined; refused: Refused | undefined; names: ReadonlyMap<string, string> }

/** What a person's page calls those a form may name: themselves, and by name whoever works on their matter. */
async function calledAt(tx: Tx, line: Line, matter: Matter, language: Language): Promise<ReadonlyMap<string, string>> {
  const known = await namesOf(tx, workersIn(tx, matter))
  return new Map([
    ...holderNames({ line, matter }, known, language),
    ...seatedIn(matter).flatMap((holder) => (isHeldBy(holder, tx.actor.id) ? [[holder.id, pick(yourself, language)] as const] : [])),
  ])
}

function actsOf(tx: Tx, line: Line, matter: Matter, { language, standing, refused, names }: Acting): Act[] {
  const its = { actor: tx.actor, now: tx.now, law: lawOf(tx, matter.region) }
  const offered = Object.entries(line.actions).flatMap(([key, action]): Act[] => {
    if (key === line.outcome?.confirmedBy || action.own || check(line, matter, key, its)) return []
    const schema = formFor(key, { line, matter }, language, { actor: tx.actor.id, names })
    return [
      {
        key,
        title: pick(action.title, language),
        action: `/m/${matter.code}/do/${key}`,
        hidden: keyed({ version: String(matter.version) }),
        schema,
        ...(isNext(tx, line, matter, { action, schema }) && { isNext: true }),
        ...(action.confirm && { confirm: pick(action.confirm, language) }),
        ...(action.cite && { article: citeText(action.cite) }),
        ...(refused?.action === key && { values: refused.values, errors: refused.errors }),
      },
    ]
  })
  const { remedy } = line
  if (standing || !remedy || !isContestable(line, matter) || !isOwn(tx, matter)) return offered
  const words = { title: pick(remedy.title, language), submit: pick(remedy.send, language), confirm: pick(remedy.confirm, language) }
  const contesting = { ...words, article: citeText(remedy.cite) }
  const fields = journeyFor(remedy.line, dayOf(tx.now)).flatMap((question) => question.fields)
  const again = refused?.action === 'object' && { values: refused.values, errors: refused.errors }
  return [{ key: 'object', action: `/m/${matter.code}/object`, hidden: keyed(), schema: {}, fields, ...contesting, ...again }, ...offered]
}

/** The matter by which it is contested already, in place of opening another. */
function standingLink(tx: Tx, { remedy }: Line, standing: Matter | undefined, language: Language): NonNullable<TrackProps['elsewhere']> {
  if (!standing || !remedy) return []
  const { states } = lineOf(tx.on, standing.line, standing.edition)
  const state = pick(states[standing.state]!.title, language) // a matter's state is one of its line's
  return [{ title: same(fill(language, pick(remedy.sought, language), { state })), href: `/m/${standing.code}` }]
}

/** The letter of the decision that a matter contests, for whoever may see that. */
async function contestedLink(tx: Tx, matter: Matter, language: Language): Promise<NonNullable<TrackProps['elsewhere']>> {
  const contested = await contestedDecision(tx, matter, language)
  return contested ? [{ title: same(say(language, 'letter.contested')), href: letterHref(contested.parent, contested.decision) }] : []
}

type Offered = { action: Line['actions'][string]; schema: ReturnType<typeof formFor> }

/** It waits for the reader, and this moves it on with nothing more asked. */
const isNext = (tx: Tx, line: Line, matter: Matter, { action, schema }: Offered): boolean =>
  isWaitedFor(tx, line, matter) && Boolean(action.to) && !action.confirm && Object.keys(schema.properties ?? {}).length === 0

/** The way to let somebody act, where the reader may. */
export function proxyLink(tx: Tx, line: Line, matter: Matter): NonNullable<TrackProps['elsewhere']> {
  const action = line.actions['appointProxy']
  const isOpen = action && !check(line, matter, 'appointProxy', { actor: tx.actor, now: tx.now, law: lawOf(tx, matter.region) })
  return isOpen ? [{ title: action.title, href: `/m/${matter.code}/proxy` }] : []
}

/** What the officer wrote on asking for papers, in the latest request. */
function askedIn(events: readonly Event[]): string | undefined {
  const explain = events.findLast(({ action }) => action === 'ask')?.input['explain']
  return typeof explain === 'string' && explain ? explain : undefined
}

/** How many officers see it, where they are named; told once, on the page of the matter another grew from. */
async function confinedIn(tx: Tx, matter: Matter): Promise<Pick<TrackProps, 'confinedTo'>> {
  const people = isOwn(tx, matter) && !(await isConfinedWithParent(tx, matter)) ? await confinedTo(tx, matter) : []
  return people.length ? { confinedTo: people.length } : {}
}

/** To whom it was opened though it was closed to them: told at once, since the text that said so sent the person here. */
const openedIn = async (tx: Tx, line: Line, matter: Matter, language: Language): Promise<NonNullable<TrackProps['opened']>> =>
  isOwn(tx, matter)
    ? (await openedUrgently(tx, matter)).map(({ relation, because, from, until }) => ({
        from,
        until,
        who: relationTitle(line, relation, language),
        why: urgencies[because],
      }))
    : []

function relatedTo(tx: Tx, { code, line: key, edition, state, data }: Matter, language: Language): TrackProps['related'][number] {
  const line = lineOf(tx.on, key, edition)
  const stands = pick(line.states[state]!.title, language) // a matter's state is one of its line's
  return { title: same(say(language, 'track.stands', { title: titleOf({ data }, line, language), state: stands })), href: `/m/${code}` }
}
