import { createHash, randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import swagger from '@fastify/swagger'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { dutiesOf } from '#kernel/actor.ts'
import { issuesOf, Refusal } from '#kernel/refusal.ts'
import { sendText } from './compressed.ts'
import { refuseUnreadable } from './edge-text.ts'
import { maxFileBytes } from '#platform/files/file-refused.ts'
import { hasOneHost, isOwnOrigin, ownOrigin } from './own-origin.ts'
import type { AnyRoute, Door, Page, PageReply } from './route.ts'
import type { Serving } from './serving.ts'
import { answerError } from './answer-error.ts'
import { deviceOf } from '#platform/doors/device.ts'
import { findSession, peekSession, type Session } from '#platform/doors/sessions.ts'
import type { Spooled } from '#platform/files/spool.ts'
import { work } from './work.ts'
import { leaveAtOnce } from './leaving.ts'
import { handingIn, knock, sourcing } from './knocking.ts'
import { networkOf, type Source } from './sender.ts'
import { cutSlowBodies } from './slow-bodies.ts'
import { streaming } from './streams.ts'
import { answering, cookies, knownDevices, readParts, visitOf, closeSpooled } from '#platform/doors/visits.ts'

declare module 'fastify' {
  interface FastifyRequest {
    session: Session | null
    nonce: string
    source: Source
    /** What was handed in with the request; closed when it is answered. */
    spooled: Spooled[]
    /** Why it could not be found out who asks; told once the form is read, so that it can be given back. */
    failure: unknown
  }
  interface FastifyContextConfig {
    /** The fields of a form that carries files. */
    form?: z.ZodObject
    /** A page left open is not somebody at work: it does not keep the session. */
    isWatching?: true
    /** Who may knock; what has none is open to anyone. */
    doors?: readonly Door[]
  }
}

/** Builds the HTTP server over a platform: JSON routes under /api with their OpenAPI document, and the portal's pages. Not yet listening. */
export async function buildServer(serving: Serving): Promise<FastifyInstance> {
  const logger: FastifyBaseLogger = serving.on.log
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: serving.proxies.length > 0 && [...serving.proxies],
    genReqId: () => randomBytes(8).toString('hex'),
    bodyLimit: 1024 * 1024,
    // The topics of a page stand in its stream's address, five matters at most.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 },
    frameworkErrors: (error, request, reply) => answerUnrouted(serving, error, request, reply),
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.removeContentTypeParser('text/plain') // nothing here takes it, and a form of another site may send it
  await app.register(cookie)
  await app.register(formbody)
  await app.register(multipart, {
    limits: { fileSize: maxFileBytes + 1, fields: 40, parts: 200, fieldSize: 64 * 1024 },
    throwFileSizeLimit: false,
  })
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: '法惠 Fahui', version: '1' } },
    transform: documented,
    transformObject: jsonSchemaTransformObject,
  })
  addHooks(app, serving)
  app.setErrorHandler((error, request, reply) => answerError(serving, error, request, reply))
  app.setNotFoundHandler((request, reply) => answerError(serving, new Refusal({ code: 'not_found', detail: {} }), request, reply))
  for (const route of serving.routes) addRoute(app, serving, route)
  for (const page of serving.pages) addPage(app, serving, page)
  const addStream = streaming(app, serving)
  for (const stream of serving.streams) addStream(stream, doorsOf(serving, stream.id))
  return app
}

