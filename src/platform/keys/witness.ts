import { appendFile, open, readFile } from 'node:fs/promises'
import { z } from 'zod'

/** The last seal as it is known elsewhere: its number, and the hash of its head and signature, by which whoever holds the database cannot make another. */
export const Sealed = z.object({ no: z.int(), hash: z.string(), at: z.string() })
export type Sealed = z.output<typeof Sealed>

/** Where the heads of the chain are written down out of reach of whoever can change the database. */
export type Witness = {
  tell(head: Sealed): Promise<void>
  /** The last that was told; undefined where there is no witness, or none was told yet. */
  last(): Promise<Sealed | undefined>
}

/** Nobody: the end of the chain can be cut off unseen. */
export const noWitness: Witness = { tell: async () => {}, last: async () => undefined }

/** A file to which lines are added, on a disk of another machine. */
export const fileWitness = (path: string): Witness => ({
  async tell(head) {
    await appendFile(path, `${JSON.stringify(head)}\n`)
    await using file = await open(path, 'r')
    await file.sync()
  },
  async last() {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? '' : Promise.reject(error),
    )
    const line = text.trimEnd().split('\n').at(-1)
    return line ? Sealed.parse(JSON.parse(line)) : undefined
  },
})

/** A service of another house that takes each head by POST, and answers the last by GET. */
export const httpWitness = (url: string): Witness => ({
  async tell(head) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(head),
      signal: AbortSignal.timeout(10_000),
    })
    if (!answer.ok) throw new Error(`The witness at ${new URL(url).origin} answered ${answer.status}.`)
  },
  async last() {
    const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) })
    if (answer.status === 404) return undefined
    if (!answer.ok) throw new Error(`The witness at ${new URL(url).origin} answered ${answer.status}.`)
    return Sealed.parse(await answer.json())
  },
})

/** The witness that the configuration names: an address, or a path. */
export const witnessAt = (where: string | undefined): Witness =>
  where === undefined ? noWitness : /^https?:/.test(where) ? httpWitness(where) : fileWitness(where)
