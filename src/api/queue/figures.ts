import { z } from 'zod'
import { dayOf } from '#kernel/calendar/calendar.ts'
import { stateTitle } from '#kernel/face.ts'
import type { Line } from '#kernel/line.ts'
import { sumsOf, type Sum } from '#indicators/day-counts.ts'
import { pick } from '#platform/messages/messages.ts'
import { route } from '#platform/http/route.ts'
import { newest, type Platform } from '#platform/platform.ts'
import { stepTitle } from '../matter/timeline-view.ts'
import { days } from './measures.ts'

const Figure = z
  .object({
    counted: z.enum(['action', 'state']),
    line: z.string(),
    lineTitle: z.string(),
    what: z.string(),
    title: z.string(),
    n: z.int(),
  })
  .meta({ id: 'Figure' })

const dayMs = 86_400_000
/** As many days as an office looks back over in its monthly report. */
const pastDays = 30

/** What was done in all matters together, and where they stand, the same for everybody; which matters those are is asked at the queue. */
export const figureRoute = route({
  method: 'GET',
  path: '/api/figures',
  id: 'figure.list',
  summary: 'How often each action was taken, and how many matters stand in each state',
  returns: z.array(Figure),
  query: z.object({
    under: z
      .string()
      .regex(/^(\d{2}){0,3}$/)
      .default(''),
    from: days.optional(),
    to: days.optional(),
  }),
  async handler(tx, { query: { under, ...asked } }) {
    const to = asked.to ?? dayOf(tx.now)
    const from = asked.from ?? dayOf(new Date(tx.now.getTime() - pastDays * dayMs))
    return (await sumsOf(tx, { under, from, to })).map((sum) => titled(tx.on, sum))
  },
})

/** In the words of the newest edition; what an older one alone knew is called by its key. */
function titled(on: Pick<Platform, 'lines'>, sum: Sum): z.input<typeof Figure> {
  const line = newest(on, sum.line)
  return { ...sum, lineTitle: line ? pick(line.title, 'zh') : sum.line, title: (line && titles[sum.counted](line, sum.what)) ?? sum.what }
}

const titles: Readonly<Record<Sum['counted'], (line: Line, what: string) => string | undefined>> = {
  action: (line, what) => stepTitle(line, what, 'zh'),
  state: (line, what) => line.states[what] && pick(stateTitle(line, what, 'desk'), 'zh'),
}
