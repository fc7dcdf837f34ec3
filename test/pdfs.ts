import { deflateSync } from 'node:zlib'

/** A PDF of these objects, numbered from 1; the first is the catalogue. `trailer` is added to it. */
export function pdfOf(objects: readonly (string | Buffer)[], trailer = ''): Buffer {
  const pieces: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')]
  for (const [at, object] of objects.entries())
    pieces.push(
      Buffer.from(`${at + 1} 0 obj\n`),
      typeof object === 'string' ? Buffer.from(object, 'latin1') : object,
      Buffer.from('\nendobj\n'),
    )
  pieces.push(Buffer.from(`trailer\n<</Size ${objects.length + 1}/Root 1 0 R${trailer}>>\nstartxref\n0\n%%EOF\n`))
  return Buffer.concat(pieces)
}

/** A stream with its dictionary, packed. */
export function stream(content: string | Buffer, dictionary = ''): Buffer {
  const packed = deflateSync(Buffer.from(content))
  return Buffer.concat([
    Buffer.from(`<<${dictionary}/Filter/FlateDecode/Length ${packed.length}>>\nstream\n`),
    packed,
    Buffer.from('\nendstream'),
  ])
}

/** Objects packed into a stream, numbered from 100. */
export function packedObjects(objects: readonly string[], more = ''): Buffer {
  const text = objects.join(' ')
  const places: number[] = []
  for (let at = 0, n = 0; n < objects.length; at += (objects[n]?.length ?? 0) + 1, n++) places.push(at)
  const head = `${places.map((at, n) => `${100 + n} ${at}`).join(' ')} `
  return stream(head + text, `/Type/ObjStm/N ${objects.length}/First ${head.length}${more}`)
}

/** An ordinary page, as the second to fourth object. */
export const page = [
  '<</Type/Pages/Kids[3 0 R]/Count 1>>',
  '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>',
  stream('0 0 m 9 9 l S'),
]

/** A PDF of one page whose catalogue says this besides, with these objects from the fifth on. */
export const withCatalogue = (says: string, ...more: (string | Buffer)[]): Buffer =>
  pdfOf([`<</Type/Catalog/Pages 2 0 R${says}>>`, ...page, ...more])
