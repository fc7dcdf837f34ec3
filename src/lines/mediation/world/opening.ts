import { z } from 'zod'
import { choice, yes } from '#kernel/form.ts'
import { freeText } from '#kernel/free-text.ts'
import { tellsViolence } from '#parts/violence-words.ts'
import { channel, openFor, Person, Told } from '#records/referral/opening-for.ts'
import type { Opening } from '../../service.ts'
import { gaps, kinds } from '../data.ts'
import type { Said } from '../journey.ts'
import { mediation as line } from '../mediation.line.ts'
import { seats } from '../seats.ts'

const asks = z.object({
  kind: choice({ zh: '纠纷类型', en: 'Kind of dispute' }, kinds),
  gap: choice({ zh: '能不能当面谈', en: 'Whether they can meet' }, gaps),
  isOffered: yes({ zh: '调解委员会主动提议', en: 'Offered by the committee' }),
  applicants: z.array(Person).min(1).max(seats.applicant.max),
  story: freeText(z.string().trim().min(1).max(4000)).optional(),
  channel: channel.default('window'),
  said: Told.optional(),
})

/** The committee writes down who asks, or whom it offers to help; none of them needs an account. */
export const opening: Opening = {
  summary: 'Take in a dispute of people who came to the committee, or offer to mediate one',
  by: ['intake', 'director'],
  asks,
  open(tx, at, asked) {
    const { applicants, story, kind, gap, isOffered, channel: by, said } = asks.parse(asked)
    const isPrivate = (told: Said) => gap !== 'none' || tellsViolence(told.story?.story ?? '')
    return openFor(tx, line.key, at, {
      people: applicants,
      channel: by,
      said: { ...said, ...(story && { story: { story } }) },
      data: (told) => ({ kind, isOffered, isPrivate: isPrivate(told), channel: by, contact: 'page' }),
    })
  },
}
