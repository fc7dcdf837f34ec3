import { sql } from 'kysely'
import { z } from 'zod'
import { keysIn } from '#kernel/keyed.ts'
import { route, type AnyRoute } from '#platform/http/route.ts'
import type { Tx } from '#platform/tx.ts'
import { namesOf } from '#records/people/names.ts'
import { approve, askUrgently, decline, end, urgencies, urgentAccesses, type UrgentAccess } from '#records/privacy/urgent-access.ts'
import { regionNames } from '#records/register/regions.ts'
import { relationTitle } from '../relation-title.ts'
import { At } from '../matter-schema.ts'

const kinds = keysIn(urgencies)
const standings = ['waiting', 'open', 'declined', 'over'] as const

const Access = z
  .object({
    region: z.string(),
    id: z.string(),
    regionName: z.string(),
    /** The matter's code, and where it is read while it is open to the reader. */
    code: z.string(),
    matter: z.object({ region: z.string(), id: z.string() }).nullable(),
    asker: z.string(),
    askerRole: z.string(),
    because: z.string(),
    reason: z.string().nullable(),
    askedAt: z.string(),
    decidedBy: z.string().nullable(),
    standing: z.enum(standings),
    until: z.string().nullable(),
    isMine: z.boolean(),
    mayDecide: z.boolean(),
  })
  .meta({ id: 'UrgentAccess' })

const Accesses = z.object({ accesses: z.array(Access), reasons: z.array(z.object({ key: z.enum(kinds), title: z.string() })) })

const standingOf = ({ isApproved, isOpen }: UrgentAccess): (typeof standings)[number] =>
  isOpen ? 'open' : isApproved === null ? 'waiting' : isApproved ? 'over' : 'declined'

async function listAccesses(tx: Tx): Promise<z.input<typeof Accesses>> {
  const rows = await urgentAccesses(tx)
  const reasons = kinds.map((key) => ({ key, title: urgencies[key].zh }))
  if (!rows.length) return { accesses: [], reasons }
  const names = await namesOf(
    tx,
    rows.flatMap(({ asker, decidedBy }) => [asker, ...(decidedBy ? [decidedBy] : [])]),
  )
  const places = await regionNames(
    tx,
    rows.map(({ region }) => region),
  )
  const codes = await codesOf(tx, rows)
  const accesses = rows.map((row) => ({
    region: row.region,
    id: row.id,
    regionName: places.get(row.region) ?? row.region,
    code: codes.get(row.matter) ?? '',
    matter: row.isOpen && row.asker === tx.actor.id ? { region: row.region, id: row.matter } : null,
    asker: names.get(row.asker) ?? '',
    askerRole: relationTitle(undefined, row.relation, 'zh'),
    because: urgencies[row.because].zh,
    reason: row.reason,
    askedAt: row.askedAt.toISOString(),
    decidedBy: row.decidedBy && (names.get(row.decidedBy) ?? ''),
    standing: standingOf(row),
    until: row.until?.toISOString() ?? null,
    isMine: row.asker === tx.actor.id,
    mayDecide: row.mayDecide,
  }))
  return { accesses, reasons }
}

/** The codes of matters that may be closed to the reader: a function of the owner looks. */
async function codesOf(tx: Tx, rows: readonly UrgentAccess[]): Promise<ReadonlyMap<string, string>> {
  const found = await sql<{
    matter: string
    code: string
  }>`select matter, code from sec.codes_asked(${rows.map(({ id }) => id)}::uuid[])`.execute(tx.db)
  return new Map(found.rows.map(({ matter, code }) => [matter, code]))
}

const decisions = { approve, decline, end }
const titles = {
  approve: 'Let the asker read the matter for the hours that are set',
  decline: 'Do not let them',
  end: 'End it before its time',
}

const decisionRoute = (key: keyof typeof decisions): AnyRoute =>
  route({
    method: 'POST',
    path: `/api/urgent/:region/:id/${key}`,
    id: `urgent.${key}`,
    summary: titles[key],
    params: At,
    returns: Accesses,
    async handler(tx, { params }) {
      await decisions[key](tx, params)
      return listAccesses(tx)
    },
  })

/** 紧急查阅: asking to read what is closed, and a second person's word on it. */
export const urgentRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/urgent',
    id: 'urgent.list',
    summary: 'What the reader asked for, and what they may decide on',
    returns: Accesses,
    handler: listAccesses,
  }),
  route({
    method: 'POST',
    path: '/api/urgent',
    id: 'urgent.ask',
    summary: 'Ask to read a matter that is closed to the asker, by its code and with a reason',
    body: z.strictObject({
      code: z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[0-9A-Z]{10}$/),
      because: z.enum(kinds),
      reason: z.string().trim().min(10).max(1000),
    }),
    returns: Accesses,
    async handler(tx, { body }) {
      await askUrgently(tx, body)
      return listAccesses(tx)
    },
  }),
  ...(['approve', 'decline', 'end'] as const).map(decisionRoute),
]
