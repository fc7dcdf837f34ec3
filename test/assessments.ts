import { sql } from 'kysely'
import { v7 } from 'uuid'
import type { Facts } from '#lines/legal-aid/means/facts.ts'
import { seal } from '#platform/keys/crypto.ts'
import { county, type World } from './world.ts'

/** Facts as they were weighed on a day, in a county. */
export type Weighed = { facts: Facts; region?: string; day?: string }

/** Plants a filed matter with its stored assessment for each; returns the assessments' ids in the same order. */
export async function plantAssessments(w: World, weighed: readonly Weighed[]): Promise<string[]> {
  const rows = weighed.map(({ facts, region = county, day = '2026-03-01' }) => {
    const [id, matter] = [v7(), v7()]
    const sealed = seal(w.on.keyring, JSON.stringify(facts), { table: 'assessment', column: 'facts', row: id, region })
    return { region, id, matter, at: `${day}T10:00:00+08:00`, facts: sealed }
  })
  await w.on.database.owner(async (db) => {
    const planted = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(region text, id uuid, matter uuid, at timestamptz, facts text)`
    await sql`insert into matter (region, id, line, office, edition, code, number, state, version, opened_at, filed_at, waits_for)
      select region, matter, 'legal-aid', matter, '2023-09-01', matter::text, '（2026）演法援民' || right(matter::text, 6) || '号', 'submitted', 1, at, at, 'desk' from ${planted}`.execute(
      db,
    )
    await sql`insert into assessment (region, id, matter, facts, result, proposal, made_by, at)
      select region, id, matter, facts, '', 'grant', 'nobody', at from ${planted}`.execute(db)
  })
  return rows.map(({ id }) => id)
}

const base: Facts = {
  route: 'application',
  person: { kind: 'citizen', birthDate: '1980-05-01' },
  filedBy: { relation: 'self' },
  matter: { code: 'M31-4', hasCounsel: false },
  noMeansTest: { situation: 'none' },
  exemption: { statuses: [] },
  household: { members: [] },
  verification: { method: 'undertaking', done: true },
  deadlines: { receivedOn: '2026-03-01' },
  hardshipStandard: { basis: 'minimumLivingAllowanceMultiple', multiple: 3, inclusive: true, area: 'applicantResidence' },
  allowanceFenPerMonth: 80_000,
}

/** Somebody living alone on so many fen a month, weighed by three times an allowance of 800 yuan. */
export const earning = (fen: number, change: Partial<Facts> = {}): Facts => ({ ...base, applicantOwnIncomeFenPerMonth: fen, ...change })
