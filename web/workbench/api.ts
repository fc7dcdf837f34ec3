import { queryOptions } from '@tanstack/react-query'
import createClient from 'openapi-fetch'
import type { Act, At, MaskedField, No, Paths, SignIn } from './contract.ts'
import type { QueueSearch } from './paths.ts'

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

/** The typed client; parts of the desk with calls of their own share it. */
export const client = createClient<Paths>({
  baseUrl: window.location.origin,
  fetch: (request) => fetch(request).catch(() => Promise.reject(new Refused(unreachable))),
})

type Answer<T> = { data?: T; error?: unknown; response: Response }

const isNo = (body: unknown): body is No => typeof body === 'object' && body !== null && 'code' in body && 'message' in body

/** The answer, or the refusal as an error. */
export async function got<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer.catch((thrown: unknown) => {
    throw thrown instanceof Refused ? thrown : new Refused(broken(0))
  })
  if (response.ok) return data as T // openapi-fetch types a success as possibly empty; our routes do not
  throw new Refused(isNo(error) ? { ...error, detail: error.detail ?? {} } : broken(response.status))
}

/** Who is signed in. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => got(client.GET('/api/me', { signal })),
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
