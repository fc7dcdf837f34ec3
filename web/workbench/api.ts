import { keepPreviousData, queryOptions, replaceEqualDeep } from '@tanstack/react-query'
import createClient from 'openapi-fetch'
import type {
  Act,
  At,
  OpeningForm,
  CheckKey,
  Feed,
  MaskedField,
  Matter,
  Me,
  Naming,
  No,
  Paths,
  SavedFilter,
  SentLink,
  SignIn,
  UrgentAsk,
} from './contract.ts'
import { documentUrl, type DirectorySearch, type QueueSearch } from './frame/paths.ts'
import { claimDrafts } from './act/drafts.ts'

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

/** The service as its OpenAPI document describes it. */
export const client = createClient<Paths>({
  baseUrl: window.location.origin,
  fetch: (request) => fetch(request).catch(() => Promise.reject(new Refused(unreachable))),
})

type Answer<T> = { data?: T; error?: unknown; response: Response }

const isNo = (body: unknown): body is No => typeof body === 'object' && body !== null && 'code' in body && 'message' in body

/** The answer, or the server's no thrown. */
export async function got<T>(answer: Promise<Answer<T>>): Promise<T> {
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

/** The same page as it stood when one set out to walk through it: a matter that is done meanwhile keeps its place. */
export const walkQuery = (query: QueueSearch) =>
  queryOptions({ ...queueQuery(query), queryKey: ['walk', query], refetchInterval: false, staleTime: Infinity })

/** Whether a flood of filings runs; looked at again every minute. */
export const floodQuery = queryOptions({
  queryKey: ['flood'],
  queryFn: ({ signal }) => got(client.GET('/api/floods', { signal })),
  refetchInterval: 60_000,
})

/** What a queue may be narrowed to, by people of one place. */
export const choicesQuery = (region: string | undefined) =>
  queryOptions({
    queryKey: ['choices', region],
    queryFn: ({ signal }) => got(client.GET('/api/queue/choices', { params: { query: region ? { region } : {} }, signal })),
    staleTime: 600_000,
    placeholderData: keepPreviousData,
  })

/** The filters this reader keeps. */
export const filtersQuery = queryOptions({
  queryKey: ['filters'],
  queryFn: ({ signal }) => got(client.GET('/api/filters', { signal })),
  staleTime: 600_000,
})

/** A matter as it stands. */
export const matterQuery = ({ region, id }: At) =>
  queryOptions({
    queryKey: ['matter', region, id],
    queryFn: ({ signal }) => got(client.GET('/api/matters/{region}/{id}', { params: { path: { region, id } }, signal })),
    structuralSharing: newer,
  })

/** What was read before an act may arrive after the act's own answer: it does not take its place. */
function newer(held: unknown, read: unknown): unknown {
  const versionOf = (its: unknown) => (its as Matter | undefined)?.version ?? 0 // a matter's query holds matters
  return versionOf(held) > versionOf(read) ? held : replaceEqualDeep(held, read)
}

/**
 * Who else has a matter open: asked when the page is told that somebody came or went, and held by no query. Where nobody is signed in any more, a query's
 * failure would lead the reader away from what they are writing; their own next step tells them.
 */
export const whoIsPresent = ({ region, id }: At) =>
  got(client.GET('/api/matters/{region}/{id}/people', { params: { path: { region, id } } }))

/** What a panel of the matter holds that is weighed when it is asked for, as workloads move: asked afresh each time. */
export const panelQuery = ({ region, id }: At, key: string) =>
  queryOptions({
    queryKey: ['panel', region, id, key],
    queryFn: ({ signal }) => got(client.GET('/api/matters/{region}/{id}/panels/{key}', { params: { path: { region, id, key } }, signal })),
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

/** What was done in all matters together, and where they stand. */
export const figuresQuery = queryOptions({
  queryKey: ['figures'],
  queryFn: ({ signal }) => got(client.GET('/api/figures', { signal })),
})

/** Keeps a filter, or changes the one of the same id; resolves to all of them. */
export const saveFilter = (body: SavedFilter) => got(client.POST('/api/filters', { body }))

/** Forgets a filter; resolves to those left. */
export const dropFilter = (id: string) => got(client.POST('/api/filters/drop', { body: { id } }))
/** What falls on the days from … to. */
export const calendarQuery = (query: { from: string; to: string; mine?: '1'; line?: string }) =>
  queryOptions({
    queryKey: ['calendar', query],
    queryFn: ({ signal }) => got(client.GET('/api/calendar', { params: { query }, signal })),
  })

/** The reader's calendar subscriptions. */
export const feedsQuery = queryOptions({
  queryKey: ['feeds'],
  queryFn: ({ signal }) => got(client.GET('/api/calendar/feeds', { signal })),
})

/** Makes or renews a subscription; resolves to its address, which is told this once. */
export const subscribe = (scope: Feed['scope']) => got(client.POST('/api/calendar/feeds', { body: { scope } }))

/** Ends a subscription; resolves to those that are left. */
export const unsubscribe = (scope: Feed['scope']) => got(client.POST('/api/calendar/feeds/end', { body: { scope } }))

/** One page of the register's people. */
export const peopleQuery = ({ of: _, ...query }: DirectorySearch) =>
  queryOptions({
    queryKey: ['people', query],
    queryFn: ({ signal }) => got(client.GET('/api/directory/people', { params: { query }, signal })),
  })

/** One page of the register's offices. */
export const officesQuery = ({ under, q, after }: DirectorySearch) => {
  const query = { ...(under && { under }), ...(q && { q }), ...(after && { after }) }
  return queryOptions({
    queryKey: ['offices', query],
    queryFn: ({ signal }) => got(client.GET('/api/directory/offices', { params: { query }, signal })),
  })
}

/** One practitioner. */
export const personQuery = (path: At) =>
  queryOptions({
    queryKey: ['person', path.region, path.id],
    queryFn: ({ signal }) => got(client.GET('/api/directory/people/{region}/{id}', { params: { path }, signal })),
  })

/** One office. */
export const officeQuery = (path: At) =>
  queryOptions({
    queryKey: ['office', path.region, path.id],
    queryFn: ({ signal }) => got(client.GET('/api/directory/offices/{region}/{id}', { params: { path }, signal })),
  })

type EntryChange = { version: number; input: Record<string, unknown> }

/** Changes what the register says of a practitioner; resolves to the entry after it. */
export const changePerson = ({ region, id }: At, body: EntryChange) =>
  got(client.POST('/api/directory/people/{region}/{id}', { params: { path: { region, id } }, body: body as never })) // the form is the server's own schema

/** Changes how an office is reached; resolves to the entry after it. */
export const changeOffice = ({ region, id }: At, body: EntryChange) =>
  got(client.POST('/api/directory/offices/{region}/{id}', { params: { path: { region, id } }, body: body as never })) // the form is the server's own schema

type Wanted = { line: string; key: string }
const addressesOf = (matters: readonly At[]) => matters.map(({ region, id }) => ({ region, id }))

/** What may be done to many matters, and, given an action, which of them it is open to. */
export const bulkQuery = (matters: readonly At[], action?: Wanted) =>
  queryOptions({
    queryKey: ['bulk', action?.line, action?.key, ...matters.map(({ id }) => id)],
    queryFn: ({ signal }) =>
      got(client.POST('/api/bulk/preview', { body: { matters: addressesOf(matters), ...(action && { action: named(action) }) }, signal })),
    staleTime: 0,
  })

/** What an action would do to many matters, its form filled in. */
export const previewBulk = (matters: readonly At[], action: Wanted, input: Record<string, unknown>) =>
  got(client.POST('/api/bulk/preview', { body: { matters: addressesOf(matters), action: named(action), input } }))

const named = ({ line, key }: Wanted) => ({ line, key })

/** What is found for a term. It is held no longer than it is shown, since it may be a person's number. */
export const searchQuery = (term: string) =>
  queryOptions({
    queryKey: ['search', term],
    queryFn: ({ signal }) => got(client.POST('/api/search', { body: { term }, signal })),
    staleTime: 30_000,
    gcTime: 0,
  })

/** What this reader is told; looked at again every minute. */
export const noticesQuery = queryOptions({
  queryKey: ['notices'],
  queryFn: ({ signal }) => got(client.GET('/api/notices', { signal })),
  refetchInterval: 60_000,
})

/** Marks notices as read; resolves to all of them. */
export const readNotices = (ids: string[]) => got(client.POST('/api/notices/read', { body: { ids } }))

/** Takes the mark back; resolves to all of them. */
export const unreadNotices = (ids: string[]) => got(client.POST('/api/notices/unread', { body: { ids } }))

/** Signs in; resolves to the person signed in. */
export const signIn = (body: SignIn) => got(client.POST('/api/sign-in', { body }))

/** Ends the session. */
export const signOut = () => got(client.POST('/api/sign-out'))

/** What this reader may take in for somebody. */
export const openingsQuery = queryOptions({
  queryKey: ['openings'],
  queryFn: ({ signal }) => got(client.GET('/api/openings', { signal })) as Promise<{ rows: OpeningForm[] }>, // the wire leaves the forms open
  staleTime: 600_000,
})

/** Opens a matter for somebody at the path the server named; resolves to it. */
export const takeIn = (path: string, body: At & Record<string, unknown>) => got(client.POST(path as '/api/{line}', { body })) // the server's own path

/** Takes an action at the path the server named; resolves to the matter after it. */
export const act = (path: string, body: Act) => got(client.POST(path as '/api/{line}/{region}/{id}/{action}', { body })) // the server's own path, already filled in

/** Reads one personal value in full; the reason is logged with the reader's name. */
export const reveal = ({ region, id }: At, body: { person: string; field: MaskedField; reason: string }) =>
  got(client.POST('/api/matters/{region}/{id}/reveal', { params: { path: { region, id } }, body }))

const factPath = ({ region, id }: At, question: string) => ({ params: { path: { region, id, question } } })

/** Notes how an answer was checked; resolves to the matter with it. */
export const verifyFact = (at: At, question: string, body: { seq: number; holder: string; how: CheckKey }) =>
  got(client.POST('/api/matters/{region}/{id}/facts/{question}/verify', { ...factPath(at, question), body })) as Promise<Matter> // the wire leaves the actions' forms open

/** Takes one's own check back; resolves to the matter without it. */
export const unverifyFact = (at: At, question: string, body: { seq: number; holder: string; reason: string }) =>
  got(client.POST('/api/matters/{region}/{id}/facts/{question}/unverify', { ...factPath(at, question), body })) as Promise<Matter> // likewise

/** Where a route of one matter is sent. */
export const ofMatter = ({ region, id }: At) => ({ params: { path: { region, id } } })

/** Who may be named when a matter is confined, and for what reasons it is. */
export const colleaguesQuery = (at: At) =>
  queryOptions({
    queryKey: ['colleagues', at.region, at.id],
    queryFn: ({ signal }) => got(client.GET('/api/matters/{region}/{id}/colleagues', { ...ofMatter(at), signal })),
  })

/** Lets only those named see a matter; resolves to it. */
export const confineMatter = (at: At, body: Naming) =>
  got(client.POST('/api/matters/{region}/{id}/confine', { ...ofMatter(at), body })) as Promise<Matter> // the wire leaves the actions' forms open

/** Opens a confined matter again; resolves to it. */
export const openMatterAgain = (at: At, reason: string) =>
  got(client.POST('/api/matters/{region}/{id}/open-again', { ...ofMatter(at), body: { reason } })) as Promise<Matter> // likewise

/** Sends a party without an account a one-time link; resolves to its letter, where it goes on paper, and to what is told apart. */
export const sendLink = (at: At, body: SentLink) => got(client.POST('/api/matters/{region}/{id}/links', { ...ofMatter(at), body }))

/** Takes a link back; resolves to the matter. */
export const withdrawLink = ({ region, id }: At, link: string) =>
  got(client.POST('/api/matters/{region}/{id}/links/{link}/withdraw', { params: { path: { region, id, link } } })) as Promise<Matter> // likewise

/** How many matters are confined, by county. */
export const confinedQuery = queryOptions({
  queryKey: ['confined'],
  queryFn: ({ signal }) => got(client.GET('/api/confined', { signal })),
})

/** What the reader asked to see urgently, and what waits for their word. */
export const urgentQuery = queryOptions({
  queryKey: ['urgent'],
  queryFn: ({ signal }) => got(client.GET('/api/urgent', { signal })),
  refetchInterval: 60_000,
})

/** Asks for urgent access; resolves to all of it. */
export const askUrgently = (body: UrgentAsk) => got(client.POST('/api/urgent', { body }))

/** Says yes, no, or ends it; resolves to all of it. */
export const decideUrgently = (at: At, word: 'approve' | 'decline' | 'end') =>
  got(client.POST(`/api/urgent/{region}/{id}/${word}`, ofMatter(at)))

/** Shows a paper of the desk's to the parties, or no longer; resolves to the matter after it. */
export const sharePaper = ({ region, id }: At, document: string, act: 'share' | 'unshare') =>
  got(client.POST(`/api/matters/{region}/{id}/documents/{document}/${act}`, { params: { path: { region, id, document } } }))

/** Writes a note for colleagues; resolves to the matter with it. */
export const addNote = ({ region, id }: At, body: { key: string; text: string }) =>
  got(client.POST('/api/matters/{region}/{id}/notes', { params: { path: { region, id } }, body }))

/** Strikes out a note of one's own; resolves to the matter without its text. */
export const strikeNote = ({ region, id }: At, note: string) =>
  got(client.POST('/api/matters/{region}/{id}/notes/{note}/strike', { params: { path: { region, id, note } } }))

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
