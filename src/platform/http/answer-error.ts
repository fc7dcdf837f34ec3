import type { FastifyReply, FastifyRequest } from 'fastify'
import { faceOf } from '#kernel/face.ts'
import { no, Refusal, statusOf, type No } from '#kernel/refusal.ts'
import type { Language, MessageKey } from '#platform/messages/messages.ts'
import { isGone } from '#platform/database/gone.ts'
import { sayIssue, sayRefusal } from './say-refusal.ts'
import type { Refused, Serving, Typed } from './serving.ts'
import { languageOf, looksOf } from '#platform/doors/visits.ts'

/** Says a refusal in our codes and words, as JSON under /api and as a page elsewhere; anything else is a fault, logged once with its request id. */
export function answerError(serving: Serving, error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const known = isGone(error) ? no('unavailable') : refusalOf(error)
  if (!known) serving.on.log.error({ id: request.id, route: request.routeOptions.url, err: error }, 'unexpected')
  const status = known ? statusOf(known) : 500
  if (known?.code === 'unavailable')
    serving.on.log.warn({ id: request.id, route: request.routeOptions.url, err: error }, 'the database is gone')
  const wait = known?.code === 'too_many' ? Number(known.detail['minutes']) * 60 : retryAfterSeconds
  if (status === 503 || known?.code === 'too_many') reply.header('retry-after', wait)
  if (known?.code === 'sign_in_first' && request.method === 'GET' && !request.url.startsWith('/api')) return reply.redirect('/return', 303)
  if (request.url.startsWith('/api'))
    return reply.status(status).send({
      code: known?.code ?? 'fault',
      message: sayRefusal(known, languageOf(request), faceOfApi(request)),
      detail: sayIssues(known, languageOf(request)),
      requestId: request.id,
    })
  return reply
    .status(status)
    .type('text/html; charset=utf-8')
    .send(serving.problem(known, refusedAt(serving, request)))
}

/** Whoever asks the API without being a known citizen is at the desk: citizens come by the portal's pages. */
const faceOfApi = ({ session }: FastifyRequest) => (session ? faceOf(session.actor) : 'desk')

const refusedAt = (serving: Serving, request: FastifyRequest): Refused => ({
  ...looksOf(request),
  session: request.session,
  url: request.url,
  now: serving.now(),
  requestId: request.id,
  again: typedIn(request),
})

/** A form that may be sent again, with everything typed; where nothing was found too, since it says no more than its sender did. Not at an address that takes no form at all. */
function typedIn(request: FastifyRequest): Typed | undefined {
  if (request.method !== 'POST' || request.is404) return undefined
  const form = typeof request.body === 'object' && request.body !== null ? request.body : {}
  const fields = Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: one })))
  const typed = fields.filter((field): field is Typed['fields'][number] => typeof field.value === 'string')
  return typed.length ? { action: request.url, fields: typed.map(({ name, value }) => ({ name, value: readable(value) })) } : undefined
}

/** What a page may carry: half a surrogate pair and NUL are what was refused. */
const readable = (text: string): string => text.toWellFormed().replaceAll('\0', '')

/** An expected no, in our codes: our own, the schema's, or the HTTP library's. */
function refusalOf(error: unknown): No | null {
  if (error instanceof Refusal) return error
  if (typeof error !== 'object' || error === null) return null
  const { validation, validationContext, code, statusCode } = error as {
    validationContext?: string
    validation?: { instancePath: string; keyword: string; message?: string; params: Record<string, unknown> }[]
    code?: string
    statusCode?: number
  }
  if (validation && validationContext === 'params') return nowhere
  if (validation)
    return {
      code: 'invalid',
      detail: {
        issues: validation.map((one) => ({
          path: one.instancePath.replace(/^\//, '').replaceAll('/', '.'),
          code: one.keyword,
          message: one.message ?? one.keyword,
          ...keysOf(one.params),
        })),
      },
    }
  const foreign = code && Object.hasOwn(theirs, code) ? theirs[code] : undefined
  return foreign ?? (statusCode && statusCode >= 400 && statusCode < 500 ? { code: 'invalid', detail: {} } : null)
}

/** Long enough for a database to change over, short enough for somebody who waits. */
const retryAfterSeconds = 10

const ofBody = (code: No['code'], message: MessageKey): No => ({ code, detail: { issues: [{ path: 'body', code, message }] } })
const invalid: No = { code: 'invalid', detail: {} }
const busy: No = { code: 'busy', detail: {} }
const nowhere: No = { code: 'not_found', detail: {} }

/** How the HTTP library and PostgreSQL say no, in our codes: values the database cannot hold, a key that is somebody else's, a clash that came twice. */
const theirs: Readonly<Record<string, No>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ofBody('file_too_large', 'answer.tooLong'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { code: 'media_type', detail: {} },
  FST_INVALID_MULTIPART_CONTENT_TYPE: { code: 'media_type', detail: {} },
  FST_ERR_CTP_INVALID_JSON_BODY: ofBody('invalid', 'answer.json'),
  FST_ERR_CTP_EMPTY_JSON_BODY: ofBody('invalid', 'answer.json'),
  FST_ERR_BAD_URL: nowhere,
  FST_ERR_MAX_PARAM_LENGTH: nowhere,
  '22P02': invalid,
  '22021': invalid,
  '22003': invalid,
  '22007': invalid,
  '22008': invalid,
  '23505': { code: 'key_reused', detail: {} },
  '40001': busy,
  '40P01': busy,
  '57P01': busy,
  '25006': busy,
}

const keysOf = (issue: object) => ('keys' in issue ? { keys: issue.keys } : {})
/** Each issue with words for the person at the field. */
const sayIssues = (known: No | null, language: Language): Record<string, unknown> => {
  if (!known?.detail.issues) return known?.detail ?? {}
  return { ...known.detail, issues: known.detail.issues.map((issue) => ({ ...issue, message: sayIssue(issue, language) })) }
}
