import type { Event, Matter } from './matter.ts'

/** The engine's own action, of every line and in every state: somebody without a name proved the phone of an account, and the matter is now under that. */
export const joinAccount = 'joinAccount'

/** The accounts a matter left and came to. */
export type AccountJoined = { from: string; applicant: string }

/** How the desk and the person name it. */
export const accountJoined = {
  title: { zh: '归到申请人登录的账号下', en: 'Joined to the account the applicant signed in to' },
  told: { zh: '您登录了，这件事归到您名下。', en: 'You signed in, and this matter is now under your account.' },
}

/** The fact that a matter goes from its applicant's account to another account of theirs. */
export const joiningAccount = (matter: Matter, applicant: string, its: { actor: { id: string }; now: Date }): Event => ({
  region: matter.region,
  id: matter.id,
  seq: matter.version + 1,
  action: joinAccount,
  actor: its.actor.id,
  at: its.now,
  from: matter.state,
  to: matter.state,
  input: { from: matter.applicant, applicant } satisfies AccountJoined,
})

/** What such an event changes; nothing for any other. */
export const changeOf = ({ action, input }: Event): Partial<Pick<Matter, 'applicant'>> =>
  action === joinAccount ? { applicant: (input as AccountJoined).applicant } : {} // written by `joiningAccount` alone

/** Every account under which the applicant has acted in a matter, by its log. */
export const applicantsIn = (events: readonly Event[], matter: Pick<Matter, 'applicant'>): ReadonlySet<string> =>
  new Set([matter.applicant, ...events.flatMap(({ action, input }) => (action === joinAccount ? [(input as AccountJoined).from] : []))]) // as above
