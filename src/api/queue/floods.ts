import { sql } from 'kysely'
import { z } from 'zod'
import { route } from '#platform/http/route.ts'
import type { Tx } from '#platform/tx.ts'

/** Which of these matters came in a flood, as far as the reader sees them. */
export async function floodedAmong(tx: Tx, at: readonly { region: string; id: string }[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{
    matter: string
  }>`/*queue.floods*/ select f.matter from unnest(${at.map(({ region }) => region)}::text[], ${at.map(({ id }) => id)}::uuid[]) x (region, id)
    join filing_source f on f.region = x.region and f.matter = x.id and f.is_flood`.execute(tx.db)
  return new Set(rows.map(({ matter }) => matter))
}

const hourMs = 3_600_000

/** Whether a flood runs where the reader works or manages accounts: how much came from one network within the hour, and to how many counties. */
export const floodRoute = route({
  method: 'GET',
  path: '/api/floods',
  id: 'flood.read',
  summary: 'The largest flood of filings within the hour, if there is one',
  returns: z.object({ flood: z.object({ filings: z.int(), counties: z.int() }).nullable() }),
  async handler(tx) {
    const { rows } = await sql<{ filings: number; counties: number }>`/*floods*/ select filings, counties
      from sec.flood_since(${new Date(tx.now.getTime() - hourMs)})`.execute(tx.db)
    return { flood: rows[0] ?? null }
  },
})
