import { routes } from '#api/serve.ts'
import { portalPages } from '#api/portal/pages.tsx'
import { demoController } from '#platform/config.ts'

const pages = portalPages({ provinces: ['63', '21'], controller: demoController, oidc: null, origin: undefined })
/** The most particular first: `/api/users/:id/rights` before what any word would fit. */
const posts = [...routes, ...pages]
  .filter(({ method }) => method === 'POST')
  .map(({ id, path }) => ({ id, at: new RegExp(`^POST ${path.replaceAll(/:\w+/g, '[^/?]+')}(\\?|$)`), free: path.split(':').length }))
  .toSorted((a, b) => a.free - b.free)

/** Which of the routes that write were answered with a yes, which with a no alone, and which were never asked. */
export function drivenBy({ yes, no }: { yes: readonly string[]; no: readonly string[] }) {
  const idsOf = (paths: readonly string[]) => new Set([...new Set(paths)].map((path) => posts.find(({ at }) => at.test(path))?.id))
  const [done, refused] = [idsOf(yes), idsOf(no)]
  const ids = posts.map(({ id }) => id)
  return {
    routes: ids.length,
    driven: ids.filter((id) => done.has(id)),
    onlyRefused: ids.filter((id) => !done.has(id) && refused.has(id)),
    never: ids.filter((id) => !done.has(id) && !refused.has(id)),
  }
}
