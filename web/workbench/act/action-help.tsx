import type { Help } from '../contract.ts'
import { lastOf } from '../ui/time.ts'

/** What will follow from an action, before it is taken: the state, the limits, the letters. */
export function ActionHelp({ help, article }: { help: Help | null; article: string | null }) {
  const lines = help ? linesOf(help) : []
  if (lines.length === 0 && !article) return null
  return (
    <section className="help" aria-label="办理后">
      {lines.length > 0 && <h3>办理后</h3>}
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {article && <p className="aside">{`依据：${article}`}</p>}
    </section>
  )
}

/** The same in a breath, under the button. */
export const helpInShort = ({ becomes, limits, letters }: Help): string =>
  [
    becomes.length > 0 && `办理后：${becomes.join('或')}`,
    ...limits.filter(({ change }) => change === 'starts').map(({ title }) => `开始计算“${title}”`),
    letters.some(({ to }) => to === '当事人') && '通知当事人',
  ]
    .filter(Boolean)
    .join('，')

const linesOf = ({ becomes, next, limits, letters }: Help): string[] => [
  ...(becomes.length > 0 ? [`状态变为：${becomes.join('，或者')}。${next ?? ''}`] : []),
  ...limits.map(limitLine),
  ...letters.map(({ to, text }) => `给${to}发：${text}`),
]

const changes: Record<Help['limits'][number]['change'], string> = {
  starts: '开始计算',
  stops: '不再计算',
  pauses: '暂停计算',
  resumes: '继续计算',
  extends: '延长',
}

function limitLine({ title, change, ofTitle, dueAt, article }: Help['limits'][number]): string {
  const day = change === 'starts' ? (dueAt ? `，最迟 ${lastOf(dueAt)}` : '，以您填写的日期为准') : dueAt ? `，最迟 ${lastOf(dueAt)}` : ''
  return `${changes[change]}“${title}”（${ofTitle}${day}；${article}）。`
}
