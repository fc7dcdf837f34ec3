import { QueryCache, MutationCache, QueryClient } from '@tanstack/react-query'
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { accountQuery, auditQuery, usersQuery } from '../accounts/account-api.ts'
import {
  calendarQuery,
  matterQuery,
  measuresQuery,
  meQuery,
  noticesQuery,
  openingsQuery,
  urgentQuery,
  officeQuery,
  peopleQuery,
  personQuery,
  queueQuery,
  Refused,
} from '../api.ts'
import { isDraftsOwned } from '../act/drafts.ts'
import { Frame } from './frame.tsx'
import {
  auditSearch,
  basePath,
  calendarSearch,
  directorySearch,
  flipsSearch,
  matterSearch,
  paths,
  queueSearch,
  settingsSearch,
  signInSearch,
  usersSearch,
} from './paths.ts'
import { rangeOf } from '../calendar/calendar-range.ts'
import { preferencesQuery } from './preferences.ts'
import { LostPage } from './lost-page.tsx'
import { draftQuery, settingsQuery } from '../settings/settings-api.ts'

/** Server state. A refusal is an answer, not a glitch: only an unreachable server is asked again. */
export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: signInFirst }),
  mutationCache: new MutationCache({ onError: signInFirst }),
  defaultOptions: {
    queries: { staleTime: 10_000, retry: (count, error) => count < 2 && error instanceof Refused && error.code === 'unreachable' },
    mutations: { networkMode: 'always' },
  },
})

function signInFirst(error: Error) {
  if (!(error instanceof Refused) || error.code !== 'sign_in_first') return
  const { pathname, href } = router.state.location
  if (pathname !== paths.signIn)
    void router.navigate({ to: paths.signIn, search: { back: href, ...(isDraftsOwned() && { expired: '1' }) }, replace: true })
}

const root = createRootRoute({ component: Frame, notFoundComponent: LostPage })

const signInRoute = createRoute({
  getParentRoute: () => root,
  path: paths.signIn,
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('../accounts/sign-in-page.tsx')),
})

const queueRoute = createRoute({
  getParentRoute: () => root,
  path: paths.queue,
  validateSearch: queueSearch,
  loaderDeps: ({ search }) => search,
  // Loaders start the request beside the page's script; the page itself shows the wait and the refusal.
  loader: ({ deps }) => start(queueQuery(deps)),
  component: lazyRouteComponent(() => import('../queue/queue-page.tsx')),
})

const matterRoute = createRoute({
  getParentRoute: () => root,
  path: paths.matter,
  validateSearch: matterSearch,
  loader: ({ params }) => start(matterQuery(params)),
  component: lazyRouteComponent(() => import('../matter/matter-page.tsx')),
})

const takeInRoute = createRoute({
  getParentRoute: () => root,
  path: paths.takeIn,
  loader: () => start(openingsQuery),
  component: lazyRouteComponent(() => import('../act/take-in-page.tsx')),
})

const measureRoute = createRoute({
  getParentRoute: () => root,
  path: paths.measures,
  loader: () => start(measuresQuery),
  component: lazyRouteComponent(() => import('../queue/measure-page.tsx')),
})

const settingsRoute = createRoute({
  getParentRoute: () => root,
  path: paths.settings,
  validateSearch: settingsSearch,
  loaderDeps: ({ search: { region } }) => ({ region }),
  loader: ({ deps }) => start(settingsQuery(deps.region)),
  component: lazyRouteComponent(() => import('../settings/settings-page.tsx')),
})

const draftRoute = createRoute({
  getParentRoute: () => root,
  path: paths.draft,
  validateSearch: flipsSearch,
  loader: ({ params }) => start(draftQuery(params.id)),
  component: lazyRouteComponent(() => import('../settings/setting-draft-page.tsx')),
})

const calendarRoute = createRoute({
  getParentRoute: () => root,
  path: paths.calendar,
  validateSearch: calendarSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ deps }) => start(calendarQuery(rangeOf(deps))),
  component: lazyRouteComponent(() => import('../calendar/calendar-page.tsx')),
})

const directoryRoute = createRoute({
  getParentRoute: () => root,
  path: paths.directory,
  validateSearch: directorySearch,
  loaderDeps: ({ search }) => search,
  loader: ({ deps }) => start(peopleQuery(deps)),
  component: lazyRouteComponent(() => import('../directory/directory-page.tsx')),
})

const personRoute = createRoute({
  getParentRoute: () => root,
  path: paths.person,
  loader: ({ params }) => start(personQuery(params)),
  component: lazyRouteComponent(() => import('../directory/person-page.tsx')),
})

const officeRoute = createRoute({
  getParentRoute: () => root,
  path: paths.office,
  loader: ({ params }) => start(officeQuery(params)),
  component: lazyRouteComponent(() => import('../directory/office-page.tsx')),
})

const noticeRoute = createRoute({
  getParentRoute: () => root,
  path: paths.notices,
  loader: () => start(noticesQuery),
  component: lazyRouteComponent(() => import('../queue/notices-page.tsx')),
})

const urgentRoute = createRoute({
  getParentRoute: () => root,
  path: paths.urgent,
  loader: () => start(urgentQuery),
  component: lazyRouteComponent(() => import('../matter/closed/urgent-page.tsx')),
})

const accountRoute = createRoute({
  getParentRoute: () => root,
  path: paths.account,
  loader: () => start(accountQuery),
  component: lazyRouteComponent(() => import('../accounts/account-page.tsx')),
})

const enrolRoute = createRoute({
  getParentRoute: () => root,
  path: paths.enrol,
  component: lazyRouteComponent(() => import('../accounts/enrol-page.tsx')),
})

const usersRoute = createRoute({
  getParentRoute: () => root,
  path: paths.users,
  validateSearch: usersSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ deps }) => start(usersQuery(deps)),
  component: lazyRouteComponent(() => import('../accounts/users-page.tsx')),
})

const auditRoute = createRoute({
  getParentRoute: () => root,
  path: paths.audit,
  validateSearch: auditSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ deps }) => start(auditQuery(deps)),
  component: lazyRouteComponent(() => import('../accounts/audit-page.tsx')),
})

type Startable = Parameters<typeof queries.prefetchQuery>[0]
function start(query: unknown) {
  void queries.prefetchQuery(meQuery)
  void queries.prefetchQuery(preferencesQuery)
  void queries.prefetchQuery(query as Startable) // each query keeps its own type; prefetching needs none of them
}

/** Every page of the workbench. */
export const router = createRouter({
  routeTree: root.addChildren([
    signInRoute,
    queueRoute,
    matterRoute,
    takeInRoute,
    measureRoute,
    calendarRoute,
    directoryRoute,
    personRoute,
    officeRoute,
    settingsRoute,
    noticeRoute,
    urgentRoute,
    draftRoute,
    accountRoute,
    enrolRoute,
    usersRoute,
    auditRoute,
  ]),
  basepath: basePath,
  defaultPreload: 'intent',
  scrollRestoration: true,
  // Plain text both ways: every value in our addresses is a word.
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(
      Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ).toString()
    return text && `?${text}`
  },
})

// A new page is read from its start: the link that led here is gone, and the focus with it. A page that put the focus somewhere keeps it.
router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
  if (fromLocation && pathChanged && document.activeElement === document.body)
    document.getElementById('main')?.focus({ preventScroll: true })
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
