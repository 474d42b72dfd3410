import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../../ui-kit/base.css'
import { onSignedOut } from '../../ui-kit/client.ts'
import { applyTheme } from '../../ui-kit/theme.ts'
import { Toaster } from '../../ui-kit/toast.tsx'
import { startLanguages } from './i18n.ts'
import { onLeftElsewhere } from './other-tabs.ts'
import { queryClient, resumeSessionsBy } from './queries.ts'
import { router } from './router.tsx'

applyTheme()

resumeSessionsBy(() => import('./offline.ts').then(({ resumed }) => resumed()))

onSignedOut(() => {
  // The session is over, whoever ended it: nothing of it stays readable here; what waits is kept sealed.
  if (queryClient.getQueryData(['me'])) void import('./offline.ts').then(({ lockDevice }) => lockDevice())
  queryClient.removeQueries({ queryKey: ['me'] })
  const { pathname, href } = router.state.location
  if (pathname === '/sign-in') return
  void router.navigate({ to: '/sign-in', search: href === '/' ? {} : { return: href }, replace: true })
})

onLeftElsewhere(() => {
  // A whole new page: what this one holds in memory goes with it.
  if (queryClient.getQueryData(['me'])) location.replace('/sign-in')
})

async function start(root: HTMLElement) {
  await startLanguages()
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Toaster />
      </QueryClientProvider>
    </StrictMode>,
  )
}

const root = document.getElementById('root')
if (root) void start(root)
