import { queryOptions } from '@tanstack/react-query'
import createClient from 'openapi-fetch'
import type { Act, At, MaskedField, Me, No, Paths, SignIn } from './contract.ts'
import { claimDrafts } from './drafts.ts'
import { documentUrl, type QueueSearch } from './paths.ts'

/** The server's "no", or the lack of an answer, with what to tell the reader. */
export class Refused extends Error {
  override name = 'Refused'
  readonly code: string
  readonly detail: No['detail']
  constructor({ code, message, detail }: No) {
    super(message)
    this.code = code
    this.detail = detail
  }
}

const unreachable: No = {
  code: 'unreachable',
  message: '连不上服务器。请检查网络，稍等片刻再试；已填的内容还在。',
  detail: {},
}
const broken = (status: number): No => ({
  code: 'broken',
  message: `系统出了问题（${status}），这不是您的操作造成的。请稍后再试；一直这样，请告诉系统管理员。`,
  detail: {},
})

const client = createClient<Paths>({
  baseUrl: window.location.origin,
  fetch: (request) => fetch(request).catch(() => Promise.reject(new Refused(unreachable))),
})

type Answer<T> = { data?: T; error?: unknown; response: Response }

const isNo = (body: unknown): body is No => typeof body === 'object' && body !== null && 'code' in body && 'message' in body

async function got<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer.catch((thrown: unknown) => {
    throw thrown instanceof Refused ? thrown : new Refused(broken(0))
  })
  if (response.ok) return data as T // openapi-fetch types a success as possibly empty; our routes do not
  throw new Refused(isNo(error) ? { ...error, detail: error.detail ?? {} } : broken(response.status))
}

function claimed(me: Me): Me {
  claimDrafts(me.id)
  return me
}

/** Who is signed in. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => got(client.GET('/api/me', { signal })).then(claimed),
  staleTime: Infinity,
})

/** Matters on one page of a queue. */
const pageSize = 50

/** One page of a queue; looked at again every minute, since others work it too. */
export const queueQuery = (query: QueueSearch) =>
  queryOptions({
    queryKey: ['queue', query],
    queryFn: ({ signal }) => got(client.GET('/api/queue', { params: { query: { ...query, limit: pageSize } }, signal })),
    refetchInterval: 60_000,
  })

/** A matter as it stands. */
export const matterQuery = ({ region, id }: At) =>
  queryOptions({
    queryKey: ['matter', region, id],
    queryFn: ({ signal }) => got(client.GET('/api/matters/{region}/{id}', { params: { path: { region, id } }, signal })),
  })

/** Who might be given the matter; asked afresh each time, since workloads move. */
export const candidatesQuery = ({ region, id }: At) =>
  queryOptions({
    queryKey: ['candidates', region, id],
    queryFn: ({ signal }) => got(client.GET('/api/matters/{region}/{id}/candidates', { params: { path: { region, id } }, signal })),
    staleTime: 0,
  })

/** A file's bytes, read once while they are looked at: each reading is recorded. */
export const documentQuery = (at: Pick<At, 'region'>, document: string) =>
  queryOptions({
    queryKey: ['document', document],
    queryFn: ({ signal }) => fileAt(documentUrl(at, document), signal),
    staleTime: Infinity,
    gcTime: 0,
  })

async function fileAt(url: string, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(url, { signal }).catch(() => Promise.reject(new Refused(unreachable)))
  if (response.ok) return response.blob()
  const body: unknown = await response.json().catch(() => null) // not ours: a proxy's page
  throw new Refused(isNo(body) ? { ...body, detail: body.detail ?? {} } : broken(response.status))
}

/** The published indicators. */
export const measuresQuery = queryOptions({
  queryKey: ['measures'],
  queryFn: ({ signal }) => got(client.GET('/api/measures', { signal })),
})

/** Signs in; resolves to the person signed in. */
export const signIn = (body: SignIn) => got(client.POST('/api/sign-in', { body }))

/** Ends the session. */
export const signOut = () => got(client.POST('/api/sign-out'))

/** Takes an action at the path the server named; resolves to the matter after it. */
export const act = (path: string, body: Act) => got(client.POST(path as '/api/{line}/{region}/{id}/{action}', { body })) // the server's own path, already filled in

/** Computes eligibility; resolves to the matter with its assessment. */
export const assess = ({ region, id }: At, body: { version: number; key: string }) =>
  got(client.POST('/api/matters/{region}/{id}/assess', { params: { path: { region, id } }, body }))

/** Reads one personal value in full; the reason is logged with the reader's name. */
export const reveal = ({ region, id }: At, body: { person: string; field: MaskedField; reason: string }) =>
  got(client.POST('/api/matters/{region}/{id}/reveal', { params: { path: { region, id } }, body }))

/** Writes a note for colleagues; resolves to the matter with it. */
export const addNote = ({ region, id }: At, body: { key: string; text: string }) =>
  got(client.POST('/api/matters/{region}/{id}/notes', { params: { path: { region, id } }, body }))

/** Strikes out a note of one's own; resolves to the matter without its text. */
export const strikeNote = ({ region, id }: At, note: string) =>
  got(client.POST('/api/matters/{region}/{id}/notes/{note}/strike', { params: { path: { region, id, note } }, body: {} }))

/** Adds a file; resolves to the matter with it. */
export const upload = ({ region, id }: At, body: { kind: string; version: number; key: string; file: File }) =>
  got(client.POST('/api/matters/{region}/{id}/documents', { params: { path: { region, id } }, body, bodySerializer: multipart }))

/** The file goes last: the server reads the fields before it decides to take the stream. */
function multipart({ file, ...fields }: { file: Blob; [field: string]: unknown }): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value))
  form.set('file', file)
  return form
}
