import { z } from 'zod'
import { choice, ownWords, shortText, yes } from '#kernel/form.ts'
import { phone } from '#kernel/journey/journey-answers.ts'
import { tellsViolence } from '#parts/violence-words.ts'
import { channel, openFor } from '#records/referral/opening-for.ts'
import type { Opening } from '../../service.ts'
import { gaps, kinds } from '../data.ts'
import { kindByName } from '../firms.ts'
import type { Said } from '../journey.ts'
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
  channel: channel.default('window'),
})

/** The committee writes down who asks, or whom it offers to help; none of them needs an account. */
export const opening: Opening = {
  summary: 'Take in a dispute of people who came to the committee, or offer to mediate one',
  by: ['intake', 'director'],
  atDesk: { zh: '收下或者提议一件调解', en: 'Take in or offer a mediation' },
  asks,
  open(tx, at, asked) {
    const { applicants, story, kind, gap, isOffered, channel: by } = asks.parse(asked)
    const isPrivate = (told: Said) => gap !== 'none' || tellsViolence(told.story?.story ?? '')
    return openFor(tx, line.key, at, {
      people: applicants.map((one) => ({ kind: kindByName(one.name), ...one })),
      channel: by,
      said: story ? { story: { story } } : {},
      data: (told) => ({ kind, isOffered, isPrivate: isPrivate(told), channel: by, contact: 'page' }),
    })
  },
}
