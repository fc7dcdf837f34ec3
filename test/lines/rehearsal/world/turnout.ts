import { citeText } from '#kernel/cite.ts'
import type { Text } from '#kernel/line.ts'
import type { Matter } from '#kernel/matter.ts'
import { holdersIn } from '#kernel/seat.ts'
import { eventsOf } from '#engine/matter-rows.ts'
import type { Panel } from '#lines/service.ts'
import { pick, type Language } from '#platform/messages/messages.ts'
import { seats, type RehearsalSeat } from '../seats.ts'
import { cite } from '../statutes.ts'

const outcomes = {
  there: { zh: '有人', en: 'Somebody' },
  nobody: { zh: '还没有人', en: 'Nobody yet' },
} satisfies Record<string, Text>

const proposals = {
  propose: { zh: '可以提出协议', en: 'An agreement may be put' },
  wait: { zh: '再等一等', en: 'Wait' },
} satisfies Record<string, Text>

const atTable = ['applicant', 'respondent', 'mediator'] as const satisfies RehearsalSeat[]

/** Who sits at the table, and whether that is enough for an agreement. */
export const turnout: Panel = {
  key: 'turnout',
  title: { zh: '到场情况', en: 'Turnout' },
  shape: 'reading',
  async view(tx, matter, language) {
    const empty = atTable.filter((seat) => holdersIn(matter, seat).length === 0)
    const proposal = empty.length ? 'wait' : 'propose'
    const last = (await eventsOf(tx, matter)).at(-1)
    return {
      proposal,
      proposalTitle: pick(proposals[proposal], language),
      at: (last?.at ?? matter.openedAt).toISOString(),
      steps: atTable.map((seat) => stepOf(matter, seat, language)),
      missing: empty.map((seat) => pick(seats[seat].title, language)),
    }
  },
}

function stepOf(matter: Matter, seat: RehearsalSeat, language: Language) {
  const held = holdersIn(matter, seat).length
  const outcome = held ? 'there' : 'nobody'
  return {
    title: pick(seats[seat].title, language),
    outcome,
    outcomeTitle: pick(outcomes[outcome], language),
    input: `${held} 人`,
    threshold: '1 人',
    margin: null,
    article: citeText(cite('人民调解法', 23)),
    explain: pick({ zh: '没有到场的，谈不成。', en: 'Nothing is agreed without them.' }, language),
  }
}
