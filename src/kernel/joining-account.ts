import type { Event, Matter } from './matter.ts'
import type { Holder, Seats } from './seat.ts'

/** The engine's own action, of every line and in every state: somebody without a name proved the phone of an account, and the matter is now under that. */
export const joinAccount = 'joinAccount'

/** The accounts a matter left and came to. */
export type AccountJoined = { from: string; applicant: string }

/** How the desk and the person name it. */
export const accountJoined = {
  title: { zh: '归到申请人登录的账号下', en: 'Joined to the account the applicant signed in to' },
  told: { zh: '您登录了，这件事归到您名下。', en: 'You signed in, and this matter is now under your account.' },
}

/** The fact that whoever sat at the table under one account sits there under another account of theirs. */
export const joiningAccount = (
  matter: Matter,
  { from, to }: { from: string; to: string },
  its: { actor: { id: string }; now: Date },
): Event => ({
  region: matter.region,
  id: matter.id,
  seq: matter.version + 1,
  action: joinAccount,
  actor: its.actor.id,
  at: its.now,
  from: matter.state,
  to: matter.state,
  input: { from, applicant: to } satisfies AccountJoined,
})

/** What such an event changes; nothing for any other. */
export function seatsAfterJoining({ action, input }: Event, seats: Seats): Seats {
  if (action !== joinAccount) return seats
  const { from, applicant: to } = input as AccountJoined // written by `joiningAccount` alone
  const moved = (holder: Holder) => (holder.account === from ? { ...holder, account: to } : holder)
  return Object.fromEntries(Object.entries(seats).map(([seat, holders]) => [seat, holders?.map(moved)]))
}

/** Every account under which the person the matter is for has acted in it, by its log. */
export const applicantsIn = (events: readonly Event[], principal: string | null): ReadonlySet<string> =>
  new Set([
    ...(principal ? [principal] : []),
    ...events.flatMap(({ action, input }) => (action === joinAccount ? [(input as AccountJoined).from] : [])),
  ]) // as above
