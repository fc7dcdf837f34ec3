import type { Service } from '#lines/service.ts'
import { services } from '#lines/services.ts'
import { rehearsal } from './lines/rehearsal/world/service.ts'

/** Services that are declared for tests alone. */
export const rehearsed: readonly Service[] = [rehearsal]

/** Every line that tests of all lines walk: the registered ones, and those. */
export const walkedLines = [...services, ...rehearsed].map(({ line }) => line)
