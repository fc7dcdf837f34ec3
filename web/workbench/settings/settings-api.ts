import { queryOptions } from '@tanstack/react-query'
import { client, got } from '../api.ts'
import type { Proposal, Settings } from '../contract.ts'
import type { FlipsSearch } from '../frame/paths.ts'

/** Everything that is left to provinces to set, as it holds in a place; without one, in the reader's own region. */
export const settingsQuery = (region?: string) =>
  queryOptions({
    queryKey: ['settings', region ?? ''],
    queryFn: async ({ signal }) =>
      (await got(client.GET('/api/settings', { params: { query: region ? { region } : {} }, signal }))) as Settings, // the form's schema is open on the wire
  })

/** Changes that wait for a second person, and the latest that no longer do. */
export const draftsQuery = queryOptions({
  queryKey: ['drafts'],
  queryFn: ({ signal }) => got(client.GET('/api/settings/drafts', { signal })),
})

/** While a replay runs, how often to look how far it is. */
const pollMs = 700

/** One proposed change, looked at again and again while its replay runs. */
export const draftQuery = (id: string) =>
  queryOptions({
    queryKey: ['draft', id],
    queryFn: ({ signal }) => got(client.GET('/api/settings/drafts/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (['waiting', 'running'].includes(state.data?.replay?.state ?? '') ? pollMs : false),
  })

/** What a replay found, by group. It is over and does not change. */
export const reportQuery = (id: string, replay: string) =>
  queryOptions({
    queryKey: ['report', id, replay],
    queryFn: ({ signal }) => got(client.GET('/api/settings/drafts/{id}/replay', { params: { path: { id } }, signal })),
    staleTime: Infinity,
  })

/** Changed cases on one page. */
const flipsPage = 50

/** A page of the cases a draft would turn. */
export const flipsQuery = (id: string, replay: string, { county, way, after }: FlipsSearch) => {
  const [from, to] = way?.split('>') ?? []
  const query = { limit: flipsPage, ...(county && { county }), ...(from && { from }), ...(to && { to }), ...(after && { after }) }
  return queryOptions({
    queryKey: ['flips', id, replay, query],
    queryFn: ({ signal }) => got(client.GET('/api/settings/drafts/{id}/flips', { params: { path: { id }, query }, signal })),
    staleTime: Infinity,
  })
}

/** Proposes a change; resolves to the draft. */
export const propose = (body: Proposal) => got(client.POST('/api/settings/drafts', { body }))

const path = (id: string) => ({ path: { id } })

/** Publishes somebody else's draft. */
export const publish = (id: string) => got(client.POST('/api/settings/drafts/{id}/publish', { params: path(id), body: {} }))

/** Takes a draft back. */
export const withdraw = (id: string) => got(client.POST('/api/settings/drafts/{id}/withdraw', { params: path(id), body: {} }))

/** Asks for a replay; the key makes a second click harmless. */
export const startReplay = (id: string, key: string) =>
  got(client.POST('/api/settings/drafts/{id}/replay', { params: path(id), body: { key } }))

/** Stops the replay that runs. */
export const cancelReplay = (id: string) => got(client.POST('/api/settings/drafts/{id}/replay/cancel', { params: path(id), body: {} }))
