import { createHash, randomInt } from 'node:crypto'
import sharp from 'sharp'
import { v7 } from 'uuid'
import type { About } from './book.ts'

/** A paper to be handed in, and what is to be found of it. */
export type Paper = { readonly name: string; readonly bytes: Buffer; readonly about: (matter: string) => About }

const [head, tail] = ['%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n', '\ntrailer<</Root 1 0 R>>\n%%EOF\n']

/** A paper that nobody has handed in before, of about so many bytes. */
export function pdf(size: number): Paper {
  const bytes = Buffer.from(`${head}%${v7()} ${'x'.repeat(size)}${tail}`)
  return { name: '工资条.pdf', bytes, about: () => ({ kind: 'paper', label: createHash('sha256').update(bytes).digest('hex') }) }
}

/** A photograph, which is drawn anew and so kept under another hash: found by its matter, where the demo's own pictures are of another kind. */
export async function picture(): Promise<Paper> {
  const background = { r: randomInt(256), g: randomInt(256), b: randomInt(256) }
  const bytes = await sharp({ create: { width: 600 + randomInt(400), height: 400, channels: 3, background } })
    .jpeg()
    .toBuffer()
  return { name: '照片.jpg', bytes, about: (label) => ({ kind: 'picture', label }) }
}

/** What is refused, for its kind or for its size. */
export const refusedOnes = {
  kind: (): Paper => ({ ...pdf(0), name: '程序.pdf', bytes: Buffer.from(`MZ${v7()}`) }),
  size: (): Paper => pdf(25 * 1024 ** 2),
}

/** A form with papers in it; its key is made with it. */
export function formOf(papers: readonly Paper[], fields: Readonly<Record<string, string>> = {}): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries({ key: v7(), ...fields })) form.append(name, value)
  for (const { name, bytes } of papers) form.append('file', new Blob([new Uint8Array(bytes)]), name)
  return form
}
