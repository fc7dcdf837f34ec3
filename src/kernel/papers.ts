import type { Line, Text } from './line.ts'
import type { Matter } from './matter.ts'

/** The kinds of paper a matter wants as it stands: those somebody owes in this state, and those the applicant was asked for and is waited for. */
export function papersWanted(line: Line, { state, data }: Pick<Matter, 'state' | 'data'>): string[] {
  const asked = line.traits?.asked?.(data) ?? []
  const isWaitedFor = line.states[state]?.waitsFor.includes(line.principal)
  return Object.entries(line.documents).flatMap(([kind, { owed }]) =>
    (owed?.in.includes(state) && (owed.when?.(data) ?? true)) || (isWaitedFor && asked.includes(kind)) ? [kind] : [],
  )
}

/** The papers that are one seat's to bring, by their titles: what its holders may be asked for. */
export const papersOf = <K extends string>(by: string, documents: Readonly<Record<K, Line['documents'][string]>>): Record<K, Text> =>
  Object.fromEntries(
    Object.entries<Line['documents'][string]>(documents).flatMap(([kind, { title, owed }]) => (owed?.by === by ? [[kind, title]] : [])),
  ) as Record<K, Text> // keys of the table
