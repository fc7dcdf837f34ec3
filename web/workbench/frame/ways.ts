import type { Me } from '../contract.ts'
import { paths, purposes, queueText } from './paths.ts'
import { purposesFor } from '../matter/purposes.ts'

/** Who is shown a way: staff by duty, or a provider. */
type Who = Me['duties'][number] | 'provider'

/** One way to go. `search` is where a page begins, `words` are what people look for it with; the server's doors are what counts, this only spares people dead ends. */
export type Way = { path: string; title: string; words: string; search?: Record<string, string>; shown: readonly Who[] }

const officers: readonly Who[] = ['intake', 'reviewer', 'director', 'supervisor', 'manager', 'auditor']
const desk: readonly Who[] = [...officers, 'provider']
const everyone: readonly Who[] = [...desk, 'administrator']

/** Every page one goes to, in the order of the frame. */
export const ways: readonly Way[] = [
  { path: paths.queue, title: '事项', words: '待办 列表', search: { purpose: 'today' }, shown: desk },
  { path: paths.takeIn, title: '新收', words: '登记 收件 窗口 代为申请', shown: ['intake', 'director'] },
  { path: paths.calendar, title: '日历', words: '期限 开庭 订阅', shown: desk },
  { path: paths.measures, title: '指标', words: '统计 审查率 指派率 金额', shown: officers },
  { path: paths.directory, title: '名册', words: '承办人 人员 机构 电话', shown: officers },
  { path: paths.settings, title: '本地标准', words: '设置 困难标准 低保 期限 试算', shown: officers },
  { path: paths.urgent, title: '紧急查阅', words: '看不到 限定知悉 审批', shown: officers },
  { path: paths.audit, title: '审计', words: '谁看过 谁改过 记录', shown: ['auditor'] },
  { path: paths.users, title: '人员与权限', words: '账号 职责 开通', shown: ['administrator'] },
  { path: paths.account, title: '我的账号', words: '密码 动态口令 通行密钥 深色 字号 快捷键', shown: everyone },
]

type Reader = Pick<Me, 'kind' | 'duties'> | undefined

/** The ways one person is shown; none before it is known who they are. */
export const waysFor = (me: Reader): Way[] =>
  me ? ways.filter(({ shown }) => shown.some((who) => who === me.kind || me.duties.some((duty) => duty === who))) : []

/** Whether a page is among somebody's ways: a page below one goes with it, and a page that is no way of its own goes with the matters. */
export function isOpenTo(path: string, me: Me): boolean {
  const isBelow = (way: Way) => way.path !== paths.queue && (path === way.path || path.startsWith(`${way.path}/`))
  const way = ways.find(isBelow)
  return waysFor(me).some((own) => own.path === (way?.path ?? paths.queue))
}

/** Whether somebody works with matters: administrators of accounts do not. */
export const isAtDesk = (me: Reader): boolean => waysFor(me).some(({ path }) => path === paths.queue)

/** The pages somebody may mean by a word: the queues by purpose, the notices, and every way of theirs. */
export function pagesFor(term: string, me: Reader): { title: string; to: string }[] {
  const queues = purposesFor(me).map((purpose) => ({
    title: purposes[purpose],
    words: '事项 待办 列表',
    to: `${paths.queue}?${queueText({ purpose })}`,
  }))
  const notices = { title: '通知', words: '消息 提醒 超期', to: paths.notices }
  const others = waysFor(me).flatMap(({ path, title, words }) => (path === paths.queue ? [] : [{ title, words, to: path }]))
  const pages = isAtDesk(me) ? [...queues, notices, ...others] : others
  return pages.filter(({ title, words }) => `${title} ${words}`.includes(term)).map(({ title, to }) => ({ title, to }))
}
