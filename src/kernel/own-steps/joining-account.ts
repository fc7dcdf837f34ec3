import type { Event, Matter } from '../matter.ts'
import { isHeldBy, type Holder, type Seats } from '../seat.ts'
import { ownEvent, type OwnTaker } from './own-event.ts'

/** The engine's own action, of every line and in every state: somebody without a name proved the phone of an account, and the matter is now under that. */
export const joinAccount = 'joinAccount'

/** What a matter left, an account or a party that had none, and the account it came to. */
export type AccountJoined = { from: string; applicant: string }

/** How the desk and the person name it. */
export const accountJoined = {
  title: { zh: '归到申请人登录的账号下', en: 'Joined to the account the applicant signed in to' },
  told: { zh: '您登录了，这件事归到您名下。', en: 'You signed in, and this matter is now under your account.' },
}

/** The fact that whoever sat at the table under one account, or without any, sits there under another account of theirs. */
export const joiningAccount = (matter: Matter, { from, to }: { from: string; to: string }, its: OwnTaker): Event =>
  ownEvent(matter, its, { action: joinAccount, input: { from, applicant: to } satisfies AccountJoined })

/** The accounts such an event names; undefined of any other. */
const joinedBy = ({ action, input }: Pick<Event, 'action' | 'input'>): AccountJoined | undefined =>
  action === joinAccount ? (input as AccountJoined) : undefined // written by `joiningAccount` alone

/** What such an event changes; nothing for any other. */
export function seatsAfterJoining({ action, input }: Event, seats: Seats): Seats {
  const joined = joinedBy({ action, input })
  if (!joined) return seats
  const { from, applicant: to } = joined
  const moved = (holder: Holder) => (isHeldBy(holder, from) ? { ...holder, account: to } : holder)
  return Object.fromEntries(Object.entries(seats).map(([seat, holders]) => [seat, holders?.map(moved)]))
}

/** Everybody as whom the person the matter is for has acted in it, by its log: the last account, and what joined it. */
export const applicantsIn = (events: readonly Event[], principal: string | null): ReadonlySet<string> =>
  events
    .map(joinedBy)
    .reduceRight((known, its) => (its && known.has(its.applicant) ? known.add(its.from) : known), new Set(principal ? [principal] : []))
