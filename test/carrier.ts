import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { Outgoing } from '#platform/gateway.ts'

/** A carrier's HTTP interface, with what it was given and what it says to it. */
export async function carrier() {
  const taken: Outgoing[] = []
  let status = 200
  let hear = async (_: Outgoing): Promise<void> => {}
  const server = createServer((request, response) => {
    void (async () => {
      const message = (await json(request)) as Outgoing // what the gateway posts
      taken.push(message)
      await hear(message)
      response.writeHead(status).end()
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, // listening on a port
    taken,
    answers: (code: number) => void (status = code),
    hears: (work: typeof hear) => void (hear = work),
    reset() {
      taken.length = 0
      status = 200
      hear = async () => {}
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
