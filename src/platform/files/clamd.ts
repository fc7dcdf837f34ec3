import { connect, type NetConnectOpts, type Socket } from 'node:net'
import { noScanner, type Scanner, type ScanResult } from './scanner.ts'

/** A file of 25 MB takes a second or two; a scanner that unpacks an archive, a minute at most by its own bounds. */
const usual = { scanMs: 90_000, pingMs: 1000 }

/** The scanner that the configuration names: `host:port`, or the path of a socket; nobody where it names none. */
export const scannerAt = (where: string | undefined): Scanner => (where === undefined ? noScanner : clamd(where))

/** ClamAV's daemon, asked over `host:port` or the path of a socket by its INSTREAM command (clamd(8)). */
export function clamd(where: string, bounds: Partial<typeof usual> = {}): Scanner {
  const { scanMs, pingMs } = { ...usual, ...bounds }
  const place = placeOf(where)
  return {
    isSet: true,
    scan: (bytes, signal) =>
      ask(place, streamed(bytes), within(scanMs, signal)).then(resultOf, (error: unknown) => ({ is: 'unavailable', why: whyOf(error) })),
    answers: () =>
      ask(place, [Buffer.from('zPING\0')], within(pingMs)).then(
        (reply) => reply === 'PONG',
        () => false,
      ),
  }
}

function placeOf(where: string): NetConnectOpts {
  if (where.startsWith('/')) return { path: where }
  const colon = where.lastIndexOf(':')
  return { host: where.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), port: Number(where.slice(colon + 1)) }
}

/** As much as goes out at once. */
const pieceBytes = 64 * 1024

const within = (ms: number, signal?: AbortSignal): AbortSignal => AbortSignal.any([AbortSignal.timeout(ms), ...(signal ? [signal] : [])])

/** The command, and the bytes in pieces, each behind its length; one of no length ends them. */
function* streamed(bytes: Buffer): Generator<Buffer> {
  yield Buffer.from('zINSTREAM\0')
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = bytes.subarray(at, at + pieceBytes)
    yield lengthOf(piece.length)
    yield piece
  }
  yield lengthOf(0)
}

function lengthOf(length: number): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(length)
  return head
}

/** Anything but a plain yes or a named no is no result. */
function resultOf(reply: string): ScanResult {
  if (reply === 'stream: OK') return { is: 'clean' }
  const found = /^stream: (.+) FOUND$/.exec(reply)?.[1]
  return found ? { is: 'infected', found } : { is: 'unavailable', why: reply.slice(0, 200) || 'it ended without a word' }
}

const whyOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** What it replies, without the byte that ends it; throws where it cannot be reached, says nothing in time, or is no longer asked. */
async function ask(place: NetConnectOpts, pieces: Iterable<Buffer>, signal: AbortSignal): Promise<string> {
  const socket = connect({ ...place, signal })
  try {
    // It may reply, and hang up, before it has heard everything: what it said counts, and not that it would not listen.
    const [reply] = await Promise.all([replyOf(socket), send(socket, pieces)])
    return reply
  } finally {
    socket.destroy()
  }
}

async function send(socket: Socket, pieces: Iterable<Buffer>): Promise<void> {
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()))
  for (const piece of pieces) {
    if (socket.destroyed) return
    if (!socket.write(piece)) await Promise.race([closed, new Promise<void>((resolve) => void socket.once('drain', resolve))])
  }
}

/** Longer than any name of a finding. */
const longestReply = 4096

function replyOf(socket: Socket): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk.toString('utf8')
    if (text.includes('\0') || text.length > longestReply) resolve(text.slice(0, longestReply).split('\0')[0] ?? '')
  })
  socket.on('error', (error) => (text ? resolve(text) : reject(error)))
  socket.on('close', () => resolve(text.trim()))
  return promise
}
