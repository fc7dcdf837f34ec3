import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { allowStyleText } from './content-policy.ts'
import { Look } from './frame/look.tsx'
import { show } from './frame/preferences.ts'
import { queries, router } from './frame/routes.tsx'

allowStyleText()
show()

createRoot(document.getElementById('workbench') ?? document.body).render(
  <StrictMode>
    <Look>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </Look>
  </StrictMode>,
)
