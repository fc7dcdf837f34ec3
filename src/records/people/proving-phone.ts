import type { MatterId } from '#kernel/matter.ts'
import { refuse } from '#kernel/refusal.ts'
import { holderOfParty } from '#kernel/seat.ts'
import { lockMatter } from '#engine/matter-rows.ts'
import { worksOn } from '#engine/standing.ts'
import { audit } from '#platform/keys/audit.ts'
import { sendProof, takeCode } from '#platform/doors/sign-in.ts'
import { asSystem, type Tx } from '#platform/tx.ts'
import { isUseStopped } from '../privacy/erasure.ts'
import { answersOf, plainAnswers } from './answers.ts'
import { markProved, openField, partyRows } from './people.ts'

/** A person of a matter who came without an account. */
type Whose = MatterId & { person: string }

const texts: ReadonlySet<string> = new Set(['both', 'smsOnly'])

/**
 * Sends a code to the telephone that somebody gave, which they read back: so whoever writes there knows that it is theirs. Only where they said, to that number,
 * that texts are safe; refuses everything else with `not_applicable`. False where one was sent within a minute.
 */
export async function askProof(tx: Tx, whose: Whose): Promise<boolean> {
  const phone = await provable(tx, whose)
  return asSystem(tx, (own) => sendProof(own, phone, laneOf(whose)))
}

/** Notes that the code was read back; refuses `invalid` for a wrong one, of which five void it. */
export async function takeProof(tx: Tx, whose: Whose, code: string): Promise<boolean> {
  const phone = await provable(tx, whose)
  const isRight = await asSystem(tx, (own) => takeCode(own, { phone, code, device: laneOf(whose) }))
  if (!isRight) return false
  await markProved(tx, { region: whose.region, id: whose.person }, tx.actor.id, tx.now)
  await audit(tx, 'phoneProved', { region: whose.region, matter: whose.id, detail: { person: whose.person } })
  return true
}

const laneOf = ({ id, person }: Whose): string => `proof ${id} ${person}`

async function provable(tx: Tx, { region, id, person }: Whose): Promise<string> {
  const matter = (await lockMatter(tx, { region, id })) ?? refuse('not_found')
  if (!worksOn(tx, matter)) refuse('not_permitted', { action: 'provePhone' })
  if (await isUseStopped(tx, matter)) refuse('use_stopped')
  const holder = holderOfParty(matter, person)
  const row = (await partyRows(tx, [matter])).find((one) => one.id === person) ?? refuse('not_found')
  const phone = openField(tx, row, 'phone')
  const { contact }: { contact?: { safe?: string; phone?: string } } = plainAnswers(await answersOf(tx, matter, holder?.id ?? null))
  const isTheirWord = contact?.safe !== undefined && texts.has(contact.safe) && contact.phone === phone
  return phone && holder && holder.account === null && isTheirWord ? phone : refuse('not_applicable')
}
