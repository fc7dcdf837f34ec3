import { z } from 'zod'

/** The system's note that provisional dates were reckoned anew, because a later year's holidays are known: a deadline never moves without an event. */
export const recounting = <S extends string>(from: readonly S[]) => ({
  title: { zh: '按新公布的放假安排重算期限', en: 'Limits recounted by the new holiday notice' },
  told: { zh: '新的放假安排公布了，期限重新算过。', en: 'New holidays were announced, and the time limits were counted anew.' },
  by: ['system'] as const,
  from,
  form: z.object({ limits: z.array(z.string()) }),
})
