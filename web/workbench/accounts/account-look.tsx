import { Radio } from 'antd'
import type { Preferences } from '../contract.ts'
import { usePreference } from '../frame/preferences.ts'
import { keysIn } from '../ui/keyed.ts'

type Choice<K extends keyof Preferences> = { title: string; options: Record<Preferences[K], string> }

const choices: { [K in keyof Preferences]: Choice<K> } = {
  theme: { title: '颜色', options: { system: '跟随系统', light: '浅色', dark: '深色' } },
  density: { title: '疏密', options: { roomy: '宽松', compact: '紧凑' } },
  textSize: { title: '字号', options: { usual: '标准', large: '大', largest: '特大' } },
  keys: { title: '单键快捷键', options: { on: '开', off: '关' } },
}

/** How the workbench looks and answers to keys. A choice holds at once. */
export const AccountLook = () => (
  <section className="part" aria-labelledby="look">
    <h2 id="look">界面</h2>
    {keysIn(choices).map((key) => (
      <Choose key={key} its={key} />
    ))}
    <p className="aside">换一台电脑登录，这些选择也跟着您。</p>
  </section>
)

function Choose<K extends keyof Preferences>({ its }: { its: K }) {
  const [value, set] = usePreference(its)
  const { title, options } = choices[its]
  return (
    <fieldset className="bare choice">
      <legend>{title}</legend>
      <Radio.Group
        value={value}
        options={Object.entries<string>(options).map(([option, label]) => ({ value: option, label }))}
        onChange={({ target }) => set(target.value as Preferences[K])} // one of the options above
      />
    </fieldset>
  )
}
