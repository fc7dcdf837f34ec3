import { App, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN.js'
import type { ReactNode } from 'react'
import { cspNonce } from '../content-policy.ts'
import { textScale, useIsDark, usePreference } from './preferences.ts'
import { themeOf } from './theme.ts'

// Lists open within the page or dialog they belong to, where screen readers look for them. Dialogs stand in an element of
// their own: in <body> they would lock scrolling with a <style> the content policy refuses.
const container = (opener?: HTMLElement) =>
  opener?.closest<HTMLElement>('main, [role="dialog"]') ?? document.getElementById('overlays') ?? document.body

/** How antd's parts look: as this person chose. */
export function Look({ children }: { children: ReactNode }) {
  const isDark = useIsDark()
  const [density] = usePreference('density')
  const [textSize] = usePreference('textSize')
  return (
    <ConfigProvider
      locale={zhCN.default}
      theme={themeOf({ isDark, isCompact: density === 'compact', scale: textScale(textSize) })}
      csp={{ nonce: cspNonce() }}
      wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}
      getPopupContainer={container}
    >
      <App component={false}>{children}</App>
    </ConfigProvider>
  )
}
