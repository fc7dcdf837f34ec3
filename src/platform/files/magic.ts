/** How the files begin that we take, and where: it is looked at before a process is started for one, and again beside what the whole of it shows. */
export const magics = {
  jpeg: { magic: '\xff\xd8\xff', at: 0 },
  png: { magic: '\x89PNG\r\n\x1a\n', at: 0 },
  pdf: { magic: '%PDF-', at: 0 },
  zip: { magic: 'PK\x03\x04', at: 0 },
  film: { magic: 'ftyp', at: 4 },
} as const

type Magic = { readonly magic: string; readonly at: number }

/** As many bytes as tell. */
export const magicBytes = 16

export const startsAs = (bytes: Buffer, { magic, at }: Magic): boolean => bytes.toString('latin1', at, at + magic.length) === magic

/** Whether a file begins as one of the kinds we take. */
export const mayBeTaken = (start: Buffer): boolean => Object.values(magics).some((magic) => startsAs(start, magic))
