import { v5 } from 'uuid'

/** Names the ids of everything made for show, so that seeding twice makes the same; any fixed UUID would do. */
const namespace = '0d1a6a51-8a55-4ad1-9a3c-5d7b1f4be2c0'

/** The id of a demo thing by its name. */
export const idOf = (name: string): string => v5(name, namespace)

/** Marks every name that was made up. */
export const madeUp = (name: string): string => `${name}（演示）`
