/** Whether a table has a row under this key; what every object inherits is none. */
export const has = <T extends object>(table: T, key: PropertyKey): key is keyof T => Object.hasOwn(table, key)

/** The row of a table under this key; undefined for a key that is none. */
export const rowOf = <Row>(table: Readonly<Record<string, Row>>, key: string): Row | undefined => (has(table, key) ? table[key] : undefined)

/** The keys of a declared table, in its order: a declared table has the keys of its type and no others, and at least one. */
export const keysIn = <K extends string>(table: Readonly<Record<K, unknown>>): [K, ...K[]] => Object.keys(table) as [K, ...K[]] // Object.keys forgets them

/** The rows of a declared table with their keys, in its order. */
export const rowsIn = <K extends string, Row>(table: Readonly<Record<K, Row>>): [K, Row][] => keysIn(table).map((key) => [key, table[key]])

/** A table with one row for each of these keys. */
export const byKey = <K extends string, Row>(keys: readonly K[], rowOf: (key: K) => Row): Record<K, Row> =>
  Object.fromEntries(keys.map((key) => [key, rowOf(key)])) as Record<K, Row> // one for each
