import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import { queryOptions } from '@tanstack/react-query'
import { client, got, Refused } from '../api.ts'
import type { Grant } from './grants.ts'
import type { AuditSearch, UsersSearch } from '../frame/paths.ts'

/** My own account. */
export const accountQuery = queryOptions({ queryKey: ['account'], queryFn: ({ signal }) => got(client.GET('/api/account', { signal })) })

/** Whose enrolment code this is. */
export const openEnrolment = (code: string) => got(client.POST('/api/enrol/open', { body: { code } }))

/** Sets password and authenticator by an enrolment code; resolves to the person, signed in. */
export const enrol = (body: { code: string; password: string; totp: string }) => got(client.POST('/api/enrol', { body }))

/** Shows who is at the desk by password and authenticator. */
export const prove = (body: { password: string; totp: string }) => got(client.POST('/api/account/prove', { body }))

/** Ends one session, or with null every other. */
export const endSession = (id: string | null) => got(client.POST('/api/account/sessions/end', { body: { id } }))

export const changePassword = (body: { password: string }) => got(client.POST('/api/account/password', { body }))
export const beginAuthenticator = () => got(client.POST('/api/account/authenticator/begin', { body: {} }))
export const changeAuthenticator = (body: { sealed: string; totp: string }) => got(client.POST('/api/account/authenticator', { body }))
export const removePasskey = (id: string) => got(client.POST('/api/account/passkeys/remove', { body: { id } }))

/** What the browser says when the person closed its window, took too long, or has no such key. */
const notTaken = () =>
  Promise.reject(new Refused({ code: 'passkey', message: '没有用上通行密钥。可以再试一次，或者用密码和动态口令。', detail: {} }))

/** The answer of the person's own device; the wire leaves its shape to the two libraries at its ends. */
type Signed = { id: string; rawId: string; type: 'public-key'; response: Record<string, unknown> }
const askDevice = async (options: unknown) =>
  (await startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON }).catch(notTaken)) as unknown as Signed

/** Signs in with a passkey alone. */
export const signInByPasskey = async () => {
  const response = await askDevice(await got(client.POST('/api/sign-in/passkey/begin', { body: {} })))
  return got(client.POST('/api/sign-in/passkey', { body: { response } }))
}

/** Shows who is at the desk with a passkey. */
export const proveByPasskey = async () => {
  const response = await askDevice(await got(client.POST('/api/account/prove/passkey/begin', { body: {} })))
  return got(client.POST('/api/account/prove/passkey', { body: { response } }))
}

/** Makes a passkey on the person's device and keeps it under a name. */
export const addPasskey = async (name: string) => {
  const options = (await got(client.POST('/api/account/passkeys/begin', { body: {} }))) as unknown as PublicKeyCredentialCreationOptionsJSON
  const response = (await startRegistration({ optionsJSON: options }).catch(notTaken)) as unknown as Signed // as above
  return got(client.POST('/api/account/passkeys', { body: { name, response } }))
}

/** People of my region on one page. The name typed is no part of the address. */
export const usersQuery = ({ region, duty, after }: UsersSearch, name = '') =>
  queryOptions({
    queryKey: ['users', region, duty, after, name],
    queryFn: ({ signal }) =>
      got(
        client.GET('/api/users', {
          params: {
            query: { ...(region && { region }), ...(duty && { duty: duty as 'intake' }), ...(after && { after }), ...(name && { name }) },
          },
          signal,
        }),
      ), // the server judges the word in the address
  })

/** What waits for a second administrator, and from when on I confirm what others ask for. */
export const waitingQuery = queryOptions({
  queryKey: ['users', 'waiting'],
  queryFn: ({ signal }) => got(client.GET('/api/users', { params: { query: { waiting: 'yes', limit: 100 } }, signal })),
})

/** The services a grant may be narrowed to. */
export const servicesQuery = queryOptions({
  queryKey: ['users', 'services'],
  queryFn: async ({ signal }) => (await got(client.GET('/api/users', { params: { query: { limit: 1 } }, signal }))).services,
  staleTime: Infinity,
})

/** One person's account. */
export const userQuery = (id: string) =>
  queryOptions({
    queryKey: ['user', id],
    queryFn: ({ signal }) => got(client.GET('/api/users/{id}', { params: { path: { id } }, signal })),
  })

type NewUser = {
  id: string
  login: string
  name: string
  grants: Grant[]
  practitioner: string | null
}
export const addUser = (body: NewUser) => got(client.POST('/api/users', { body }))

/** What needs nothing but the account, and answers it as it then stands. */
type Deed = 'enable' | 'end-sessions'
export const doTo = (id: string, deed: Deed) => got(client.POST(`/api/users/{id}/${deed}`, { params: { path: { id } }, body: {} }))

/** Shuts an account. */
export const shutUser = (id: string, reason: string) =>
  got(client.POST('/api/users/{id}/disable', { params: { path: { id } }, body: { reason } }))

/** Asks that lost keys be replaced; answers the first half of the code that will be. */
export const askReset = (id: string, reason: string) =>
  got(client.POST('/api/users/{id}/reset', { params: { path: { id } }, body: { reason } }))

/** Asks for a code for whoever has not used theirs; answers its first half. */
export const askCode = (id: string) => got(client.POST('/api/users/{id}/code', { params: { path: { id } }, body: {} }))

/** Confirms what another asked for; answers the second half of the code where there is one. */
export const confirmRequest = (id: string, request: string) =>
  got(client.POST('/api/users/{id}/confirm', { params: { path: { id } }, body: { request } }))

/** Does not confirm it, or takes back what I asked for. */
export const declineRequest = (id: string, request: string) =>
  got(client.POST('/api/users/{id}/decline', { params: { path: { id } }, body: { request } }))

type Rights = { grants: Grant[] }
export const changeRights = (id: string, body: Rights & { name: string; seen: Rights }) =>
  got(client.POST('/api/users/{id}/rights', { params: { path: { id } }, body }))

/** Places under a place, and who serves there. */
export const placesQuery = (parent: string) =>
  queryOptions({
    queryKey: ['places', parent],
    queryFn: ({ signal }) => got(client.GET('/api/regions', { params: { query: { parent } }, signal })),
    staleTime: Infinity,
  })
export const officesQuery = (region: string) =>
  queryOptions({
    queryKey: ['offices', region],
    queryFn: ({ signal }) => got(client.GET('/api/offices', { params: { query: { region } }, signal })),
  })
export const practitionersQuery = (region: string) =>
  queryOptions({
    queryKey: ['practitioners', region],
    queryFn: ({ signal }) => got(client.GET('/api/practitioners', { params: { query: { region } }, signal })),
  })

/** Lines of the audit on one page. */
export const auditPageSize = 50

/** One page of the audit. */
export const auditQuery = ({ before, ...narrow }: AuditSearch) =>
  queryOptions({
    queryKey: ['audit', narrow, before],
    queryFn: ({ signal }) =>
      got(
        client.GET('/api/audit', {
          params: { query: { ...narrow, ...(before && { before: Number(before) }), limit: auditPageSize } },
          signal,
        }),
      ),
  })

/** People whose lines may be looked for, by how their name begins or by their login. */
export const auditPeopleQuery = (q: string) =>
  queryOptions({
    queryKey: ['audit-people', q],
    queryFn: ({ signal }) => got(client.GET('/api/audit/people', { params: { query: { q } }, signal })),
    enabled: q !== '',
  })

/** Checks every seal from the first. */
export const verifySeals = () => got(client.POST('/api/audit/verify', { body: {} }))
