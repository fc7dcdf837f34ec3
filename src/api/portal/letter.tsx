import { dayOf } from '#kernel/calendar/calendar.ts'
import type { Line } from '#kernel/line.ts'
import type { Clock, Event, Matter } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import { clocksOf } from '#engine/matter-rows.ts'
import { eventsTold } from '#engine/words.ts'
import { pick, type Language } from '#platform/messages/messages.ts'
import { lineOf, newest } from '#platform/platform.ts'
import type { Page, PageReply, Visit } from '#platform/http/route.ts'
import { isPrivate } from '#engine/traits.ts'
import type { Tx } from '#platform/tx.ts'
import { LetterPage, type LetterProps } from '#portal/letter.tsx'
import { renderPage } from '#portal/frame/render.ts'
import { officeAt } from '#records/register/offices.ts'
import { isUseStopped } from '#records/privacy/erasure.ts'
import { listParties } from '#records/people/people.ts'
import { reveal } from '#records/privacy/reveal.ts'
import { decisionAt, type Decision } from '#api/matter/decision.ts'
import { titleOf } from '#api/titles.ts'
import { dueOf } from './due.ts'
import { matterByCode, pageOf } from './visiting.ts'
import { isOwn } from '#engine/standing.ts'

/** The letter of each decision, to read and print; for whoever may follow the matter. */
export const letterPages: readonly Page[] = [{ method: 'GET', path: '/m/:code/decision/:seq', id: 'portal.letter', handler: showLetter }]

/** Where the letter of a decision is read. */
export const letterHref = ({ code }: Pick<Matter, 'code'>, { event }: Pick<Decision, 'event'>): string => `/m/${code}/decision/${event.seq}`

async function showLetter(tx: Tx, visit: Visit): Promise<PageReply> {
  const { code = '', seq = '' } = visit.params
  const matter = await matterByCode(tx, code)
  const line = lineOf(tx.on, matter.line, matter.edition)
  const events = await eventsTold(tx, matter, visit.language)
  const decision = (await decisionAt(tx, line, events, Number(seq))) ?? refuse('not_found')
  const props = await letterProps(tx, { matter, line, events, decision }, visit.language)
  return { html: renderPage(<LetterPage page={pageOf(visit, isPrivate(tx.on, matter))} {...props} />) }
}

type Decided = { matter: Matter; line: Line; events: readonly Event[]; decision: Decision }

async function letterProps(tx: Tx, its: Decided, language: Language): Promise<Omit<LetterProps, 'page'>> {
  const { matter, line, decision } = its
  const { event, title, words, ground, reasons, cites, pointsOut } = decision
  const { desk } = line
  return {
    office: (await officeAt(tx, matter.region, desk))?.name ?? pick(desk.role, language),
    ...(matter.number && { number: matter.number }),
    ...(await recipientOf(tx, matter)),
    code: matter.code,
    asked: titleOf(matter, line, language),
    title,
    words,
    ...(ground && { ground }),
    ...(reasons && { reasons }),
    cites,
    ...(pointsOut && { pointsOut }),
    ...(await contestOf(tx, its)),
    decidedOn: dayOf(event.at),
    isReplaced: nextDecision(its) !== undefined,
    steps: stepsOf(decision, language),
    backHref: `/m/${matter.code}`,
  }
}

/** Whom the letter is for: in full to whoever applied, which is written down like every such look; masked to whoever acts for them. */
async function recipientOf(tx: Tx, matter: Matter): Promise<Pick<LetterProps, 'to'>> {
  const recipient = (await listParties(tx, matter)).find(({ role }) => role === 'recipient')
  if (!recipient?.name) return {}
  const { person, name } = recipient
  const isReader = isOwn(tx, matter) && !(await isUseStopped(tx, matter))
  return { to: isReader ? await reveal(tx, matter, { person, field: 'name', reason: '看自己的决定书' }) : name }
}

const nextDecision = ({ line, events, decision }: Decided): Event | undefined =>
  events.find(({ seq, action }) => seq > decision.event.seq && line.actions[action]?.decides)

/** How, until when and where to contest it: as the paper said it, whatever came of the matter since. */
async function contestOf(tx: Tx, its: Decided): Promise<Pick<LetterProps, 'contest'>> {
  const { matter, line, decision } = its
  if (!decision.remedy) return {}
  const running = rightsFrom(its, await clocksOf(tx, matter))
  const office = await bureauFor(tx, its)
  return {
    contest: {
      ...decision.remedy,
      limits: running.map((clock) => {
        const { title, dueAt, isProvisional = false, caveat } = dueOf(line, clock)
        return { title, lastDay: dayOf(new Date(dueAt.getTime() - 1)), isProvisional, ...(caveat && { caveat }) }
      }),
      isUnserved: running.length === 0 && Object.values(line.limits).some(isRight),
      ...(office && { office }),
    },
  }
}

const isRight = (limit: Line['limits'][string] | undefined): boolean => limit?.kind === 'right' && limit.of === 'applicant'

/** The applicant's rights that ran from this decision or its service, each as it was last counted, the first to end first. */
function rightsFrom(its: Decided, clocks: readonly Clock[]): Clock[] {
  const [from, before] = [its.decision.event.seq, nextDecision(its)?.seq ?? Infinity]
  const rights = clocks.filter(
    ({ limit, startedBy, dueAt }) => dueAt && isRight(its.line.limits[limit]) && startedBy >= from && startedBy < before,
  )
  const each = [...new Map(rights.map((clock) => [`${clock.limit} ${clock.party}`, clock])).values()]
  return each.toSorted((a, b) => Number(a.dueAt) - Number(b.dueAt))
}

/** The office that hears the line's own remedy. */
async function bureauFor(tx: Tx, { matter, line, decision }: Decided): Promise<NonNullable<LetterProps['contest']>['office']> {
  const isOwn = line.actions[decision.event.action]?.decides?.remedy === 'object'
  const hearing = isOwn && line.remedy ? newest(tx.on, line.remedy.line) : undefined
  const found = hearing && (await officeAt(tx, matter.region, hearing.desk))
  return found && { name: found.name, ...(found.address && { address: found.address }), ...(found.phone && { phone: found.phone }) }
}

/** What the decision rests on, step by step. */
const stepsOf = ({ basis }: Decision, language: Language): LetterProps['steps'] =>
  (basis?.steps(language) ?? []).map(({ title, outcomeTitle, input, threshold, explain, cite }) => ({
    title,
    outcome: outcomeTitle,
    explain,
    ...(input !== '—' && { seen: input }),
    ...(threshold && { standard: threshold }),
    cite,
  }))
