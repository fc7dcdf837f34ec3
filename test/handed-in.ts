import { Readable } from 'node:stream'
import type { Upload } from '#platform/http/route.ts'
import { spool } from '#platform/files/spool.ts'

/** A file as a form brings it; of it nothing lies on the disk once it is judged. */
export const handedIn = (name: string, bytes: Buffer): Upload => ({
  field: 'file',
  name,
  async clean() {
    const file = await spool([bytes], 'ourselves')
    try {
      const cleaned = await file.clean()
      const kept: Buffer[] = []
      for await (const piece of cleaned.pieces()) kept.push(Buffer.from(piece))
      return { ...cleaned, pieces: () => Readable.from(kept) }
    } finally {
      await file.close()
    }
  },
})
