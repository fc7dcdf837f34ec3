import { z } from 'zod'
import { maxFilesPerForm, type SaidTo } from '#kernel/journey/journey.ts'
import { choice, choices, day, fen, idNumber, phone, words } from '#kernel/journey/journey-answers.ts'
import { contactSchema } from '#parts/contact.ts'
import { noticeSchema } from '#parts/notice.ts'
import { keysIn } from '#kernel/keyed.ts'
import { beneficiaries, deadlines, kinds, rarerKinds, statuses, workProofs } from './journey-options.ts'

const dated = new Set(['hearing', 'limitation', 'appeal'])

const consent = z
  .object({ consent: choice(['guardian', 'present', 'askLater', 'unsafe']), name: words(100).optional(), phone: phone.optional() })
  .refine(({ consent, phone }) => consent !== 'askLater' || phone !== undefined, { path: ['phone'], error: 'answer.required' })
  .refine(({ consent, name }) => consent === 'unsafe' || name !== undefined, { path: ['name'], error: 'answer.required' })

/** What every question of an application takes, by question. */
export const schemas = {
  notice: noticeSchema,
  forWhom: z.object({ who: choice(keysIn(beneficiaries)) }),
  guardian: consent,
  guardianByAge: consent,
  story: z.object({ story: words(4000).min(5, { error: 'answer.tooShort' }) }),
  kind: z.object({ kind: choice(keysIn({ ...kinds, ...rarerKinds })) }),
  kindMore: z.object({ kind: choice(keysIn(rarerKinds)) }),
  custody: z.object({ heldAt: words(200), organ: words(200), heldSince: day.optional(), accusation: words(200).optional() }),
  opponent: z.object({ name: words(200) }),
  opponentHome: z.object({ livesTogether: choice(['yes', 'no']) }),
  opponentParent: z
    .object({ isParent: choice(['no', 'yes', 'relative', 'opponent']) })
    .refine(({ isParent }) => isParent !== 'opponent', { path: ['isParent'], error: 'answer.notOpponent' }),
  amount: z.object({ fen: fen.optional(), since: day.optional() }),
  deadline: z
    .object({ what: choice(keysIn(deadlines)), day: day.optional() })
    .refine(({ what, day }) => !dated.has(what) || day !== undefined, { path: ['day'], error: 'answer.date.missing' }),
  person: z
    .object({ name: words(100), idNumber: idNumber.optional(), whyNoId: words(200).optional(), birthDate: day.optional() })
    .refine(({ idNumber, whyNoId }) => idNumber !== undefined || whyNoId !== undefined, {
      path: ['idNumber'],
      error: 'answer.idNumber.orWhy',
    }),
  filer: z.object({ name: words(100), relation: words(50), idNumber: idNumber.optional() }),
  ability: z.object({ able: choice(['agrees', 'unable']) }),
  contact: contactSchema,
  place: z.object({ living: words(100), happened: words(100).optional() }),
  migrant: z.object({ isMigrant: choice(['yes', 'no']) }),
  workProof: z.object({ proofs: choices(keysIn(workProofs)) }),
  status: z.object({ statuses: choices(keysIn(statuses)) }),
  income: z.object({ fen }),
  household: z.object({
    others: z.int({ error: 'answer.count' }).min(0, { error: 'answer.count' }).max(50, { error: 'answer.count' }),
    fen,
  }),
  verify: z.object({ method: choice(['undertaking', 'dataQuery']) }),
  // Those of earlier forms are among them: ten forms are enough for anyone.
  documents: z.object({
    files: z
      .array(z.string(), { error: 'answer.required' })
      .max(10 * maxFilesPerForm, { error: 'answer.tooMany' })
      .optional(),
  }),
}

/** What was said in an application, by question; what was not asked yet is absent. */
export type Said = SaidTo<typeof schemas>
