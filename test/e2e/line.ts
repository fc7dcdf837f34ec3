import { once } from 'node:events'
import { createServer, connect, type Socket } from 'node:net'

/** A line to the service that can be cut, as a phone's is in a lift. `url` is where a browser finds the service through it. */
export type Line = AsyncDisposable & {
  url: string
  /** Cuts every connection that carries more than so many bytes up; null lets all through. */
  cutAfter(bytes: number | null): void
  /** Lets what is sent through and cuts before any answer to a connection that carried more than so many bytes. */
  loseAnswerAfter(bytes: number | null): void
}

export async function lineTo(service: string): Promise<Line> {
  const { port } = new URL(service)
  let [up, down]: (number | null)[] = [null, null]
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(port), 'localhost')
    let carried = 0
    const cut = () => [near, far].forEach((socket) => socket.destroy())
    near.on('data', (bytes) => {
      carried += bytes.length
      if (up !== null && up !== undefined && carried > up) cut()
      else far.write(bytes)
    })
    far.on('data', (bytes) => {
      if (down !== null && down !== undefined && carried > down) cut()
      else near.write(bytes)
    })
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', cut).on('close', cut)
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = server.address()
  return {
    url: `http://localhost:${typeof at === 'object' && at ? at.port : 0}`,
    cutAfter: (bytes) => (up = bytes),
    loseAnswerAfter: (bytes) => (down = bytes),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
