import { factsIn, type Known } from '#kernel/journey/carried.ts'
import type { Matter } from '#kernel/matter.ts'
import type { Tx } from '#platform/tx.ts'
import { answersByHolder, plainAnswers } from '../people/answers.ts'
import { askedIn } from './carried.ts'

/** What one person told in a matter, of these facts: nobody else's word is among it. Runs as the system. */
export async function factsTold(tx: Tx, matter: Matter, { holder, keys }: { holder: string; keys: readonly string[] }): Promise<Known> {
  const said = (await answersByHolder(tx, matter)).get(holder)
  const known = said ? factsIn(askedIn(tx.on, matter), plainAnswers(said)) : new Map()
  return new Map([...known].filter(([fact]) => keys.includes(fact)))
}
