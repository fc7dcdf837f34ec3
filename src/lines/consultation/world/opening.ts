import { v5 } from 'uuid'
import { z } from 'zod'
import { choice, ownWords, shortText, yes } from '#kernel/form.ts'
import { phone } from '#kernel/journey/journey-answers.ts'
import type { Text } from '#kernel/line.ts'
import type { MatterId } from '#kernel/matter.ts'
import { party } from '#kernel/seat.ts'
import { act, open } from '#engine/act.ts'
import { newMatterCode } from '#platform/doors/credentials.ts'
import type { Tx } from '#platform/tx.ts'
import { saveAnswers } from '#records/people/answers.ts'
import { addParty, addPerson } from '#records/people/people.ts'
import { tellsViolence } from '#parts/violence-words.ts'
import type { Opening } from '../../service.ts'
import { consultation as line } from '../consultation.line.ts'
import { askers, deskChannels, kinds, type safeWays } from '../data.ts'
import { answering, replyBy } from './preparing.ts'

/** The ways of the portal, as they are asked for somebody else. */
const reach: Record<keyof typeof safeWays, Text> = {
  none: { zh: '不要联系，本人自己来问', en: 'Not at all: they come back by themselves' },
  smsOnly: { zh: '只发短信', en: 'By text only' },
  callOnly: { zh: '只打电话', en: 'By telephone only' },
  both: { zh: '打电话、发短信都行', en: 'By telephone or text' },
}

const asks = z.object({
  channel: choice({ zh: '怎么来问的', en: 'How they came' }, deskChannels),
  kind: choice({ zh: '哪一类', en: 'Kind' }, kinds),
  question: ownWords({ zh: '问什么', en: 'What is asked' }),
  asker: choice({ zh: '谁来问', en: 'Who asks' }, askers),
  name: shortText({ zh: '姓名（不愿意说可以不填）', en: 'Name (not needed)' }).optional(),
  phone: phone.meta({ title: '电话（可以不填）', titleEn: 'Telephone (not needed)' }).optional(),
  safe: choice({ zh: '以后怎么联系（不说就不联系）', en: 'How they may be reached (unsaid: not at all)' }, reach).optional(),
  isUrgent: yes({ zh: '可能有人身危险', en: 'Somebody may be in danger' }).optional(),
  reply: ownWords({ zh: '当场答复（以后再答复可以不填）', en: 'Answered at once (empty: later)' }).optional(),
  mayQualify: yes({ zh: '看来符合法律援助条件，建议申请', en: 'Seems to qualify for legal aid' }).optional(),
})
type Asked = z.output<typeof asks>

/** An officer writes down what somebody asks on the telephone, at the counter or by letter, named or not, and answers in the same sitting where they can. */
export const opening: Opening = {
  summary: 'Take in a question, and answer it at once where that is possible',
  by: ['intake', 'reviewer'],
  asks,
  atDesk: { zh: '记下一个咨询', en: 'Write down a question' },
  async open(tx, at, asked) {
    const its = asks.parse(asked)
    const person = await personOf(tx, at, its)
    const isUrgent = its.isUrgent === true || its.kind === 'violence' || tellsViolence(its.question)
    const data = { ...settled(its), isUrgent, isPrivate: isUrgent, ...replyBy(tx, at.region, its.channel) }
    const seats = person ? { applicant: [party(person)] } : {}
    const matter = await open(tx, line.key, at, { code: newMatterCode(), seats, parent: null, data })
    if (person) await addParty(tx, matter, person, 'recipient')
    await saveAnswers(tx, matter, toldIn(its), { channel: its.channel })
    if (!its.reply) return matter
    // Named after the matter, so that the same form sent again answers it once.
    return act(tx, at, 'answer', answering(tx, matter, { reply: its.reply, mayQualify: its.mayQualify }), { key: v5('answer', at.id) })
  },
}

/** Whoever gave a name or a telephone is kept as a person; of anybody else there is nothing to keep. */
async function personOf(tx: Tx, at: MatterId, { name = '', phone: tel, asker }: Asked): Promise<string | undefined> {
  if (!name && !tel) return undefined
  const kind = asker === 'organisation' ? 'organisation' : 'natural'
  return addPerson(tx, at.region, { kind, name, phone: tel }, v5('asker', at.id))
}

const settled = ({ kind, channel, asker, name, safe }: Asked) => ({
  kind,
  channel,
  asker,
  identity: name ? ('named' as const) : ('declined' as const),
  contact: safe === 'smsOnly' || safe === 'both' ? ('sms' as const) : ('page' as const),
})

/** The same as somebody would have told it on the portal. */
const toldIn = ({ question, kind, name, phone: tel, safe = 'none' }: Asked) => ({
  story: { story: question },
  kind: { kind },
  contact: { safe, ...(tel && { phone: tel }) },
  person: { naming: name ? 'named' : 'declined', ...(name && { name }) },
})
