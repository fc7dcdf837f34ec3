import { v5 } from 'uuid'
import { z } from 'zod'
import { answersFrom } from '#kernel/journey/carried.ts'
import type { Event, Matter, MatterId } from '#kernel/matter.ts'
import { Refusal } from '#kernel/refusal.ts'
import { holdersIn, seatedIn, speakerOf, type Holder } from '#kernel/seat.ts'
import { act, openReferred } from '#engine/act.ts'
import { queueEffect, type EffectHandler } from '#engine/jobs.ts'
import { eventsOf, matterOf } from '#engine/matter-rows.ts'
import { isPrivate } from '#engine/traits.ts'
import { newSalt } from '#platform/keys/crypto.ts'
import { newMatterCode } from '#platform/doors/credentials.ts'
import { lineOf, newest } from '#platform/platform.ts'
import type { Tx } from '#platform/tx.ts'
import { factsOf } from '#parts/facts.ts'
import { addParty, addPerson, copyProof } from '../people/people.ts'
import { askedIn, questionsHolding } from './carried.ts'
import { addShare, leaves } from './shares.ts'
import { factsTold } from './told.ts'

/** Names what a referral opens after its event, so that it is opened once; any fixed UUID would do. */
const referrals = '4c7f0a52-5d0e-4f0c-9a0b-3a2f6f1f8c21'

const Asked = z.object({
  carries: z.array(z.string()),
  leave: z.enum(leaves).optional(),
  county: z.string().optional(),
  holder: z.string().optional(),
})

type Referring = {
  from: Matter
  event: Event
  to: string
  keys: readonly string[]
  asked: z.output<typeof Asked>
  who: Holder
  holder: string
}

/**
 * Opens what was referred at the body that is to answer, as offered, with the leave by which it reads what may go along. Where no such body is registered
 * it comes back at once. May run twice, and opens once.
 */
export const sendReferral: EffectHandler = async (tx, job) => {
  const its = await referringOf(tx, job)
  if (!its) return
  const at = { region: its.asked.county ?? its.from.region, id: v5(`${its.from.id}/${its.event.seq}`, referrals) }
  try {
    await offer(tx, its, at)
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'no_office')) throw error
    await sendBack(tx, its)
  }
}

async function referringOf(tx: Tx, job: MatterId & { seq: number }): Promise<Referring | undefined> {
  const from = await matterOf(tx, job)
  const event = (await eventsOf(tx, job)).find(({ seq }) => seq === job.seq)
  const line = from && lineOf(tx.on, from.line, from.edition)
  const refers = event && line?.actions[event.action]?.refers
  if (!from || !line || !refers) return undefined
  const asked = Asked.parse(event.input)
  const holder = speakerOf(line, from, event.actor, asked.holder) ?? ''
  const who = seatedIn(from).find(({ id }) => id === holder) ?? holdersIn(from, line.principal)[0]
  const chosen: readonly string[] = factsOf(asked.carries)
  return who && { from, event, to: refers.to, keys: refers.carries.filter((fact) => chosen.includes(fact)), asked, who, holder }
}

async function offer(tx: Tx, its: Referring, at: MatterId): Promise<void> {
  const { from, to, keys, event, asked, holder, who } = its
  const line = newest(tx.on, to)
  const entrance = tx.on.entrances.get(to)
  const known = await factsTold(tx, from, { holder, keys })
  const answers = answersFrom(line ? askedIn(tx.on, { line: to, edition: line.edition, openedAt: tx.now }) : [], known)
  const isHidden = isPrivate(tx.on, from) || (entrance?.isPrivate?.(answers) ?? false)
  const named = await nameThere(tx, at, { from, who, known })
  const child = await openReferred(tx, to, at, {
    code: newMatterCode(),
    seats: { [line?.principal ?? '']: [named] },
    parent: at.region === from.region ? from.id : null,
    data: (isHidden && line?.traits?.privately) || {},
  })
  if (named.party) await addParty(tx, child, named.party, 'recipient')
  await addShare(tx, {
    region: from.region,
    id: at.id,
    matter: from.id,
    holder,
    to_region: child.region,
    to_matter: child.id,
    to_line: child.line,
    to_holder: named.id,
    keys: [...keys],
    questions: questionsHolding(askedIn(tx.on, from), keys),
    leave: asked.leave ?? 'own',
    given_by: event.actor,
    given_at: event.at,
    salt: newSalt(),
  })
  for (const effect of ['tellReferred', 'tellReceiver']) queueEffect(tx, { effect, region: child.region, id: child.id, seq: 0 })
}

/** Whoever is referred sits there as here; one without an account as a person of that county, known by what may go along. */
async function nameThere(
  tx: Tx,
  at: MatterId,
  { from, who, known }: Pick<Referring, 'from' | 'who'> & { known: ReadonlyMap<string, unknown> },
) {
  if (!who.party) return who
  const told = (fact: string) => (typeof known.get(fact) === 'string' ? String(known.get(fact)) : undefined)
  const given = {
    name: told('person.name') ?? '',
    idNumber: told('person.idNumber'),
    phone: told('contact.phone'),
    address: told('person.home'),
  }
  const id = await addPerson(tx, at.region, { kind: 'natural', ...given }, v5('recipient', at.id))
  if (given.phone) await copyProof(tx, { region: from.region, id: who.party }, { region: at.region, id })
  return { id, account: who.account, party: id }
}

const nobodyThere = '那个地方还没有登记能接着办的机构，所以没有转过去。'

async function sendBack(tx: Tx, { from, to, event, holder }: Referring): Promise<void> {
  const input = { service: to, ...(holder && { holder }), reason: nobodyThere }
  await act(tx, from, 'referralReturned', input, { key: v5(`${event.seq} returned`, from.id) })
}
