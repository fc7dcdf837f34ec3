import { fileTypeFromBuffer } from 'file-type'
import type { Sharp } from 'sharp'
import { FileRefused, refuseFile } from './file-refused.ts'
import { withoutPlaces } from './film.ts'
import { magics, startsAs } from './magic.ts'
import { onlyPdf } from './pdf.ts'
import { onlyWord } from './word.ts'

type Kind = { readonly mime: string; readonly extension: string; readonly magic: string; readonly at: number; readonly clean: Clean }
type Clean = (bytes: Buffer) => Buffer | Promise<Buffer>

const jpeg = { mime: 'image/jpeg', extension: 'jpg', clean: (bytes: Buffer) => redrawn(bytes, (image) => image.jpeg({ quality: 90 })) }
const heic = { ...jpeg, ...magics.film }
const wordMime = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** What is accepted, by the type its first bytes show. The magic is checked again because `file-type` looks past a leading tag. */
const kinds: Readonly<Record<string, Kind>> = {
  'image/jpeg': { ...jpeg, ...magics.jpeg },
  'image/png': {
    mime: 'image/png',
    extension: 'png',
    ...magics.png,
    clean: (bytes) => redrawn(bytes, (image) => image.png()),
  },
  // Kept as JPEG, which every browser and court printer opens.
  'image/heic': heic,
  'image/heif': heic,
  'application/pdf': { mime: 'application/pdf', extension: 'pdf', ...magics.pdf, clean: onlyPdf },
  [wordMime]: { mime: wordMime, extension: 'docx', ...magics.zip, clean: onlyWord },
  'video/mp4': { mime: 'video/mp4', extension: 'mp4', ...magics.film, clean: withoutPlaces },
}

/** What is kept of what was handed in, by what its bytes show; `FileRefused` for a kind we do not take, for one that is damaged, and for one that does something by itself. Parses what strangers send: run it in a process apart (`cleaning-apart.ts`). */
export async function cleaned(bytes: Buffer): Promise<Pick<Kind, 'mime' | 'extension'> & { bytes: Buffer }> {
  const kind = kinds[(await detected(bytes)) ?? '']
  if (!kind || !startsAs(bytes, kind)) refuseFile('typeNotAllowed')
  return { bytes: await kind.clean(bytes), mime: kind.mime, extension: kind.extension }
}

async function detected(bytes: Buffer): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(bytes))?.mime
  } catch {
    // A file made to confuse the detector is damaged as far as we are concerned.
    throw new FileRefused('unreadable')
  }
}

/** 64 megapixels: above any phone's usual photograph, and 192 MB when decoded. */
const maxPixels = 64_000_000

/** Loaded for pictures alone: it takes a fifth of what a paper does. The other core serves, and no file comes twice. */
async function drawing() {
  const { default: sharp } = await import('sharp')
  sharp.concurrency(1)
  sharp.cache(false)
  return sharp
}

/** The picture drawn anew, upright: what is not picture (place, time, device, anything hidden behind it) stays behind. */
async function redrawn(bytes: Buffer, encode: (image: Sharp) => Sharp): Promise<Buffer> {
  try {
    return await encode((await drawing())(bytes, { limitInputPixels: maxPixels }).autoOrient()).toBuffer()
  } catch {
    // Cut short, too many pixels, or a codec this build of sharp lacks (HEVC, and so most HEIC photographs).
    throw new FileRefused('unreadable')
  }
}
