/** The largest file a person may hand in: 25 MB, a scanned contract or a minute of video. */
export const maxFileBytes = 25 * 1024 * 1024

/** Why a file is not taken in: too large, of a kind we do not accept, damaged, empty, doing something by itself when it is opened, or locked so that nobody can see whether it does. */
export const fileRefusals = ['tooLarge', 'typeNotAllowed', 'unreadable', 'empty', 'active', 'locked'] as const
export type WhyRefused = (typeof fileRefusals)[number]

/** A file that is not taken in, and why. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused'
  readonly code: WhyRefused

  constructor(code: WhyRefused) {
    super(`A file was refused: ${code}.`)
    this.code = code
  }
}

/** Throws it. */
export function refuseFile(code: WhyRefused): never {
  throw new FileRefused(code)
}
