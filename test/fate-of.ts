import { cleaned } from '#platform/files/cleaning.ts'
import { FileRefused } from '#platform/files/file-refused.ts'

/** What comes of a file: the ending it is kept with, or why it is not. */
export const fateOf = (bytes: Buffer): Promise<string> =>
  cleaned(bytes).then(
    ({ extension }) => extension,
    (error: unknown) => (error instanceof FileRefused ? error.code : String(error)),
  )
