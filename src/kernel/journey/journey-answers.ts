import { z } from 'zod'

/** One of the listed choices. */
export const choice = <const K extends [string, ...string[]]>(keys: K) => z.enum(keys, { error: 'answer.choose' })

/** At least one of the listed choices; "none" stands alone. */
export const choices = <const K extends [string, ...string[]]>(keys: K) =>
  z
    .array(z.enum(keys, { error: 'answer.choose' }), { error: 'answer.choose' })
    .min(1, { error: 'answer.choose' })
    .refine((chosen) => chosen.length === 1 || !chosen.some((one) => one === 'none'), { error: 'answer.noneAlone' })

/** Words of at most `max` characters. */
export const words = (max: number) =>
  z.string({ error: 'answer.required' }).trim().min(1, { error: 'answer.required' }).max(max, { error: 'answer.tooLong' })

/** A day that exists, YYYY-MM-DD. */
export const day = z.iso.date({ error: 'answer.date.impossible' })

/** Money, integer fen, below a trillion yuan. */
export const fen = z.int({ error: 'answer.number' }).nonnegative({ error: 'answer.number' }).max(1e14, { error: 'answer.number' })

/** Ticked; anything else is not a yes. */
export const ticked = (error: string) => z.array(z.literal('yes'), { error }).length(1, { error })

/** A mobile or landline number of the mainland, digits only but for the dash after an area code. */
export const phone = z
  .string({ error: 'answer.phone' })
  .trim()
  .regex(/^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$/, { error: 'answer.phone' })

/** Form is judged here, the check digit and birth date by the server: a line may not know registers. */
export const idNumber = z
  .string({ error: 'answer.idNumber.length' })
  .trim()
  .regex(/^\d{17}[\dXx]$/, { error: 'answer.idNumber.length' })
