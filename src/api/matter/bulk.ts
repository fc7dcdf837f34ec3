import { z } from 'zod'
import { check } from '#kernel/decide.ts'
import { citeText } from '#kernel/cite.ts'
import { stateTitle } from '#kernel/face.ts'
import type { Line } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { no, Refusal, refuse, type Issue, type No } from '#kernel/refusal.ts'
import { matterOf } from '#engine/matter-rows.ts'
import { pick, refusalText, say } from '#platform/messages/messages.ts'
import { lineOf } from '#platform/platform.ts'
import { route } from '#platform/http/route.ts'
import { sayIssue } from '#platform/http/say-refusal.ts'
import { lawOf, type Tx } from '#platform/tx.ts'
import { whyNot } from './actions-view.ts'
import { askedBy, formSchema } from '#api/form-schema.ts'
import { foresee } from './matters.ts'
import { At } from './matter-schema.ts'
import { panelServing } from './panels.ts'
import { titleOf } from '#api/titles.ts'

/** As many as a page of the queue holds. */
const most = 100

const Asked = z.strictObject({
  matters: z.array(At.strict()).min(1).max(most),
  /** Without one: what may be taken at all. */
  action: z.strictObject({ line: z.string().max(40), key: z.string().max(40) }).optional(),
  /** Without one: who may take it, whatever the form will say. */
  input: z.record(z.string(), z.unknown()).optional(),
})
type Asked = z.output<typeof Asked>

const BulkAction = z
  .object({
    line: z.string(),
    lineTitle: z.string(),
    key: z.string(),
    title: z.string(),
    allowed: z.int(),
    article: z.string().nullable(),
    confirm: z.string().nullable(),
    /** The panel its form chooses from, by key. */
    panel: z.string().nullable(),
    schema: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'BulkAction' })

const BulkRow = z
  .object({
    region: z.string(),
    id: z.string(),
    version: z.int(),
    number: z.string().nullable(),
    title: z.string(),
    path: z.string(),
    allowed: z.boolean(),
    why: z.string().nullable(),
    /** The state it would then stand in; null where it stays, or where the form decides. */
    will: z.string().nullable(),
  })
  .meta({ id: 'BulkRow' })

type Held = { matter: Matter; line: Line }

/** The matters that exist for this reader, in the order asked. */
async function heldOf(tx: Tx, { matters }: Asked): Promise<Held[]> {
  const found: Held[] = []
  for (const at of matters) {
    const matter = await matterOf(tx, at)
    if (matter) found.push({ matter, line: lineOf(tx.on, matter.line, matter.edition) })
  }
  return found
}

const judged = (tx: Tx, { matter, line }: Held, key: string): No | null =>
  check(line, matter, key, { actor: tx.actor, now: tx.now, law: lawOf(tx, matter.region) })

/** The bulk actions that at least one of the matters is open to, those open to most first. */
function actionsFor(tx: Tx, held: readonly Held[]): z.input<typeof BulkAction>[] {
  const lines = [...new Map(held.map(({ line }) => [line.key, line])).values()]
  const offered = lines.flatMap((line) =>
    Object.entries(line.actions).flatMap(([key, action]) => {
      if (!action.bulk) return []
      const allowed = held.filter((one) => one.line.key === line.key && judged(tx, one, key) === null).length
      return allowed ? [viewOf(line, key, allowed)] : []
    }),
  )
  return offered.toSorted((a, b) => b.allowed - a.allowed)
}

function viewOf(line: Line, key: string, allowed: number): z.input<typeof BulkAction> {
  const action = line.actions[key]! // a key of the line
  return {
    line: line.key,
    lineTitle: pick(line.title, 'zh'),
    key,
    title: pick(action.title, 'zh'),
    allowed,
    article: action.cite ? citeText(action.cite) : null,
    confirm: action.confirm ? pick(action.confirm, 'zh') : null,
    panel: panelServing(line.key, key)?.key ?? null,
    schema: formSchema(askedBy(action), 'zh'),
  }
}

type Wanted = NonNullable<Asked['action']>

/** One matter's row: what would become of it, or why not. What is wrong with the form itself is refused for all. */
async function rowOf(tx: Tx, held: Held, wanted: Wanted, input: Asked['input']): Promise<z.input<typeof BulkRow>> {
  const { matter, line } = held
  const refusal = await refusalOf(tx, held, wanted, input)
  const to = 'to' in refusal && refusal.to !== matter.state ? refusal.to : null
  return {
    region: matter.region,
    id: matter.id,
    version: matter.version,
    number: matter.number,
    title: titleOf(matter, line, 'zh'),
    path: `/api/${line.key}/${matter.region}/${matter.id}/${wanted.key}`,
    allowed: !('why' in refusal),
    why: 'why' in refusal ? refusal.why : null,
    will: to ? pick(stateTitle(line, to, 'desk'), 'zh') : null,
  }
}

async function refusalOf(
  tx: Tx,
  held: Held,
  { line, key }: Wanted,
  input: Asked['input'],
): Promise<{ why: string } | { to: string | null }> {
  if (held.line.key !== line) return { why: say('zh', 'bulk.otherLine', { line: pick(held.line.title, 'zh') }) }
  const refusal = judged(tx, held, key)
  if (refusal) return { why: refusal.code === 'wrong_state' ? stateOf(held) : whyNot(held.line, refusal, 'zh', 'desk') }
  if (!input) return { to: plainTarget(held.line, key) }
  try {
    return { to: (await foresee(tx, held.matter, key, input)).to }
  } catch (error) {
    const fault = error instanceof Refusal && dayFaultOf(error)
    if (fault) return { why: sayIssue(fault, 'zh') }
    if (!(error instanceof Refusal) || error.code === 'invalid') throw error
    return { why: refusalText(error, 'zh', 'desk') }
  }
}

/** A day that is wrong against a matter's own days is wrong for that one alone. */
const dayFaultOf = ({ detail }: No): Issue | undefined => detail.issues?.find(({ day }) => day)

const stateOf = ({ matter, line }: Held): string =>
  say('zh', 'bulk.otherState', { state: pick(stateTitle(line, matter.state, 'desk'), 'zh') })

function plainTarget(line: Line, key: string): string | null {
  const to = line.actions[key]?.to
  return typeof to === 'string' ? to : null
}

/** What one action would do to each of many matters, by the same predicates that guard it; nothing is done. Each is then taken through its own route. */
export const bulkRoute = route({
  method: 'POST',
  path: '/api/bulk/preview',
  id: 'bulk.preview',
  summary: 'What one action would do to many matters',
  body: Asked,
  returns: z.object({ actions: z.array(BulkAction), rows: z.array(BulkRow) }),
  async handler(tx, { body }) {
    const held = await heldOf(tx, body)
    const { action: wanted, input } = body
    if (wanted && !tx.on.lines.get(wanted.line)?.some(({ actions }) => actions[wanted.key]?.bulk)) throw new Refusal(no('not_found'))
    if (held.length === 0) refuse('not_found')
    const rows: z.input<typeof BulkRow>[] = []
    if (wanted) for (const one of held) rows.push(await rowOf(tx, one, wanted, input))
    return { actions: actionsFor(tx, held), rows }
  },
})
