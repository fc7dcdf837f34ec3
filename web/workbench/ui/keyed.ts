/** The keys of a declared table, in its order. */
export const keysIn = <K extends string>(table: Readonly<Partial<Record<K, unknown>>>): K[] => Object.keys(table) as K[] // Object.keys forgets them
