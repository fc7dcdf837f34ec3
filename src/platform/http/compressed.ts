import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

const zip = promisify(gzip)

/** Sends text, smaller where the browser can read it so: on a slow line a page arrives whole in its first packets. Sizes betray nothing to another site: its requests carry no cookie of ours (`SameSite`), so it is answered as a stranger. */
export async function sendText(request: FastifyRequest, reply: FastifyReply, text: string): Promise<FastifyReply> {
  void reply.header('vary', 'accept-encoding')
  if (!/\bgzip\b/.test(String(request.headers['accept-encoding']))) return reply.send(text)
  return reply.header('content-encoding', 'gzip').send(await zip(text))
}
