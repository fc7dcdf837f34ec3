import { holderOfParty } from '#kernel/seat.ts'
import { refuse } from '#kernel/refusal.ts'
import { tellsViolence } from '#parts/violence-words.ts'
import { offeredTo } from '#records/referral/carried.ts'
import { addParty, addPerson, partyRows } from '#records/people/people.ts'
import type { Preparer } from '../../service.ts'
import { its } from '../data.ts'
import { kindByName } from '../firms.ts'
import { nextDue } from '../rules.ts'

type Asked = { kind: string; gap: string }

/** Whoever cannot speak freely is kept apart from the other side: as they say it now, or as what came along tells it. */
export const prepareTakingOver: Preparer<Asked> = async (tx, matter, { kind, gap }) => {
  const told = (await offeredTo(tx, matter)).map(({ value }) => Object.values(value).join(' '))
  return { kind, isPrivate: gap !== 'none' || told.some(tellsViolence) }
}

type Invited = { name?: string | undefined; phone?: string | undefined; address?: string | undefined }

/** Whoever is named now, kept as a person of the records; or, where nobody is, those whom the applicant named. A firm among them that faces a person is noticed. */
export const prepareInvited: Preparer<Invited> = async (tx, matter, { name, ...reached }) => {
  const known = await partyRows(tx, [matter])
  const isOfPerson = known.some(({ role, kind }) => role === 'recipient' && kind === 'natural')
  if (name) {
    const kind = kindByName(name)
    const person = await addPerson(tx, matter.region, { kind, name, ...reached })
    await addParty(tx, matter, person, 'opponent')
    return { respondents: [person], ...(isOfPerson && kind === 'organisation' && { isUneven: true }) }
  }
  const respondents = known.filter(({ id, role }) => role === 'opponent' && !holderOfParty(matter, id)).map(({ id }) => id)
  if (!respondents.length) refuse('invalid', { issues: [{ path: 'name', code: 'answer.required', message: 'answer.required' }] })
  return { respondents }
}

/** To which day all are asked to go on, written into each one's consent. */
export const prepareExtension: Preparer<{ holder?: string | undefined }> = async (_tx, { data }, asked) => ({
  ...asked,
  until: its(data).proposedUntil,
})

/** What is due first, from the day an agreement takes effect. */
export const prepareFirstDue: Preparer<Record<string, unknown>> = async (_tx, matter, asked) => withNext(asked, nextDue(matter, 0))

/** What is due after the one that is recorded. */
export const prepareNextDue: Preparer<Record<string, unknown>> = async (_tx, matter, asked) =>
  withNext(asked, nextDue(matter, (its(matter.data).paid ?? 0) + 1))

const withNext = (asked: Record<string, unknown>, until: string | undefined) => ({ ...asked, ...(until && { until }) })

/** What somebody tells later is read as the first story was: fear in it keeps the sides apart from then on. Only that it does is in the log. */
export const prepareTelling: Preparer<{ words: string }> = async (_tx, _matter, asked) => ({
  ...asked,
  ...(tellsViolence(asked.words) && { isPrivate: true }),
})
