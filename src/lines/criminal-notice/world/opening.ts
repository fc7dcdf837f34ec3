import { v5 } from 'uuid'
import { z } from 'zod'
import { party } from '#kernel/seat.ts'
import { open } from '#engine/act.ts'
import { newMatterCode } from '#platform/doors/credentials.ts'
import { addParty, addPerson } from '#records/people/people.ts'
import type { Opening } from '../../service.ts'
import { Notice } from '../criminal-notice.line.ts'

/** Names the organ of a notice after the notice, so that the same notice sent again names the same one; any fixed UUID would do. */
const organs = 'c3a6a6f0-6d0e-4f0e-9a43-0d0a5a0b8f11'

/** An officer writes down the notice of a court, procuratorate or police. */
export const opening: Opening = {
  summary: 'Record a notice from court, procuratorate or police',
  by: ['intake', 'reviewer', 'director'],
  asks: z.object({ notice: Notice.strict() }),
  async open(tx, at, { notice }) {
    const data = Notice.parse(notice)
    const organ = await addPerson(tx, at.region, { kind: 'organisation', name: data.organ }, v5(at.id, organs))
    const matter = await open(tx, 'criminal-notice', at, { code: newMatterCode(), seats: { organ: [party(organ)] }, parent: null, data })
    await addParty(tx, matter, organ, 'organ')
    return matter
  },
}
