import { PGlite, type ExecProtocolOptions } from '@electric-sql/pglite'

type Heard = Awaited<ReturnType<PGlite['execProtocolStream']>>

/** A statement under a name of its own: what it asks for and answers, once that was described. */
type Kept = { name: string; described: Heard | null }

/** So many are kept, those asked for last: a list of any length is a text of its own. */
const mostKept = 500

/**
 * The embedded database, with every statement that comes a second time prepared under a name: most of its time would otherwise go into reading and planning, under
 * all the row policies, what it was asked a moment ago. Over PostgreSQL the driver does the same for hot statements.
 */
export class PreparingPGlite extends PGlite {
  readonly #kept = new Map<string, Kept>()
  readonly #seen = new Set<string>()
  #current: Kept | null = null

  /** One message of the protocol, as the library sends a query: read, describe, bind, describe, execute. */
  override async execProtocolStream(message: Uint8Array, options?: ExecProtocolOptions): Promise<Heard> {
    const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength)
    const send = (its: Uint8Array) => super.execProtocolStream(its, options)
    switch (String.fromCharCode(bytes[0] ?? 0)) {
      case 'P':
        return this.#read(bytes, send)
      case 'D':
        return this.#current ? describe(this.#current, send) : send(message)
      case 'B':
        return this.#current ? this.#bind(this.#current, bytes, send) : send(message)
      default:
        return send(message)
    }
  }

  async #read(message: Buffer, send: Send): Promise<Heard> {
    const text = message.toString('latin1')
    this.#current = this.#kept.get(text) ?? null
    if (this.#current) {
      this.#kept.delete(text) // and put behind those asked for before it
      this.#kept.set(text, this.#current)
      return []
    }
    if (!this.#seen.has(text)) {
      this.#seen.add(text)
      return send(message)
    }
    await this.#makeRoom(send)
    const kept: Kept = { name: `kept${++this.#last}`, described: null }
    const heard = await send(framed('P', Buffer.from(kept.name), message.subarray(headLength)))
    this.#kept.set(text, kept)
    this.#current = kept
    return heard
  }
  #last = 0

  async #makeRoom(send: Send): Promise<void> {
    if (this.#seen.size > 20 * mostKept) this.#seen.clear()
    const [oldest] = this.#kept
    if (this.#kept.size >= mostKept && oldest) this.#forget(...oldest)
    for (const name of this.#forgotten.splice(0)) await send(framed('C', Buffer.from('S'), Buffer.from(`${name}\0`)))
  }
  readonly #forgotten: string[] = []

  #forget(text: string, { name }: Kept): void {
    this.#kept.delete(text)
    this.#forgotten.push(name)
  }

  /** What a table was changed under is refused once, and read anew when it is asked for again. */
  async #bind(current: Kept, message: Buffer, send: Send): Promise<Heard> {
    try {
      return await send(framed('B', Buffer.from('\0'), Buffer.from(current.name), message.subarray(headLength + 1)))
    } catch (error) {
      for (const [text, kept] of this.#kept) if (kept === current) this.#forget(text, kept)
      throw error
    }
  }
}

type Send = (message: Uint8Array) => Promise<Heard>

/** Of the statement and of what it was bound to: the same answer, since all is asked for as text. */
async function describe(current: Kept, send: Send): Promise<Heard> {
  current.described ??= await send(framed('D', Buffer.from('S'), Buffer.from(`${current.name}\0`)))
  return current.described
}

/** A letter and four bytes of length. */
const headLength = 5

function framed(letter: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(headLength)
  head.write(letter)
  head.writeUInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
