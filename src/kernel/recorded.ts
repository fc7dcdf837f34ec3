import type { z } from 'zod'
import type { Matter } from './matter.ts'

type Data = Matter['data']

/**
 * What a line's matters hold, as its schema says: `its` reads it, each part undefined until it is recorded, and `noting` adds to it. Nothing is
 * parsed here, since only the line's own actions write; a test holds what they wrote against the schema.
 */
export const recorded = <S extends z.ZodObject>(_: S) => ({
  its: (data: Data): Partial<z.output<S>> => data as Partial<z.output<S>>, // what the line's actions wrote
  noting: (data: Data, change: Partial<z.output<S>>): { data: Data } => ({ data: { ...data, ...change } }),
})
