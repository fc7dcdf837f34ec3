import { useNavigate } from '@tanstack/react-router'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import type { Setting, Settings } from '../contract.ts'
import { Mark } from '../frame/mark.tsx'
import { paths } from '../frame/paths.ts'
import { Rows } from '../queue/rows.tsx'
import { ProposeForm } from './propose-form.tsx'

/** One setting: what holds, what held and will hold, and, for a manager, the form of a change. */
export function SettingDrawer({ settings, setting }: { settings: Settings; setting: Setting }) {
  const navigate = useNavigate({ from: paths.settings })
  const [isProposing, setProposing] = useState(false)
  const close = () => void navigate({ search: ({ key: _, ...rest }) => rest, replace: true, resetScroll: false })
  return (
    <Drawer open title={setting.title} size={560} rootClassName="action-drawer" onClose={close}>
      <Rows
        rows={[
          { label: '现在的值', value: setting.words },
          { label: '由谁定的', value: setting.source ? `${setting.source}，${setting.since ?? ''} 起` : '没有地方定过，用默认值' },
          { label: '为什么要定', value: setting.why },
          { label: '依据', value: setting.article },
          ...(setting.uncertain ? [{ label: '待核实', value: setting.uncertain }] : []),
        ]}
      />
      {settings.mayPropose && !isProposing && (
        <p>
          <Button type="primary" onClick={() => setProposing(true)}>
            提出修改
          </Button>
        </p>
      )}
      {isProposing && <ProposeForm settings={settings} setting={setting} close={() => setProposing(false)} />}
      <Timeline setting={setting} />
    </Drawer>
  )
}

const standings: Record<Setting['timeline'][number]['standing'], { words: string; tone: 'plain' | 'good' | 'info' }> = {
  past: { words: '已不用', tone: 'plain' },
  inForce: { words: '在用', tone: 'good' },
  future: { words: '还没生效', tone: 'info' },
}

/** Every dated value of this place, of those above and of those below. */
const Timeline = ({ setting }: { setting: Setting }) => (
  <section aria-label="历次取值" className="values">
    <h3>历次取值</h3>
    {setting.timeline.length === 0 && <p className="empty">还没有地方定过。</p>}
    <ol className="list">
      {setting.timeline.toReversed().map((value) => (
        <li key={`${value.region} ${value.validFrom}`}>
          <Mark tone={standings[value.standing].tone}>{standings[value.standing].words}</Mark>
          {`${value.validFrom} 起 · ${value.regionName}`}
          <p>{value.words}</p>
          <span className="aside">{value.proposedBy ? `${value.proposedBy} 提出，${value.decidedBy} 发布` : value.decidedBy}</span>
          {value.note && <span className="aside">{value.note}</span>}
        </li>
      ))}
    </ol>
  </section>
)
