import type { Numbers } from '#kernel/desk.ts'

/** The year in brackets, the short name of an office of that kind, else its county and `word`, the kind of file, and five digits. */
export const numberedAfter = (after: string, word: string): Numbers => ({
  after,
  of: ({ year, short, region, kind, n }) => `（${year}）${short ?? `${region}${word}`}${kind}${String(n).padStart(5, '0')}号`,
})
