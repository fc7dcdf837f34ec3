import { z } from 'zod'
import { open } from '#engine/act.ts'
import { newMatterCode } from '#platform/doors/credentials.ts'
import type { Opening } from '../../service.ts'
import { Notice } from '../criminal-notice.line.ts'

/** An officer writes down the notice of a court, procuratorate or police. */
export const opening: Opening = {
  summary: 'Record a notice from court, procuratorate or police',
  by: ['intake', 'reviewer', 'director'],
  asks: z.object({ notice: Notice.strict() }),
  open: (tx, at, { notice }) =>
    open(tx, 'criminal-notice', at, {
      code: newMatterCode(),
      applicant: `organ@${at.region}`,
      proxy: null,
      parent: null,
      data: Notice.parse(notice),
    }),
}
