import { createServer, type Socket } from 'node:net'
import { once } from 'node:events'

/** What everybody who makes scanners has agreed to find; written in two pieces, so that no scanner finds it here. */
export const eicar = Buffer.from(String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$` + 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*')

/** How a daemon replies to what it was sent whole; undefined: not at all. */
type Reply = (bytes: Buffer) => string | undefined
const finds: Reply = (bytes) => (bytes.includes(eicar) ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK')

/** A daemon that speaks clamd's protocol on a port of this machine: PING and INSTREAM, as far as clamd(8) describes them. */
export async function clamdServer(reply: Reply = finds) {
  const scanned: Buffer[] = []
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => {}).on('close', () => open.delete(socket))
    void converse(socket, (bytes) => {
      scanned.push(bytes)
      return reply(bytes)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('A server on a port has a port.')
  return {
    where: `127.0.0.1:${address.port}`,
    /** What it was asked about. */
    scanned,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

async function converse(socket: Socket, reply: Reply): Promise<void> {
  let heard = Buffer.alloc(0)
  for await (const chunk of socket) {
    heard = Buffer.concat([heard, chunk])
    const answer = answerTo(heard, reply)
    if (answer === undefined) continue
    socket.end(answer && `${answer}\0`)
    return
  }
}

/** Undefined while it has not heard everything; empty where it hangs up without a word. */
function answerTo(heard: Buffer, reply: Reply): string | undefined {
  if (heard.equals(Buffer.from('zPING\0'))) return 'PONG'
  const command = Buffer.from('zINSTREAM\0')
  if (!heard.subarray(0, command.length).equals(command)) return heard.length < command.length ? undefined : 'UNKNOWN COMMAND'
  const bytes: Buffer[] = []
  for (let at = command.length; at + 4 <= heard.length;) {
    const length = heard.readUInt32BE(at)
    if (length === 0) return reply(Buffer.concat(bytes)) ?? ''
    bytes.push(heard.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return undefined
}
