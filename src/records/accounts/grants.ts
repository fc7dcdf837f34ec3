import { v7 } from 'uuid'
import { branchesOf, branchOf, holdsOver, isAdministrator, type Grant } from '#kernel/actor.ts'
import { no, Refusal } from '#kernel/refusal.ts'
import type { MessageKey } from '#platform/messages/messages.ts'
import type { Tx } from '#platform/tx.ts'

/** Grants from now on, at somebody's asking. Runs as the system. */
export async function addGrants(
  tx: Tx,
  account: string,
  grants: readonly Grant[],
  { grantedBy }: Asking = { grantedBy: tx.actor.id },
): Promise<void> {
  if (!grants.length) return
  const rows = grants.map(({ lines, ...grant }) => ({
    id: v7(),
    account,
    ...grant,
    lines: lines && [...lines],
    branch: branchOf(grant.duty),
    valid_from: tx.now,
    granted_by: grantedBy,
  }))
  await tx.db.insertInto('duty_grant').values(rows).execute()
}

type Asking = { grantedBy: string }

/** What somebody is granted becomes this: what is no longer among it ends now, what is new begins now. Runs as the system. */
export async function replaceGrants(
  tx: Tx,
  account: string,
  grants: readonly Grant[],
  by: Asking = { grantedBy: tx.actor.id },
): Promise<void> {
  const held = await grantsHeld(tx, account)
  const wanted = new Set(grants.map(grantText))
  const ended = held.filter((grant) => !wanted.has(grantText(grant))).map(({ id }) => id)
  if (ended.length) await tx.db.updateTable('duty_grant').set({ valid_to: tx.now }).where('id', 'in', ended).execute()
  const kept = new Set(held.map(grantText))
  await addGrants(
    tx,
    account,
    grants.filter((grant) => !kept.has(grantText(grant))),
    by,
  )
}

const grantsHeld = (tx: Tx, account: string): Promise<(Grant & { id: string })[]> =>
  tx.db
    .selectFrom('duty_grant')
    .select(['id', 'duty', 'region', 'office', 'lines'])
    .where('account', '=', account)
    .where((e) => e.or([e('valid_to', 'is', null), e('valid_to', '>', tx.now)]))
    .execute()

/** Whether somebody holds just these. */
export const holdsJust = async (tx: Tx, account: string, grants: readonly Grant[]): Promise<boolean> =>
  isSame(await grantsHeld(tx, account), grants)

/** Whether these are the same grants, in whatever order. */
export const isSame = (some: readonly Grant[], others: readonly Grant[]): boolean => textOf(some) === textOf(others)

/** Whether nothing is among the first that is not among the second. */
export const isWithin = (some: readonly Grant[], others: readonly Grant[]): boolean => {
  const held = new Set(others.map(grantText))
  return some.every((grant) => held.has(grantText(grant)))
}

const grantText = ({ duty, region, office, lines }: Grant): string => [duty, region, office ?? '', ...(lines ?? ['*']).toSorted()].join(' ')
const textOf = (grants: readonly Grant[]): string => grants.map(grantText).toSorted().join('\n')

/** Refuses a grant that reaches beyond the administrator's own region, is at no office of the register, or names no service; an administrator's at an office or for some services; and duties of more than one of the three. */
export async function checkGrants(tx: Tx, grants: readonly Grant[]): Promise<void> {
  for (const [n, grant] of grants.entries()) {
    const flaw = flawOf(tx, grant) ?? (await isAtNoOffice(tx, grant))
    if (flaw) throw wrong(`grants.${n}.${flaw.field}`, flaw.message)
  }
  if (branchesOf({ grants }).length > 1) throw wrong('grants', 'account.oneOfThree')
  if (grants.some((grant) => grant.duty === 'administrator' && !isWhole(grant))) throw wrong('grants', 'account.administratorWhole')
}

type Flaw = { field: keyof Grant; message: MessageKey }

function flawOf(tx: Tx, { region, lines }: Grant): Flaw | null {
  if (isAdministrator(tx.actor) && !holdsOver(tx.actor, region, 'administrator')) return { field: 'region', message: 'account.outside' }
  return lines?.every((line) => tx.on.lines.has(line)) === false ? { field: 'lines', message: 'answer.choose' } : null
}

async function isAtNoOffice(tx: Tx, { region, office }: Grant): Promise<Flaw | null> {
  if (office === null) return region.length > 6 ? { field: 'office', message: 'answer.choose' } : null
  const found = await tx.db.selectFrom('office').select('id').where('region', '=', region).where('id', '=', office).executeTakeFirst()
  return found ? null : { field: 'office', message: 'answer.choose' }
}

const isWhole = ({ office, lines }: Grant): boolean => office === null && lines === null

const wrong = (path: string, message: MessageKey) => new Refusal(no('invalid', { issues: [{ path, code: 'invalid_value', message }] }))
