import { sql } from 'kysely'
import { z } from 'zod'
import type { Tx } from '#platform/tx.ts'

/** How the workbench looks and answers to keys, for one person. */
export const Preferences = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['roomy', 'compact']),
  textSize: z.enum(['usual', 'large', 'largest']),
  keys: z.enum(['on', 'off']),
})
export type Preferences = z.output<typeof Preferences>

const usual: Preferences = { theme: 'system', density: 'roomy', textSize: 'usual', keys: 'on' }

/** What a person chose, and the usual for the rest; a choice that is no longer offered counts as none. Runs as the system. */
export async function preferencesOf(tx: Tx, account: string): Promise<Preferences> {
  const { preferences } = await tx.db.selectFrom('account').select('preferences').where('id', '=', account).executeTakeFirstOrThrow()
  const chosen = Object.entries(Preferences.shape).map(([key, schema]) => [key, schema.safeParse(preferences[key]).data])
  return { ...usual, ...Object.fromEntries(chosen.filter(([, value]) => value !== undefined)) }
}

/** Keeps some choices and leaves the others. Runs as the system. */
export const prefer = async (tx: Tx, account: string, chosen: { [K in keyof Preferences]?: Preferences[K] | undefined }): Promise<void> =>
  void (await sql`update account set preferences = preferences || ${JSON.stringify(chosen)}::jsonb where id = ${account}`.execute(tx.db))
