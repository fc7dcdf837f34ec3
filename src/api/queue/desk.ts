import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import fastifyStatic from '@fastify/static'
import { fileURLToPath } from 'node:url'

const dist = fileURLToPath(new URL('../../../web/workbench/dist/', import.meta.url))

/** Serves the built workbench under /desk: hashed assets may be kept for ever, the page carries a fresh style nonce each time. */
export async function serveDesk(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, {
    root: `${dist}assets`,
    prefix: '/desk/assets/',
    immutable: true,
    maxAge: '365d',
    cacheControl: true,
    decorateReply: false,
  })
  const page = await readFile(`${dist}index.html`, 'utf8').catch(() => {
    throw new Error('The workbench is not built. Run `npm ci`, or `npm run build`, first.')
  })
  const icon = await readFile(fileURLToPath(new URL('../../../web/workbench/icon.svg', import.meta.url)), 'utf8')
  app.get('/desk/icon.svg', { schema: { hide: true } }, (_, reply) => reply.type('image/svg+xml').send(icon))
  for (const url of ['/desk', '/desk/*'])
    app.get(url, { schema: { hide: true } }, (request, reply) =>
      reply.type('text/html; charset=utf-8').send(page.replaceAll('__CSP_NONCE__', request.nonce)),
    )
}
