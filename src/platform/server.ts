import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Refusal, refusals, type No } from '#kernel/refusal.ts'
import { findBadText } from './edge-text.ts'
import { maxFileBytes } from './file-store.ts'
import { sayIssue, sayRefusal } from './say-refusal.ts'
import type { Platform } from './platform.ts'
import type { AnyRoute, Answering, Door, Page, PageReply, Upload, Visit } from './route.ts'
import { findSession, type Session } from './sessions.ts'
import { as, visitor } from './tx.ts'

/** What a server is made of. `permissions` must name every route and page, or the server does not start. */
export type Serving = {
  on: Platform
  routes: readonly AnyRoute[]
  pages: readonly Page[]
  permissions: Readonly<Record<string, readonly Door[]>>
  now: () => Date
  /** The page shown for a refusal or a fault. */
  problem(no: No | null, language: 'zh' | 'en', requestId: string): string
  /** Whether cookies are marked Secure; browsers take localhost for secure, so only a plain-http test turns it off. */
  origin?: string | undefined
}

const cookies = { citizen: '__Host-fahui', desk: '__Host-fahui-desk', secret: '__Host-fahui-secret' } as const

declare module 'fastify' {
  interface FastifyRequest {
    session: Session | null
    nonce: string
  }
}

/** Builds the HTTP server over a platform: JSON routes under /api with their OpenAPI document, and the portal's pages. Not yet listening. */
export async function buildServer(serving: Serving): Promise<FastifyInstance> {
  const logger: FastifyBaseLogger = serving.on.log
  const app = Fastify({ loggerInstance: logger, trustProxy: Boolean(serving.origin), genReqId: () => randomBytes(8).toString('hex'), bodyLimit: 1024 * 1024, routerOptions: { ignoreTrailingSlash: true } })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  await app.register(cookie)
  await app.register(formbody)
  await app.register(multipart, { limits: { fileSize: maxFileBytes, files: 5, fields: 40, fieldSize: 64 * 1024 } })
  await app.register(swagger, { openapi: { openapi: '3.1.0', info: { title: '法惠 Fahui', version: '1' } }, transform: jsonSchemaTransform })
  app.decorateRequest('session', null)
  app.decorateRequest('nonce', '')
  app.addHook('onRequest', async (request, reply) => secure(serving, request, reply))
  app.addHook('preValidation', async (request) => cleanText(request))
  app.addHook('onResponse', async (request, reply) => serving.on.log.info({ id: request.id, route: request.routeOptions.url, method: request.method, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered'))
  app.setErrorHandler((error, request, reply) => answerError(serving, error, request, reply))
  app.setNotFoundHandler((request, reply) => answerError(serving, new Refusal({ code: 'not_found', detail: {} }), request, reply))
  for (const route of serving.routes) addRoute(app, serving, route)
  for (const page of serving.pages) addPage(app, serving, page)
  return app
}

/** Headers, session and origin: before anything is parsed. */
async function secure(serving: Serving, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  request.nonce = randomBytes(16).toString('base64')
  reply.headers({ ...headers, 'content-security-policy': policy(request.nonce, request.url.startsWith('/desk')) })
  if (request.method !== 'GET' && request.method !== 'HEAD' && !isOwnOrigin(request, serving.origin)) throw new Refusal({ code: 'cross_site', detail: {} })
  const token = request.url.startsWith('/api') ? (request.cookies[cookies.desk] ?? request.cookies[cookies.citizen]) : request.cookies[cookies.citizen]
  request.session = token ? await findSession(serving.on, token, serving.now()) : null
}

const headers = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'geolocation=(), microphone=(), camera=()',
  'strict-transport-security': 'max-age=31536000',
  'cache-control': 'no-store',
}

/** The workbench's component library writes its styles at run time, under a nonce; the portal has one stylesheet and no script. */
const policy = (nonce: string, isDesk: boolean): string =>
  [
    `default-src 'none'`, `script-src 'self'`, `style-src 'self'${isDesk ? ` 'nonce-${nonce}'` : ''}`, `img-src 'self' data: blob:`, `connect-src 'self'`, `font-src 'self'`,
    `frame-ancestors 'none'`, `form-action 'self'`, `base-uri 'none'`, `require-trusted-types-for 'script'`,
  ].join('; ')

/** A form posted from another site carries the other site's origin; one without either header cannot be told apart and is refused. */
function isOwnOrigin(request: FastifyRequest, origin: string | undefined): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const from = request.headers.origin
  if (from === undefined) return site !== undefined
  const own = origin ?? `${request.protocol}://${request.headers.host}`
  return from === new URL(own).origin
}

/** PostgreSQL stores neither NUL nor half a surrogate pair; both are refused here, in one place (TRUST 0.10). */
async function cleanText(request: FastifyRequest): Promise<void> {
  const path = findBadText(request.body) ?? findBadText(request.query) ?? findBadText(request.params)
  if (path !== null) throw new Refusal({ code: 'bad_text', detail: { issues: [{ path: path.replace(/^\$?\.?/, ''), code: 'bad_text', message: 'bad_text' }] } })
}

function addRoute(app: FastifyInstance, serving: Serving, route: AnyRoute): void {
  const doors = doorsOf(serving, route.id)
  const schema = {
    operationId: route.id, summary: route.summary, tags: [route.id.split('.')[0] ?? 'api'],
    ...(route.params && { params: route.params }), ...(route.query && { querystring: route.query }), ...(route.body && !route.takesFiles && { body: route.body }),
    response: { 200: route.returns, '4xx': Problem },
  }
  app.route({
    method: route.method, url: route.path, schema,
    handler: async (request, reply) => {
      admit(doors, request.session)
      const { body, uploads } = route.takesFiles ? await readParts(request) : { body: request.body, uploads: [] }
      const parsed = route.takesFiles && route.body ? route.body.safeParse(body) : null
      if (parsed && !parsed.success) throw new Refusal({ code: 'invalid', detail: { issues: issuesOf(parsed.error.issues) } })
      const asked = { params: request.params, query: request.query, body: parsed ? parsed.data : body, session: request.session, uploads, reply: answering(reply) }
      return 'enter' in route ? route.enter(serving.on, asked, serving.now()) : work(serving, request, (tx) => route.handler(tx, asked))
    },
  })
}

/** Every refusal on the wire: a stable code, a sentence to the reader, and what it is about. */
export const Problem = z.object({ code: z.string(), message: z.string(), detail: z.record(z.string(), z.unknown()), requestId: z.string() }).meta({ id: 'Problem' })

function addPage(app: FastifyInstance, serving: Serving, page: Page): void {
  const doors = doorsOf(serving, page.id)
  app.route({
    method: page.method, url: page.path, schema: { hide: true },
    handler: async (request, reply) => {
      admit(doors, request.session)
      const visit = await visitOf(request, reply)
      return send(reply, 'enter' in page ? await page.enter(serving.on, visit, serving.now()) : await work(serving, request, (tx) => page.handler(tx, visit)))
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
  const is: readonly string[] = session.actor.kind === 'staff' ? session.actor.duties : [session.actor.kind]
  if (!doors.some((door) => is.includes(door))) throw new Refusal({ code: 'not_found', detail: {} })
}

/** One unit of work per request; a clash with another is tried again, since its key or version makes that safe. */
async function work<T>(serving: Serving, request: FastifyRequest, job: Parameters<typeof as<T>>[3]): Promise<T> {
  const once = () => as(serving.on, request.session?.actor ?? visitor, serving.now(), job)
  try {
    return await once()
  } catch (error) {
    if (!isClash(error)) throw error
    return once()
  }
}

const clashes = new Set(['40001', '40P01', '23505', '57P01', '25006'])
const isClash = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && clashes.has(String(error.code))

const answering = (reply: FastifyReply): Answering => ({
  setSession(kind, token) {
    const options = { path: '/', httpOnly: true, secure: true, sameSite: kind === 'desk' ? 'strict' : 'lax' } as const
    if (token) void reply.setCookie(cookies[kind], token, options)
    else void reply.clearCookie(cookies[kind], options).header('clear-site-data', '"cache"')
  },
  setPreference(name, value) {
    void reply.setCookie(name, value, { path: '/', maxAge: 365 * 86_400, sameSite: 'lax', httpOnly: true })
  },
  setSecret(value) {
    const options = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const
    if (value) void reply.setCookie(cookies.secret, `${value.code}.${value.secret}`, options)
    else void reply.clearCookie(cookies.secret, options)
  },
})

async function visitOf(request: FastifyRequest, reply: FastifyReply): Promise<Visit> {
  const { body, uploads } = request.isMultipart() ? await readParts(request) : { body: request.body ?? {}, uploads: [] }
  return {
    params: request.params as Record<string, string>, // path parameters are text
    query: request.query as Record<string, string>, // Fastify's parser gives text; arrays are not used in our links
    form: body as Visit['form'], // form bodies are text, or lists of it
    uploads, session: request.session, language: languageOf(request), isLarge: request.cookies['text'] === 'large', secret: secretOf(request), path: request.url, reply: answering(reply),
  }
}

const languageOf = (request: FastifyRequest): 'zh' | 'en' => (request.cookies['language'] === 'en' ? 'en' : 'zh')

function secretOf(request: FastifyRequest): Visit['secret'] {
  const [code, secret] = (request.cookies[cookies.secret] ?? '').split('.')
  return code && secret ? { code, secret } : null
}

/** Reads a multipart form whole. What runs over the limit is refused as such, by field. */
async function readParts(request: FastifyRequest): Promise<{ body: Record<string, string | string[]>; uploads: Upload[] }> {
  const body: Record<string, string | string[]> = {}
  const uploads: Upload[] = []
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      const bytes = await part.toBuffer().catch((error: { code?: string }) => {
        throw error.code === 'FST_REQ_FILE_TOO_LARGE' ? new Refusal({ code: 'file_too_large', detail: { issues: [{ path: part.fieldname, code: 'file_too_large', message: 'file_too_large' }] } }) : error
      })
      if (bytes.length) uploads.push({ field: part.fieldname, name: part.filename, bytes })
    } else body[part.fieldname] = part.fieldname in body ? [body[part.fieldname]!, String(part.value)].flat() : String(part.value) // present: just checked
  }
  const bad = findBadText(body) ?? findBadText(uploads.map((upload) => upload.name))
  if (bad !== null) throw new Refusal({ code: 'bad_text', detail: { issues: [{ path: bad, code: 'bad_text', message: 'bad_text' }] } })
  return { body, uploads }
}

function send(reply: FastifyReply, page: PageReply) {
  if ('redirect' in page) return reply.redirect(page.redirect, 303)
  if ('bytes' in page)
    return reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(page.name)}`).header('content-security-policy', 'sandbox').type(page.mime).send(page.bytes)
  if ('asset' in page) return reply.header('cache-control', 'public, max-age=3600').type(page.mime).send(page.asset)
  return reply.status(page.status ?? 200).type('text/html; charset=utf-8').send(page.html)
}

function answerError(serving: Serving, error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const known = refusalOf(error)
  if (!known) serving.on.log.error({ id: request.id, route: request.routeOptions.url, err: error }, 'unexpected')
  const status = known ? refusals[known.code] : 500
  if (known?.code === 'sign_in_first' && request.method === 'GET' && !request.url.startsWith('/api')) return reply.redirect('/return', 303)
  if (request.url.startsWith('/api'))
    return reply.status(status).send({ code: known?.code ?? 'fault', message: sayRefusal(known, languageOf(request)), detail: sayIssues(known, languageOf(request)), requestId: request.id })
  return reply.status(status).type('text/html; charset=utf-8').send(serving.problem(known, languageOf(request), request.id))
}

/** An expected no, in our codes: our own, the schema's, or the HTTP library's. */
function refusalOf(error: unknown): No | null {
  if (error instanceof Refusal) return { code: error.code, detail: error.detail }
  if (typeof error !== 'object' || error === null) return null
  const { validation, code, statusCode } = error as { validation?: { instancePath: string; params?: { issue?: z.core.$ZodIssue } }[]; code?: string; statusCode?: number }
  if (validation) return { code: 'invalid', detail: { issues: validation.map((one) => ({ path: one.instancePath.replace(/^\//, '').replaceAll('/', '.'), code: one.params?.issue?.code ?? 'invalid', message: one.params?.issue?.message ?? 'invalid', ...keysOf(one.params?.issue) })) } }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || code === 'FST_REQ_FILE_TOO_LARGE') return { code: 'file_too_large', detail: {} }
  if (code === '22P02' || code === '22021') return { code: 'invalid', detail: {} }
  return statusCode && statusCode >= 400 && statusCode < 500 ? { code: 'invalid', detail: {} } : null
}

const keysOf = (issue: z.core.$ZodIssue | undefined) => (issue && 'keys' in issue ? { keys: issue.keys } : {})
const issuesOf = (issues: readonly z.core.$ZodIssue[]) => issues.map((issue) => ({ path: issue.path.map(String).join('.'), code: issue.code, message: issue.message, ...keysOf(issue) }))

/** Each issue with words for the person at the field. */
const sayIssues = (known: No | null, language: 'zh' | 'en'): Record<string, unknown> => {
  if (!known || !Array.isArray(known.detail['issues'])) return known?.detail ?? {}
  const issues = known.detail['issues'] as { path: string; code: string; message: string }[] // made above or by `decide`
  return { ...known.detail, issues: issues.map((issue) => ({ ...issue, message: sayIssue(issue, language) })) }
}
