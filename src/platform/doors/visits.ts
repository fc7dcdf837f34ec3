import type { FastifyReply, FastifyRequest } from 'fastify'
import { maxFilesPerForm } from '#kernel/journey/journey.ts'
import { Refusal } from '#kernel/refusal.ts'
import { refuseUnreadable } from '#platform/http/edge-text.ts'
import { languageFrom, type Language } from '#platform/messages/languages.ts'
import { spool } from '#platform/files/spool.ts'
import { noteLifeMs, openCookie, sealCookie } from '#platform/keys/note.ts'
import { isOwnOrigin, ownOrigin } from '#platform/http/own-origin.ts'
import type { Platform } from '#platform/platform.ts'
import { deviceLifeMs, devicesIn, withDevice, type KnownDevices } from './known-devices.ts'
import type { Answering, Sitting, Upload, Visit } from '#platform/http/route.ts'

/** The cookies' names; the prefix makes a browser refuse them over plain http or for a wider domain. */
export const cookies = {
  citizen: '__Host-fahui',
  desk: '__Host-fahui-desk',
  secret: '__Host-fahui-secret',
  note: '__Host-fahui-note',
  sitting: '__Host-fahui-sitting',
  device: '__Host-fahui-device',
} as const

const ours = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const

/** As long as a citizen's session may last. */
const sittingSeconds = 86_400
/** More than anyone writes at once; a cookie holds some two hundred. */
const secretsRemembered = 5

const noteCookie = (name: string): string => `${cookies.note}-${name}`

/** What a handler may do to the answer, over Fastify's reply. */
export const answering = (on: Platform, reply: FastifyReply): Answering => ({
  setSession(kind, token) {
    const options = { path: '/', httpOnly: true, secure: true, sameSite: kind === 'desk' ? 'strict' : 'lax' } as const
    if (token) void reply.setCookie(cookies[kind], token, options)
    else void reply.clearCookie(cookies[kind], options).header('clear-site-data', '"cache"')
    if (!token && kind === 'citizen') void reply.clearCookie(cookies.sitting, ours)
  },
  setPreference(name, value) {
    void reply.setCookie(name, value, { ...ours, maxAge: 365 * 86_400 })
  },
  setSecret(value) {
    if (!value) return void reply.clearCookie(cookies.secret, ours)
    const others = [...secretsOf(on, reply.request)].filter(([code]) => code !== value.code).slice(1 - secretsRemembered)
    const all = [...others, [value.code, value.secret]].map((pair) => pair.join('.'))
    void reply.setCookie(cookies.secret, sealCookie(on.keyring, 'secret', all.join('~')), ours)
  },
  setKnown(account) {
    if (!account) return void reply.clearCookie(cookies.device, ours)
    const sealed = withDevice(on, reply.request.cookies[cookies.device], account)
    void reply.setCookie(cookies.device, sealed, { ...ours, maxAge: deviceLifeMs / 1000 })
  },
  setSitting({ isPrivate, isShared }) {
    const words = [isPrivate && 'private', isShared && 'shared'].filter(Boolean)
    void reply.setCookie(cookies.sitting, words.join('.'), { ...ours, maxAge: sittingSeconds })
  },
  setNote(name, sealed) {
    if (sealed) void reply.setCookie(noteCookie(name), sealed, { ...ours, maxAge: noteLifeMs / 1000 })
    else void reply.clearCookie(noteCookie(name), ours)
  },
})

/** Where people reach the service, whether the page takes files, and what is asked before the first is. */
type Manner = { on: Platform; origin: string | undefined; takesFiles?: true | undefined; handIn: HandIn }

/** A request as a page's handler sees it. */
export async function visitOf(request: FastifyRequest, reply: FastifyReply, { on, origin, takesFiles, handIn }: Manner): Promise<Visit> {
  if (request.isMultipart() && !takesFiles) throw new Refusal({ code: 'media_type', detail: {} })
  const { body, uploads } = request.isMultipart() ? await readParts(request, handIn) : { body: request.body ?? {}, uploads: [] }
  return {
    params: request.params as Record<string, string>, // path parameters are text
    query: Object.fromEntries(
      Object.entries(request.query as Record<string, string | string[]>).map(([name, value]) => [name, [value].flat().at(-1) ?? '']),
    ), // Fastify's parser gives text, or a list where a name is repeated
    form: body as Visit['form'], // form bodies are text, or lists of it
    uploads,
    session: request.session,
    ...looksOf(request),
    county: request.cookies['county'] ?? '',
    secrets: secretsOf(on, request),
    noteOf: (name) => request.cookies[noteCookie(name)],
    path: request.url,
    origin: ownOrigin(request, origin) ?? '',
    source: request.source,
    devices: knownDevices(on, request),
    isFromHere: isOwnOrigin(request, origin),
    reply: answering(on, reply),
  }
}

