import { sql } from 'kysely'
import type { MatterId } from '#kernel/matter.ts'
import type { AidCase, Candidate } from '../assignment/aid-case.ts'
import type { Tx } from '#platform/tx.ts'
import type { Practitioner } from '#records/register/practitioners.ts'

/** Stands for an opponent, or a fellow suspect, whom the office knows of but whom no row names. */
export const [otherSide, otherSuspect] = ['other side', 'other suspect']

/** What the office noted of a provider in one matter, as the fact the rules look for (RULEBOOK §3.9). C9 concerns officers, not providers. */
const factsNoted: Readonly<Record<string, (aidCase: AidCase) => Partial<Candidate>>> = {
  C1: ({ dispute }) => ({ engagements: [{ dispute, client: otherSide, as: 'advice' }] }),
  C2: ({ dispute }) => ({ interestsIn: [dispute] }),
  C3: ({ dispute }) => ({ firmEngagements: [{ dispute, client: otherSide }] }),
  C4: ({ dispute }) => ({ engagements: [{ dispute, client: otherSuspect, as: 'defence' }] }),
  C5: ({ recipient }) => ({ dutyHelped: [recipient, otherSuspect] }),
  C6: ({ on }) => ({ leftJudiciaryOn: on }),
  C7: () => ({ isOnStandingCommittee: true }),
  C8: ({ on }) => ({ licence: { as: 'lawyer', status: 'suspended', from: on } }),
  C10: ({ dispute }) => ({ reportedUnable: [dispute] }),
}

type Noted = { practitioner: string; code: string }

/**
 * What is known against each practitioner in this matter: facts the office noted, reports of their own, and service to the other side in the
 * same dispute, whose colleagues are then held for the firm's check. Returns the facts to add to a practitioner's register entry.
 */
export async function conflictsIn(
  tx: Tx,
  at: MatterId,
  aidCase: AidCase,
  rows: readonly Practitioner[],
  accounts: ReadonlyMap<string, string>,
): Promise<(row: Practitioner) => Partial<Candidate>> {
  const [noted, unable, served] = [await factsOf(tx, at), await reportedBy(tx, at), await servedOtherSide(tx, at)]
  const serves = (row: Practitioner) =>
    served.has(accounts.get(row.id) ?? '') || noted.some(({ practitioner, code }) => practitioner === row.id && code === 'C1')
  const offices = new Set(rows.filter(serves).map(({ office }) => office))
  return (row) => {
    const codes = noted.filter(({ practitioner }) => practitioner === row.id).map(({ code }) => code)
    const found = new Set([
      ...codes,
      ...(serves(row) ? ['C1'] : offices.has(row.office) ? ['C3'] : []),
      ...(unable.has(accounts.get(row.id) ?? '') ? ['C10'] : []),
    ])
    return merged(Array.from(found, (code) => factsNoted[code]?.(aidCase) ?? {}))
  }
}

/** A practitioner may meet C1 and C4 at once: lists are joined, not replaced. */
function merged(facts: readonly Partial<Candidate>[]): Partial<Candidate> {
  const engagements = facts.flatMap((fact) => fact.engagements ?? [])
  return { ...Object.assign({}, ...facts), ...(engagements.length > 0 && { engagements }) }
}

const factsOf = (tx: Tx, at: MatterId): Promise<Noted[]> =>
  tx.db.selectFrom('conflict_fact').select(['practitioner', 'code']).where('region', '=', at.region).where('matter', '=', at.id).execute()

/** Accounts of those who reported an interest or an inability in this very matter (律师法 art. 39): they are not sent again. */
async function reportedBy(tx: Tx, at: MatterId): Promise<ReadonlySet<string>> {
  const rows = await tx.db
    .selectFrom('event')
    .select('actor')
    .where('region', '=', at.region)
    .where('id', '=', at.id)
    .where('action', '=', 'reportConflict')
    .execute()
  return new Set(rows.map(({ actor }) => actor))
}

/**
 * Accounts that were ever assigned to the other side of this dispute: a matter in the province whose recipient is our opponent and whose
 * opponent is our recipient, both found by blind index. Where neither number is known, only what the office notes can tell.
 */
async function servedOtherSide(tx: Tx, at: MatterId): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{
    provider: string
  }>`/*mirror*/ select provider from sec.served_other_side(${at.region}, ${at.id}::uuid)`.execute(tx.db)
  return new Set(rows.map(({ provider }) => provider))
}
