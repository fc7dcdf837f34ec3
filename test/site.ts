import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { openCookie } from '#platform/keys/note.ts'
import { demoController } from '#platform/config.ts'
import { buildApp } from '#api/serve.ts'
import { openSession, type SessionKind } from '#platform/doors/sessions.ts'
import { as, system } from '#platform/tx.ts'
import { loadRegions } from '#records/register/regions.ts'
import { branchesOf, reachOf, type Actor } from '#kernel/actor.ts'
import { addGrants } from '#records/accounts/grants.ts'
import type { World } from './world.ts'

/** The real server over a world, asked without a socket. */
export async function site(w: World): Promise<FastifyInstance> {
  await as(w.on, system, w.now(), (tx) => loadRegions(tx, { provinces: ['63', '21'], toLevel: 3 }))
  return buildApp(w.on, { origin: undefined, provinces: ['63', '21'], controller: demoController, oidc: null, mode: 'trial' }, w.now)
}

const sameSite = { 'sec-fetch-site': 'same-origin' }

/** Someone at a browser: keeps cookies, follows no redirect by itself. `at` is their address on the network; on this machine where it is not said. */
export function browser(app: FastifyInstance, at?: string) {
  const jar = new Map<string, string>()
  const from = at === undefined ? {} : { remoteAddress: at }
  const keep = (response: LightMyRequestResponse) => {
    for (const { name, value } of response.cookies)
      if (value) jar.set(name, value)
      else jar.delete(name)
    return response
  }
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  return {
    jar,
    get: async (url: string, headers: Record<string, string> = {}) =>
      keep(await app.inject({ method: 'GET', url, headers: { cookie: cookie(), ...headers }, ...from })),
    post: async (url: string, form: Record<string, string | string[]>) => {
      const body = new URLSearchParams()
      for (const [name, value] of Object.entries(form)) for (const one of [value].flat()) body.append(name, one)
      return keep(
        await app.inject({
          method: 'POST',
          url,
          headers: { ...sameSite, cookie: cookie(), 'content-type': 'application/x-www-form-urlencoded' },
          payload: body.toString(),
          ...from,
        }),
      )
    },
    json: async (method: 'GET' | 'POST', url: string, payload?: object) =>
      keep(await app.inject({ method, url, headers: { ...sameSite, cookie: cookie() }, ...(payload && { payload }), ...from })),
  }
}

export type Browser = ReturnType<typeof browser>

/** The code and the secret a browser was given last, which it carries sealed. */
export const secretIn = (w: World, { jar }: Browser): [code: string, secret: string] => {
  const [code = '', secret = ''] = openCookie(w.on.keyring, 'secret', jar.get('__Host-fahui-secret')).split('~').at(-1)?.split('.') ?? []
  return [code, secret]
}

/** The kind of account that one of the cast signs in with. */
export function accountKind({ id, kind }: Actor): SessionKind {
  if (kind === 'system' || kind === 'visitor' || kind === 'party')
    throw new Error(`${id} has no account: was somebody else of the cast meant?`)
  return kind
}

/** An account for one of the cast, and a browser signed in as them. */
export async function signedIn(w: World, app: FastifyInstance, who: Actor): Promise<Browser> {
  const token = await as(w.on, system, w.now(), async (tx) => {
    const added = await tx.db
      .insertInto('account')
      .values({
        id: who.id,
        kind: accountKind(who),
        login: who.kind === 'citizen' ? null : who.id,
        name: who.kind === 'citizen' ? null : '演示人员',
        region: reachOf(who),
        branch: branchesOf(who)[0] ?? 'officer',
        confirmed_at: new Date('2000-01-01'),
        created_at: w.now(),
      })
      .onConflict((c) => c.doNothing())
      .returning('id')
      .executeTakeFirst()
    // Held since before any scene: a scene may set its clock back.
    if (added) await addGrants({ ...tx, now: new Date('2000-01-01') }, who.id, who.grants)
    return openSession(tx, who.id)
  })
  const its = browser(app)
  its.jar.set(who.kind === 'citizen' ? '__Host-fahui' : '__Host-fahui-desk', token)
  return its
}
