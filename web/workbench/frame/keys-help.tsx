import { Switch } from 'antd'
import { keys, partKeys, places } from './keys.ts'
import { PopUp } from '../ui/pop-up.tsx'
import { usePreference } from './preferences.ts'
import { keysIn } from '../ui/keyed.ts'

/** Every key by the page it is heard on, and the switch that turns them all off. */
export default function KeysHelp({ close }: { close: () => void }) {
  const [isOn, set] = usePreference('keys')
  return (
    <PopUp title="快捷键" close={close}>
      <div className="pop-up-head">
        <h2>快捷键</h2>
        <label htmlFor="keys-on">使用快捷键</label>
        <Switch id="keys-on" checked={isOn === 'on'} onChange={(on) => set(on ? 'on' : 'off')} />
        <button type="button" className="text-button" onClick={close}>
          关闭
        </button>
      </div>
      <div className="keys">
        {keysIn(places).map((place) => (
          <KeyList key={place} title={places[place]} list={Object.values(keys).filter((key) => key.place === place)} />
        ))}
        {partKeys.map(({ part, keys: list }) => (
          <KeyList key={part} title={part} list={list} />
        ))}
      </div>
      <p className="aside">写字的时候不会触发。每个键做的事，页面上都有按钮。</p>
    </PopUp>
  )
}

const KeyList = ({ title, list }: { title: string; list: readonly { shown: string; words: string }[] }) => (
  <section>
    <h3>{title}</h3>
    <dl>
      {list.map(({ shown, words }) => (
        <div key={words}>
          <dt>
            <kbd>{shown}</kbd>
          </dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  </section>
)
