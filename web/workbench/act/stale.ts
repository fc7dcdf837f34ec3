import { Refused } from '../api.ts'

/** Whether someone else acted meanwhile, or this very request already took effect: the matter must be read again. */
export const isStale = (error: Error | null) => error instanceof Refused && (error.code === 'stale' || error.code === 'key_reused')
