import { v5 } from 'uuid'
import { z } from 'zod'
import { choice, ownWords, shortText, yes } from '#kernel/form.ts'
import { phone } from '#kernel/journey/journey-answers.ts'
import { party } from '#kernel/seat.ts'
import { open } from '#engine/act.ts'
import { newMatterCode } from '#platform/doors/credentials.ts'
import { saveAnswer } from '#records/people/answers.ts'
import { addParty, addPerson } from '#records/people/people.ts'
import { tellsViolence } from '#parts/violence-words.ts'
import type { Opening } from '../../service.ts'
import { gaps, kinds } from '../data.ts'
import { kindByName } from '../firms.ts'
import { mediation as line } from '../mediation.line.ts'
import { seats } from '../seats.ts'

const Applicant = z
  .object({
    name: shortText({ zh: '姓名或者单位', en: 'Person or firm' }),
    phone: phone.meta({ title: '电话（对方看不到）', titleEn: 'Telephone (not shown to the other side)' }).optional(),
    address: shortText({ zh: '住址（对方看不到）', en: 'Home (not shown to the other side)' }, { max: 200 }).optional(),
  })
  .strict()

const asks = z.object({
  applicants: z.array(Applicant).min(1).max(seats.applicant.max).meta({ title: '当事人（一方）', titleEn: 'Parties of one side' }),
  kind: choice({ zh: '纠纷类型', en: 'Kind of dispute' }, kinds),
  story: ownWords({
    zh: '事情经过（当事人自己的话，对方看不到）',
    en: 'What happened, in their words (not shown to the other side)',
  }).optional(),
  gap: choice({ zh: '当着对方的面，有什么不敢说、不好说的', en: 'Whether they can speak freely before the other side' }, gaps),
  isOffered: yes({ zh: '没有人申请，是调解委员会主动提议', en: 'Nobody asked: the committee offers it' }),
})

/** The committee writes down who asks, or whom it offers to help; none of them needs an account. */
export const opening: Opening = {
  summary: 'Take in a dispute of people who came to the committee, or offer to mediate one',
  by: ['intake', 'director'],
  atDesk: { zh: '收下或者提议一件调解', en: 'Take in or offer a mediation' },
  asks,
  async open(tx, at, asked) {
    const { applicants, story, kind, gap, isOffered } = asks.parse(asked)
    const people: string[] = []
    // Named after the matter, so that the same form sent again names the same people.
    for (const [n, given] of applicants.entries())
      people.push(await addPerson(tx, at.region, { kind: kindByName(given.name), ...given }, v5(`applicant ${n}`, at.id)))
    const isPrivate = gap !== 'none' || tellsViolence(story ?? '')
    const data = { kind, isOffered, isPrivate, channel: 'window', contact: 'page' }
    const matter = await open(tx, line.key, at, { code: newMatterCode(), seats: { applicant: people.map(party) }, parent: null, data })
    for (const person of people) await addParty(tx, matter, person, 'recipient')
    if (story) await saveAnswer(tx, matter, 'story', { story }, { channel: 'window', holder: people[0]! }) // there is one
    return matter
  },
}
