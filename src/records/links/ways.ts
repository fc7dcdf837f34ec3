import type { MessageKey } from '#platform/messages/messages.ts'

/** How a link reaches somebody: in a letter on paper, or by a text to the number that is known of them. */
export type Way = 'paper' | 'text'

/** What somebody proves themselves by, which no letter holds: a code sent to their phone, the end of their identity number, or a code they were told. */
export type Proof = 'phone' | 'idDigits' | 'spoken'

/** The proofs that go with each way, the best first. A text proves nothing about whoever holds the phone it went to, so that phone is no proof beside it. */
export const proofsOf: Readonly<Record<Way, readonly Proof[]>> = {
  paper: ['phone', 'idDigits', 'spoken'],
  text: ['idDigits', 'spoken'],
}

/** What is known of the person a link is for. `mayText` and `isPrivate` are the word of their side of the matter. */
export type Known = { phone: string | null; idNumber: string | null; mayText: boolean; isPrivate: boolean }

type Asks = (known: Known) => boolean

const hasMobile: Asks = ({ phone }) => /^1[3-9]\d{9}$/.test(phone ?? '')

const isOpenWay: Record<Way, Asks> = {
  paper: () => true,
  text: (known) => known.mayText && hasMobile(known),
}

const isOpenProof: Record<Proof, Asks> = {
  phone: hasMobile,
  // Whoever lives with somebody knows their number.
  idDigits: ({ idNumber, isPrivate }) => !isPrivate && (idNumber ?? '').length >= 15,
  spoken: () => true,
}

/** The ways a link can go to somebody, and what may prove them there. */
export const openWays = (known: Known): { way: Way; proofs: Proof[] }[] =>
  (['paper', 'text'] as const)
    .filter((way) => isOpenWay[way](known))
    .map((way) => ({ way, proofs: proofsOf[way].filter((proof) => isOpenProof[proof](known)) }))

/** How a link stands: on its way, opened, or of no use any more, and then why. */
export type Standing = 'unsent' | 'sent' | 'opened' | 'expired' | 'withdrawn' | 'reissued' | 'tries'

type Row = {
  sent_at: Date | null
  opened_at: Date | null
  expires_at: Date
  ended_because: 'withdrawn' | 'reissued' | 'tries' | null
}

/** How a link stands at a moment. */
export function standingOf({ sent_at, opened_at, expires_at, ended_because }: Row, now: Date): Standing {
  if (ended_because) return ended_because
  if (opened_at) return 'opened'
  return expires_at <= now ? 'expired' : sent_at ? 'sent' : 'unsent'
}

/** What each standing is called at the desk. */
export const standingWords = {
  unsent: 'link.unsent',
  sent: 'link.sent',
  opened: 'link.opened',
  expired: 'link.expired',
  withdrawn: 'link.withdrawn',
  reissued: 'link.reissued',
  tries: 'link.tries',
} as const satisfies Record<Standing, MessageKey>
