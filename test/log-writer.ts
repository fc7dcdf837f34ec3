import { sql } from 'kysely'
import type { Db } from '#platform/database/database.ts'

/** A log written over the head of the engine, as fast as a database takes it: what is counted of it is shown the same. */

/** A step to be written. */
export type Step = { region: string; id: string; seq: number; action: string; from: string; to: string; at: Date }

const office = '0190a000-0000-7000-a000-000000630102'
const matterOf = (n: number) => ({
  region: String(630_102 + (n % 4)),
  id: `0190a000-0000-7000-8000-${String(100_000_000_000 + n)}`,
})

/** Puts `count` matters into four counties, each opened by the zeroth event of its log, and says what is to come of them. */
export async function plantMatters(db: Db, count: number): Promise<void> {
  const matters = JSON.stringify(Array.from({ length: count }, (_, n) => ({ ...matterOf(n), code: `W${n}` })))
  await sql`insert into matter (region, id, line, office, edition, code, state, version, opened_at, waits_for, is_open)
    select region, id, 'legal-aid', ${office}::uuid, '2023-09-01', code, 'first', 0, '2026-03-02T00:00Z', 'desk', true
    from jsonb_to_recordset(${matters}::jsonb) x(region text, id uuid, code text)`.execute(db)
  await sql`insert into event (region, id, seq, action, actor, at, "from", "to", input)
    select region, id, 0, 'open', 'writer', '2026-03-02T00:00Z', '', 'first', jsonb_build_object('line', line, 'office', office) from matter where code like 'W%'`.execute(
    db,
  )
  await sql`insert into uncollected (kind, region, id, seq) select 'event', region, id, 0 from matter where code like 'W%'`.execute(db)
}

/** One pen of several: it writes steps of its own matters, so that no two write the same, each matter's from the step `first`. */
export function pen(nth: number, pens: number, matters: number, first = 1): () => Step {
  const seqs = new Map<number, number>()
  let count = 0
  return () => {
    const n = (nth + pens * count) % matters
    const seq = (seqs.get(n) ?? first - 1) + 1
    seqs.set(n, seq)
    count++
    const day = new Date(Date.UTC(2026, 2, 2 + (count % 20)))
    return { ...matterOf(n), seq, action: `act${count % 7}`, from: stateOf(seq - 1), to: stateOf(seq), at: day }
  }
}

const stateOf = (seq: number) => (seq === 0 ? 'first' : `state${seq % 5}`)

/** A step and its note, as one statement with eight parameters. */
export const stepText = `with e as (insert into event (region, id, seq, action, actor, at, "from", "to", input) values ($1, $2, $3, $4, 'writer', $5, $6, $7, '{}'))
  insert into uncollected (kind, region, id, seq) values ('event', $1, $2, $3)`

/** What `stepText` is sent with. */
export const valuesOf = ({ region, id, seq, action, at, from, to }: Step): unknown[] => [region, id, seq, action, at, from, to]