/** What happens to every request before and after its handler. */
function addHooks(app: FastifyInstance, serving: Serving): void {
  app.decorateRequest('session', null)
  app.decorateRequest('nonce', '')
  app.decorateRequest('source')
  const sourceOf = sourcing(serving)
  app.decorateRequest('spooled')
  app.decorateRequest('failure', null)
  cutSlowBodies(app)
  leaveAtOnce(app)
  app.addHook('onRequest', async (request, reply) => {
    request.spooled = []
    request.source = sourceOf(request)
    // Where the sender goes before the answer nothing else is told.
    reply.raw.once('close', () => void closeSpooled(request))
  })
  app.addHook('onRequest', async (request, reply) => secure(serving, request, reply))
  // Of what a program sends nothing is read before its sender may knock; a person's form is read first, so that it can be given back with the refusal.
  app.addHook('onRequest', async (request) => {
    if (request.url.startsWith('/api')) letThrough(request)
  })
  app.addHook('preValidation', async (request) => {
    letThrough(request)
    cleanText(request)
  })
  app.addHook('onResponse', async (request, reply) =>
    serving.on.log.info(
      {
        id: request.id,
        from: networkOf(request.ip),
        route: request.routeOptions.url,
        method: request.method,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    ),
  )
}

/** A form that carries files is read and judged by us, since Fastify would judge it before it is read; the document shows its fields all the same. */
const documented: typeof jsonSchemaTransform = (its) => {
  const { form } = its.route.config ?? {}
  if (!form) return jsonSchemaTransform(its)
  return jsonSchemaTransform({
    ...its,
    schema: { ...its.schema, consumes: ['multipart/form-data'], body: form.extend({ file: z.file() }) },
  })
}

/** An address that cannot be read reaches no route and no hook: nobody is known by it, and its answer carries the same headers. */
function answerUnrouted(serving: Serving, error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  request.session = null
  harden(serving, request, reply)
  void answerError(serving, error, request, reply)
}

function harden({ styleSource }: Serving, request: FastifyRequest, reply: FastifyReply): void {
  request.nonce = randomBytes(16).toString('base64')
  const isDesk = request.url.startsWith('/desk')
  const styles = isDesk ? `'self' 'nonce-${request.nonce}'` : styleSource
  reply.headers({ ...headers, 'content-security-policy': policy(styles, isDesk) })
}

/** Headers, session and origin: before anything is parsed. */
async function secure(serving: Serving, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  harden(serving, request, reply)
  if (!hasOneHost(request)) throw new Refusal({ code: 'two_hosts', detail: {} })
  if (request.method !== 'GET' && request.method !== 'HEAD' && !isOwnOrigin(request, serving.origin))
    throw new Refusal({ code: 'cross_site', detail: {} })
  const token = request.url.startsWith('/api')
    ? (request.cookies[cookies.desk] ?? request.cookies[cookies.citizen])
    : request.cookies[cookies.citizen]
  const find = request.routeOptions.config.isWatching ? peekSession : findSession
  try {
    request.session = token ? await find(serving.on, token, serving.now()) : null
  } catch (error) {
    request.failure = error
  }
}

const headers = {
  'x-content-type-options': 'nosniff',
  // Stricter would make browsers send `Origin: null` with our own forms.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'geolocation=(), microphone=(), camera=()',
  'strict-transport-security': 'max-age=31536000',
  'cache-control': 'no-store',
}

/** The workbench's component library writes its styles at run time, under a nonce; a page of the portal carries its one style within it, and no other is let through. */
const policy = (styles: string, isDesk: boolean): string =>
  [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src ${styles}`,
    `img-src 'self' data: blob:`,
    `connect-src 'self'`,
    // The workbench reads PDFs in a worker of its own origin; nothing is compiled there, so WebAssembly stays off.
    ...(isDesk ? [`worker-src 'self'`] : []),
    `font-src 'self'`,
    `frame-ancestors 'none'`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `require-trusted-types-for 'script'`,
  ].join('; ')

/** What is said before any of it is read further: its texts are bounded, and PostgreSQL can store them. */
const cleanText = ({ body, query, params }: FastifyRequest): void => refuseUnreadable(body, query, params)

/** Lets the sender through to what they ask for, or says why not: before any of what they sent is judged. */
function letThrough({ failure, routeOptions, session }: FastifyRequest): void {
  if (failure) throw failure
  admit(routeOptions.config.doors ?? ['visitor'], session)
}

function addRoute(app: FastifyInstance, serving: Serving, route: AnyRoute): void {
  const doors = doorsOf(serving, route.id)
  const schema = {
    operationId: route.id,
    summary: route.summary,
    tags: [route.id.split('.')[0] ?? 'api'],
    ...(route.params && { params: route.params }),
    ...(route.query && { querystring: route.query }),
    ...(route.body && !route.takesFiles && { body: route.body }),
    response: { 200: route.returns, '4xx': Problem },
  }
  app.route({
    method: route.method,
    url: route.path,
    schema,
    config: { doors, ...(route.takesFiles && route.body && { form: route.body }) },
    handler: async (request, reply) => {
      await knock(serving, request, route.counts)
      const { body, uploads } = route.takesFiles
        ? await readParts(request, handingIn(serving, request))
        : { body: request.body, uploads: [] }
      const parsed = route.takesFiles && route.body ? route.body.safeParse(body) : null
      if (parsed && !parsed.success) throw new Refusal({ code: 'invalid', detail: { issues: issuesOf(parsed.error.issues) } })
      const asked = {
        params: request.params,
        query: request.query,
        body: parsed ? parsed.data : body,
        session: request.session,
        uploads,
        origin: ownOrigin(request, serving.origin) ?? '',
        device: deviceOf(request.headers['user-agent']),
        source: request.source,
        devices: knownDevices(serving.on, request),
        reply: answering(serving.on, reply),
      }
      return 'enter' in route ? route.enter(serving.on, asked, serving.now()) : work(serving, request, (tx) => route.handler(tx, asked))
    },
  })
}

/** Every refusal on the wire: a stable code, a sentence to the reader, and what it is about. */
export const Problem = z
  .object({ code: z.string(), message: z.string(), detail: z.record(z.string(), z.unknown()), requestId: z.string() })
  .meta({ id: 'Problem' })

function addPage(app: FastifyInstance, serving: Serving, page: Page): void {
  const doors = doorsOf(serving, page.id)
  app.route({
    method: page.method,
    url: page.path,
    schema: { hide: true },
    config: { doors },
    handler: async (request, reply) => {
      await knock(serving, request, typeof page.counts === 'function' ? page.counts(request.params as Record<string, string>) : page.counts) // path parameters are text
      const { on, origin } = serving
      const visit = await visitOf(request, reply, { on, origin, takesFiles: page.takesFiles, handIn: handingIn(serving, request) })
      return send(
        request,
        reply,
        'enter' in page
          ? await page.enter(serving.on, visit, serving.now())
          : await work(serving, request, (tx) => page.handler(tx, visit)),
      )
    },
  })
}

function doorsOf({ permissions }: Serving, id: string): readonly Door[] {
  const doors = permissions[id]
  if (!doors) throw new Error(`Route ${id} has no line in the permissions table (src/api/permissions.ts). Every route is declared there.`)
  return doors
}

function admit(doors: readonly Door[], session: Session | null): void {
  if (doors.includes('visitor')) return
  if (!session) throw new Refusal({ code: 'sign_in_first', detail: {} })
  const is: readonly string[] = session.actor.kind === 'staff' ? dutiesOf(session.actor) : [session.actor.kind]
  if (!doors.some((door) => is.includes(door))) throw new Refusal({ code: 'not_found', detail: {} })
}

function send(request: FastifyRequest, reply: FastifyReply, page: PageReply) {
  if ('redirect' in page) return reply.redirect(page.redirect, 303)
  if ('bytes' in page)
    return reply
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(page.name)}`)
      .header('content-security-policy', 'sandbox')
      .type(page.mime)
      .send(page.bytes)
  if ('live' in page) return sendLive(reply, page)
  if ('asset' in page)
    return sendText(request, reply.header('cache-control', 'public, max-age=31536000, immutable').type(page.mime), page.asset)
  return sendText(request, reply.status(page.status ?? 200).type('text/html; charset=utf-8'), page.html)
}

function sendLive(reply: FastifyReply, { live, mime }: { live: string; mime: string }) {
  const tag = `"${createHash('sha256').update(live).digest('base64url')}"`
  reply.header('cache-control', 'private, no-cache').header('etag', tag)
  return reply.request.headers['if-none-match'] === tag ? reply.status(304).send() : reply.type(mime).send(live)
}