/** How a reader has asked pages to look, and what their sitting is. */
export type Looks = Pick<Visit, 'language' | 'isLarge' | 'hasContrast' | 'sitting'>

export const looksOf = (request: Partial<Pick<FastifyRequest, 'cookies'>>): Looks => ({
  language: languageOf(request),
  isLarge: request.cookies?.['text'] === 'large',
  hasContrast: request.cookies?.['contrast'] === 'high',
  sitting: sittingOf(request.cookies?.[cookies.sitting]),
})

function sittingOf(cookie = ''): Sitting {
  const words = cookie.split('.')
  return { isPrivate: words.includes('private'), isShared: words.includes('shared') }
}

/** The reader's language: their choice, else Chinese. */
export const languageOf = ({ cookies: its }: Partial<Pick<FastifyRequest, 'cookies'>>): Language => languageFrom(its?.['language']) // an address that cannot be read is answered before cookies are

/** Where somebody signed in at this browser before. */
export const knownDevices = (on: Platform, { cookies: its }: Pick<FastifyRequest, 'cookies'>): KnownDevices =>
  devicesIn(on, its[cookies.device])

/** A browser carries the secrets sealed: whoever reads its cookies does not have them, and whatever opens was given it by us. */
function secretsOf({ keyring }: Platform, { cookies: its }: Pick<FastifyRequest, 'cookies'>): ReadonlyMap<string, string> {
  const pairs = openCookie(keyring, 'secret', its[cookies.secret])
    .split('~')
    .map((pair) => pair.split('.'))
  return new Map(pairs.flatMap(([code, secret]): [string, string][] => (code && secret ? [[code, secret]] : [])))
}

/** Lets go of what was handed in, once it is answered or whoever sends it is gone. */
export async function closeSpooled({ spooled }: FastifyRequest): Promise<void> {
  await Promise.all(spooled.splice(0).map((file) => file.close()))
}

type Parts = { body: Record<string, string | string[]>; uploads: Upload[] }

/** Asked before the first file of a form is taken; refuses where none is. */
export type HandIn = () => Promise<void>

/** Reads a multipart form whole; its fields stay with the request, so that a page of refusal can give them back. A file over the limit is cut one byte past it, and of too many files one is read past the limit, to be refused by field. */
export async function readParts(request: FastifyRequest, handIn: HandIn): Promise<Parts> {
  const parts: Parts = { body: {}, uploads: [] }
  request.body = parts.body
  await collect(request, parts, handIn).catch((error: unknown) => {
    // What the parser throws without a status is its word for a form that is cut short or malformed.
    if (error instanceof Refusal || (error instanceof Error && 'statusCode' in error)) throw error
    throw new Refusal({ code: 'invalid', detail: { issues: [{ path: 'body', code: 'invalid', message: 'answer.form' }] } })
  })
  refuseUnreadable(
    parts.body,
    parts.uploads.map((upload) => upload.name),
  )
  return parts
}

/** Where files are refused the rest of the form is read all the same, for what was typed to be given back. */
async function collect(request: FastifyRequest, { body, uploads }: Parts, handIn: HandIn): Promise<void> {
  let refused: Promise<unknown> | undefined
  for await (const part of request.parts()) {
    if (part.type === 'file' && (uploads.length > maxFilesPerForm || !request.session)) part.file.resume()
    else if (part.type === 'file' && (await (refused ??= handIn().catch((error: unknown) => error)))) part.file.resume()
    else if (part.type === 'file') {
      const file = await spool(part.file, request.session?.tokenHash ?? '')
      request.spooled.push(file)
      if (request.raw.socket.destroyed) await closeSpooled(request)
      if (file.size) uploads.push({ field: part.fieldname, name: part.filename, clean: file.clean })
    } else body[part.fieldname] = part.fieldname in body ? [body[part.fieldname]!, String(part.value)].flat() : String(part.value) // present: just checked
  }
  const why = await refused
  if (why) throw why
}
