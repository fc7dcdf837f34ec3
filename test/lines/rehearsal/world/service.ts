import { z } from 'zod'
import { shortText } from '#kernel/form.ts'
import { party } from '#kernel/seat.ts'
import { open } from '#engine/act.ts'
import { newMatterCode } from '#platform/doors/credentials.ts'
import { byItsOwnPage, service, type Opening } from '#lines/service.ts'
import { addParty, addPerson } from '#records/people/people.ts'
import { rehearsal as line } from '../rehearsal.line.ts'
import { statutes } from '../statutes.ts'
import { turnout } from './turnout.ts'

const Asked = z.object({
  applicant: z.object({
    name: shortText({ zh: '姓名', en: 'Name' }),
    phone: shortText({ zh: '电话', en: 'Telephone' }, { max: 20 }).optional(),
  }),
})

/** The clerk writes down who asks; the applicant has no account. */
const opening: Opening = {
  summary: 'Take in a dispute of somebody who came to the counter',
  by: ['intake'],
  asks: Asked,
  async open(tx, at, asked) {
    const { applicant } = Asked.parse(asked)
    const person = await addPerson(tx, at.region, { kind: 'natural', ...applicant })
    const matter = await open(tx, line.key, at, { code: newMatterCode(), seats: { applicant: [party(person)] }, parent: null, data: {} })
    await addParty(tx, matter, person, 'recipient')
    return matter
  },
}

/** The rehearsed service, whole. */
export const rehearsal = service({
  line,
  opening,
  statutes,
  settings: {},
  refusals: {},
  letters: {},
  effects: {},
  prepare: { attach: byItsOwnPage },
  measures: [],
  panels: [turnout],
})
