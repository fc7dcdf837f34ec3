import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN.js'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { allowStyleText, cspNonce } from './content-policy.ts'
import { queries, router } from './routes.tsx'
import { theme } from './theme.ts'

allowStyleText()

// Lists open within the page or dialog they belong to, where screen readers look for them. Dialogs stand in an element of
// their own: in <body> they would lock scrolling with a <style> the content policy refuses.
const container = (opener?: HTMLElement) =>
  opener?.closest<HTMLElement>('main, [role="dialog"]') ?? document.getElementById('overlays') ?? document.body

createRoot(document.getElementById('workbench') ?? document.body).render(
  <StrictMode>
    <ConfigProvider
      locale={zhCN.default}
      theme={theme}
      csp={{ nonce: cspNonce() }}
      wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}
      getPopupContainer={container}
    >
      <App component={false}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  </StrictMode>,
)
