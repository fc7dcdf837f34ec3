import { refuse } from '#kernel/refusal.ts'
import { route, type AnyRoute } from '#platform/http/route.ts'
import { as, system } from '#platform/tx.ts'
import { prefer, Preferences, preferencesOf } from '#records/accounts/preferences.ts'

const Chosen = Preferences.meta({ id: 'Preferences' })

/** How the workbench looks and answers to keys: kept with the account, so that it follows the person to another desk. */
export const preferenceRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/preferences',
    id: 'preference.read',
    summary: 'How the workbench looks for me',
    returns: Chosen,
    enter: (on, { session }, now) => as(on, system, now, (tx) => preferencesOf(tx, (session ?? refuse('sign_in_first')).actor.id)),
  }),
  route({
    method: 'POST',
    path: '/api/preferences',
    id: 'preference.set',
    summary: 'Choose how the workbench looks for me',
    returns: Chosen,
    body: Preferences.partial(),
    enter: (on, { session, body }, now) =>
      as(on, system, now, async (tx) => {
        const { actor } = session ?? refuse('sign_in_first')
        await prefer(tx, actor.id, body)
        return preferencesOf(tx, actor.id)
      }),
  }),
]
