import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Select, Skeleton } from 'antd'
import type { Setting, SettingDraft, Settings } from '../contract.ts'
import { draftStates } from './draft-states.ts'
import { Mark } from '../frame/mark.tsx'
import { paths } from '../frame/paths.ts'
import { LoadFailure } from '../ui/refusal-note.tsx'
import { SettingDrawer } from './setting-drawer.tsx'
import { draftsQuery, settingsQuery } from './settings-api.ts'
import { timeOf } from '../ui/time.ts'

/** What the law leaves to be set, as it holds in a place; which place and which setting is open are in the address. */
export default function SettingsPage() {
  const { region, key } = useSearch({ from: paths.settings })
  const { data: settings, error, refetch } = useQuery(settingsQuery(region))
  // All of it at once: what comes later would push down what is being read.
  const isWaiting = useQuery(draftsQuery).isPending || (!settings && !error)
  const open = settings?.settings.find((setting) => setting.key === key)
  return (
    <div className="page">
      <title>本地标准 · 法惠工作台</title>
      <h1>本地标准</h1>
      <p className="lead">法律留给各地确定的数目和范围。修改由一位管理员提出，另一位管理员发布，从写明的那天起生效。</p>
      {isWaiting ? <Skeleton active title={false} paragraph={{ rows: 12 }} /> : <Drafts />}
      {error && !settings && <LoadFailure error={error} retry={refetch} />}
      {settings && !isWaiting && <Place settings={settings} />}
      {settings && !isWaiting && groupsOf(settings.settings).map(([group, its]) => <Group key={group} title={group} settings={its} />)}
      {settings && open && <SettingDrawer key={`${settings.region} ${open.key}`} settings={settings} setting={open} />}
    </div>
  )
}

const groupsOf = (settings: readonly Setting[]): [string, Setting[]][] => [...Map.groupBy(settings, ({ group }) => group)]

function Place({ settings }: { settings: Settings }) {
  const navigate = useNavigate({ from: paths.settings })
  return (
    <div className="filter place">
      <label htmlFor="place">看哪里的</label>
      <Select
        id="place"
        showSearch={{ optionFilterProp: 'label' }}
        value={settings.region}
        options={settings.places.map(({ code, name }) => ({ value: code, label: name }))}
        onChange={(region) => void navigate({ search: { region }, replace: true })}
      />
      {!settings.mayPropose && <p className="aside">您可以查看。修改由本地区的管理员提出。</p>}
    </div>
  )
}

const Group = ({ title, settings }: { title: string; settings: Setting[] }) => (
  <section aria-label={title} className="part">
    <h2>{title}</h2>
    <table className="grid settings" aria-label={title}>
      <thead>
        <tr>
          <th scope="col">内容</th>
          <th scope="col">现在的值</th>
          <th scope="col">由谁定的</th>
        </tr>
      </thead>
      <tbody>
        {settings.map((setting) => (
          <SettingRow key={setting.key} setting={setting} />
        ))}
      </tbody>
    </table>
  </section>
)

const SettingRow = ({ setting }: { setting: Setting }) => (
  <tr>
    <th scope="row">
      <Link to={paths.settings} search={(now) => ({ ...now, key: setting.key })} resetScroll={false}>
        {setting.title}
      </Link>
      <span className="aside">{[...(setting.why === setting.title ? [] : [setting.why]), setting.article].join(' · ')}</span>
    </th>
    <td data-label="现在的值">
      <span>
        {setting.words}
        {setting.uncertain && <span className="aside">{`待核实：${setting.uncertain}`}</span>}
      </span>
    </td>
    <td data-label="由谁定的">
      <span>
        {setting.source ?? <Mark>默认</Mark>}
        {setting.since && <span className="aside">{`${setting.since} 起`}</span>}
      </span>
    </td>
  </tr>
)

/** Changes on their way; what is over stays a while, so that one sees what became of it. */
function Drafts() {
  const { data: drafts, error, refetch } = useQuery(draftsQuery)
  if (error && !drafts) return <LoadFailure error={error} retry={refetch} />
  if (!drafts) return null
  return (
    <section aria-labelledby="drafts" className="part">
      <h2 id="drafts">修改稿</h2>
      {drafts.length === 0 && <p className="empty">没有等着发布的修改。</p>}
      <ul className="list">
        {drafts.map((draft) => (
          <DraftItem key={draft.id} draft={draft} />
        ))}
      </ul>
    </section>
  )
}

const DraftItem = ({ draft }: { draft: SettingDraft }) => (
  <li>
    <Mark tone={draftStates[draft.state].tone}>{draftStates[draft.state].words}</Mark>
    <Link to={paths.draft} params={{ id: draft.id }}>{`${draft.regionName}：${draft.title}`}</Link>
    <span className="aside">{`${draft.before} → ${draft.words}，${draft.validFrom} 起`}</span>
    <span className="aside">{`${draft.proposedBy} ${timeOf(draft.proposedAt)} 提出`}</span>
  </li>
)
