import { v5 } from 'uuid'
import { z } from 'zod'
import { notAhead } from '#kernel/calendar/day-rule.ts'
import { day, shortText } from '#kernel/form.ts'
import { Refusal } from '#kernel/refusal.ts'
import { phone } from '#kernel/journey/journey-answers.ts'
import { party } from '#kernel/seat.ts'
import { open } from '#engine/act.ts'
import { newMatterCode } from '#platform/doors/credentials.ts'
import type { Tx } from '#platform/tx.ts'
import { addParty, addPerson } from '#records/people/people.ts'
import type { Opening } from '../../service.ts'
import { confirmation as line } from '../confirmation.line.ts'
import { seats } from '../seats.ts'

const Party = z
  .object({
    name: shortText({ zh: '姓名或者单位', en: 'Person or firm' }),
    phone: phone.meta({ title: '电话（另一方看不到）', titleEn: 'Telephone (not shown to the other side)' }).optional(),
  })
  .strict()
const { applicant, respondent } = seats
const asks = z.object({
  effectiveOn: day({ zh: '协议生效的日子', en: 'In effect since' }),
  applicants: z.array(Party).min(1).max(applicant.max).meta({ title: '一方当事人', titleEn: 'Parties of one side' }),
  respondents: z.array(Party).min(1).max(respondent.max).meta({ title: '另一方当事人', titleEn: 'Parties of the other side' }),
})

/** For an agreement made on paper; one that was made here brings its own (人民调解法 art. 33). */
export const opening: Opening = {
  summary: 'Take in a mediation agreement on paper that its parties want a court to confirm',
  by: ['intake', 'director'],
  atDesk: { zh: '为纸面协议申请司法确认', en: 'Ask for the confirmation of an agreement on paper' },
  asks,
  async open(tx, at, asked) {
    const { effectiveOn, applicants, respondents } = asks.parse(asked)
    const ahead = notAhead('effectiveOn', effectiveOn, tx.now)
    if (ahead) throw new Refusal(ahead)
    const named = (side: string, given: readonly z.output<typeof Party>[]) => keep(tx, at, side, given)
    const [one, other] = [await named('applicant', applicants), await named('respondent', respondents)]
    const matter = await open(tx, line.key, at, {
      code: newMatterCode(),
      seats: { applicant: one.map(party), respondent: other.map(party) },
      parent: null,
      data: { effectiveOn, isPrivate: false },
    })
    for (const person of one) await addParty(tx, matter, person, 'recipient')
    for (const person of other) await addParty(tx, matter, person, 'opponent')
    return matter
  },
}

/** Named after the matter, so that the same form sent again names the same people. */
async function keep(tx: Tx, { region, id }: { region: string; id: string }, side: string, given: readonly z.output<typeof Party>[]) {
  const people: string[] = []
  for (const [n, one] of given.entries()) people.push(await addPerson(tx, region, { kind: 'natural', ...one }, v5(`${side} ${n}`, id)))
  return people
}
