import type { Me } from './contract.ts'

/** Who is shown a way: staff by duty, or a provider. */
type Who = Me['duties'][number] | 'provider'

/** One way to go from the frame. `search` is where a page begins; the server's doors are what counts, this only spares people dead ends. */
export type Way = { path: string; title: string; search?: Record<string, string>; shown: readonly Who[] }

const officers: readonly Who[] = ['intake', 'reviewer', 'director', 'supervisor', 'manager', 'auditor']
const desk: readonly Who[] = [...officers, 'provider']
const everyone: readonly Who[] = [...desk, 'administrator']

/** Every way, in the order of the frame. A row whose page is not in the router is not drawn. */
export const ways: readonly Way[] = [
  { path: '/', title: '事项', search: { purpose: 'today' }, shown: desk },
  { path: '/calendar', title: '日历', shown: desk },
  { path: '/notices', title: '通知', shown: desk },
  { path: '/measures', title: '指标', shown: officers },
  { path: '/directory', title: '名册', shown: officers },
  { path: '/settings', title: '本地标准', shown: officers },
  { path: '/audit', title: '审计', shown: ['auditor'] },
  { path: '/users', title: '人员与权限', shown: ['administrator'] },
  { path: '/account', title: '我的账号', shown: everyone },
]

/** The ways one person is shown; none before it is known who they are. */
export const waysFor = (me: Pick<Me, 'kind' | 'duties'> | undefined): Way[] =>
  me ? ways.filter(({ shown }) => shown.some((who) => who === me.kind || me.duties.some((duty) => duty === who))) : []
