import { v5 } from 'uuid'
import { z } from 'zod'
import { choice, yes } from '#kernel/form.ts'
import { phone } from '#kernel/journey/journey-answers.ts'
import { party } from '#kernel/seat.ts'
import { open } from '#engine/act.ts'
import { newMatterCode } from '#platform/doors/credentials.ts'
import { saveAnswer } from '#records/people/answers.ts'
import { addParty, addPerson } from '#records/people/people.ts'
import { tellsViolence } from '#parts/violence-words.ts'
import type { Opening } from '../../service.ts'
import { gaps, kinds } from '../data.ts'
import { mediation as line } from '../mediation.line.ts'
import { seats } from '../seats.ts'

const Applicant = z
  .object({
    name: z.string().trim().min(1).max(100),
    phone: phone.optional(),
    address: z.string().trim().max(200).optional(),
  })
  .strict()

const asks = z.object({
  kind: choice({ zh: '纠纷类型', en: 'Kind of dispute' }, kinds),
  gap: choice({ zh: '能不能当面谈', en: 'Whether they can meet' }, gaps),
  isOffered: yes({ zh: '调解委员会主动提议', en: 'Offered by the committee' }),
  applicants: z.array(Applicant).min(1).max(seats.applicant.max),
  story: z.string().trim().min(1).max(4000).optional(),
})

/** The committee writes down who asks, or whom it offers to help; none of them needs an account. */
export const opening: Opening = {
  summary: 'Take in a dispute of people who came to the committee, or offer to mediate one',
  by: ['intake', 'director'],
  asks,
  async open(tx, at, asked) {
    const { applicants, story, kind, gap, isOffered } = asks.parse(asked)
    const people: string[] = []
    // Named after the matter, so that the same form sent again names the same people.
    for (const [n, given] of applicants.entries())
      people.push(await addPerson(tx, at.region, { kind: 'natural', ...given }, v5(`applicant ${n}`, at.id)))
    const isPrivate = gap !== 'none' || tellsViolence(story ?? '')
    const data = { kind, isOffered, isPrivate, channel: 'window', contact: 'page' }
    const matter = await open(tx, line.key, at, { code: newMatterCode(), seats: { applicant: people.map(party) }, parent: null, data })
    for (const person of people) await addParty(tx, matter, person, 'recipient')
    if (story) await saveAnswer(tx, matter, 'story', { story }, { channel: 'window', holder: people[0]! }) // there is one
    return matter
  },
}
