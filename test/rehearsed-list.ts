import { fileURLToPath } from 'node:url'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The list of services, and the one that a rehearsal reads in its place. */
export const [registered, rehearsed] = [here('../src/lines/services.ts'), here('lines/rehearsal/services.ts')]

/** Which file is read where `file` is imported: the rehearsed list for the registered one, which the rehearsed list alone still reads. */
export const insteadOf = (file: string, importer: string | undefined): string =>
  file === registered && importer !== rehearsed ? rehearsed : file
