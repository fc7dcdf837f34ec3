import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

type Sent = { to: string; text: string }

/** The carrier, as the service sees it: a socket messages are posted to. */
export async function startCarrier() {
  const sent: Sent[] = []
  const server = createServer(async (request, response) => {
    sent.push(JSON.parse(await text(request)) as Sent) // what `httpGateway` posts
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the carrier has no port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    /** What reached a phone. */
    sentTo: (phone: string) => sent.filter(({ to }) => to === phone).map(({ text }) => text),
    /** The last six digits sent to a phone. */
    codeFor: (phone: string) => /\d{6}/.exec(sent.findLast(({ to }) => to === phone)?.text ?? '')?.[0] ?? '',
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}
