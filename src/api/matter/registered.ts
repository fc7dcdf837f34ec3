import type { Line } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { pick, type Language } from '#platform/messages/messages.ts'
import type { Tx } from '#platform/tx.ts'
import { practitionerTitle } from '#registry/kinds/practitioners.ts'
import { accountsOf, listPractitioners } from '#records/register/practitioners.ts'
import { kindsAskedIn, type Registered } from './holders.ts'

/** Those on the register of a matter's county whom a form of its line may name, for the officers who fill it in; nobody where no form asks. */
export async function registeredFor(tx: Tx, line: Line, { region }: Matter, language: Language): Promise<Registered[]> {
  const kinds = kindsAskedIn(line)
  if (!kinds.length || tx.actor.kind !== 'staff') return []
  const rows = (await listPractitioners(tx, region)).filter(({ kind }) => kinds.includes(kind))
  const accounts = await accountsOf(
    tx,
    rows.map(({ id }) => id),
  )
  return rows.flatMap(({ id, kind, name }) => {
    const account = accounts.get(id)
    return account ? [{ account, kind, title: `${name} · ${pick(practitionerTitle(kind), language)}` }] : []
  })
}
