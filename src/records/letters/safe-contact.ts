import { sql } from 'kysely'
import type { Matter } from '#kernel/matter.ts'
import { unseal } from '#platform/keys/crypto.ts'
import { isFor, principalIn } from '#engine/standing.ts'
import type { Tx } from '#platform/tx.ts'
import { isPrivate, traitsOf } from '#engine/traits.ts'
import { answersOf, plainAnswers } from '#records/people/answers.ts'

/** What a person said of texts, as the journeys' `contact` question keeps it. */
type Contact = { safe?: string; phone?: string }
type Word = { mayText: boolean; phone: string | undefined; at: Date; isPrivate: boolean }

/** The number a text about this matter may go to now; null where the person's word forbids it, or none is known. A word said after filing counts, and so does a no said in another of their matters. */
export async function safePhone(tx: Tx, matter: Matter, account: string): Promise<string | null> {
  const row = await tx.db.selectFrom('account').select('phone').where('id', '=', account).executeTakeFirst()
  if (!row?.phone) return null
  const phone = unseal(tx.on.keyring, row.phone, { table: 'account', column: 'phone', row: account, region: '' })
  return account !== principalIn(tx, matter) || (await mayText(tx, matter, phone)) ? phone : null
}

/** Whether the person allowed texts about this matter, to whatever number. */
export async function wantsTexts(tx: Tx, matter: Matter): Promise<boolean> {
  const here = await wordIn(tx, matter)
  return here ? here.mayText : allowedAtFiling(tx, matter)
}

const allowedAtFiling = (tx: Tx, matter: Matter): boolean => traitsOf(tx.on, matter).mayText?.(matter.data) ?? false

/** Texts were allowed here, to this number, and nowhere was a later or a private no. */
async function mayText(tx: Tx, matter: Matter, phone: string): Promise<boolean> {
  const here = await wordIn(tx, matter)
  const allowed = here ? here.mayText && (!here.phone || here.phone === phone) : allowedAtFiling(tx, matter)
  if (!allowed) return false
  const others = await wordsElsewhere(tx, matter)
  return !others.some((word) => !word.mayText && (word.isPrivate || !here || word.at > here.at))
}

async function wordIn(tx: Tx, matter: Pick<Matter, 'region' | 'id' | 'line' | 'edition' | 'data'>): Promise<Word | undefined> {
  const answers = await answersOf(tx, matter)
  const told = answers.get('contact')
  if (!told) return undefined
  const { contact: { safe = 'none', phone } = {} }: { contact?: Contact } = plainAnswers(answers)
  return { mayText: texts.has(safe), phone, at: told.source.at, isPrivate: isPrivate(tx.on, matter) }
}

const texts: ReadonlySet<string> = new Set(['both', 'smsOnly'])

/** What the same person said in their other matters that still stand. */
async function wordsElsewhere(tx: Tx, matter: Matter): Promise<Word[]> {
  const person = principalIn(tx, matter)
  if (!person) return []
  const { rows } = await sql<
    Pick<Matter, 'region' | 'id' | 'line' | 'edition' | 'data'>
  >`/*contact*/ select m.region, m.id, m.line, m.edition, m.data from matter m
    where ${isFor(person)} and m.id <> ${matter.id} and m.erased_at is null
      and exists (select from answer a where a.region = m.region and a.matter = m.id and a.question = 'contact') limit 50`.execute(tx.db)
  const words = await Promise.all(rows.map((row) => wordIn(tx, row)))
  return words.filter((word) => word !== undefined)
}
