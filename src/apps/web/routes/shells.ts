import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { setLinkToken } from '../../../ui-kit/client.ts'
import { ApiProblem } from '../../../ui-kit/problem.ts'
import { meQuery, queryClient } from '../queries.ts'
import { NotFoundPage } from '../screens/not-found-page.tsx'
import { withTexts } from './with-texts.ts'

/** A path of this site only: the address may come from anywhere, and must not lead out (open redirect). */
export function safeReturn(path: unknown): string | undefined {
  if (
    typeof path !== 'string' ||
    !path.startsWith('/') ||
    /^\/[/\\]/.test(path) ||
    path.startsWith('/sign-in')
  )
    return
  return path
}

/** Signed in, or on the way to the sign-in page with the way back. */
export async function signedIn(location: { href: string }) {
  try {
    return await queryClient.ensureQueryData(meQuery)
  } catch (fault) {
    if (fault instanceof ApiProblem && fault.status === 401) {
      throw redirect({
        to: '/sign-in',
        search: location.href === '/' ? {} : { return: location.href },
        replace: true,
      })
    }
    throw fault
  }
}

/** For `beforeLoad` of a screen that needs one of these actions; others see the no-permission page. */
export function needs(...actions: readonly string[]) {
  return async ({ location }: { location: { href: string } }) => {
    const me = await signedIn(location)
    if (!actions.some((action) => me.actions.includes(action))) {
      throw new ApiProblem({ code: 'auth.forbidden', status: 403 })
    }
  }
}

export const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage })

export const desk = createRoute({
  getParentRoute: () => root,
  id: 'desk',
  beforeLoad: ({ location }) => signedIn(location),
  component: lazyRouteComponent(() => withTexts('desk', import('../shell/desk-shell.tsx')), 'DeskShell'),
})

export const gate = createRoute({
  getParentRoute: () => root,
  id: 'gate',
  beforeLoad: ({ location }) => signedIn(location),
  component: lazyRouteComponent(() => withTexts('gate', import('../shell/gate-shell.tsx')), 'GateShell'),
})

/** Opened signed in or from a signed link, so it does not ask for sign-in by itself. */
export const phone = createRoute({
  getParentRoute: () => root,
  id: 'phone',
  // After `#`, so that the token reaches neither logs nor other sites; kept for a reload of this tab.
  beforeLoad: ({ location }) => {
    const token = new URLSearchParams(location.hash).get('link')
    if (token) sessionStorage.setItem('foyer.link', token)
    setLinkToken(token ?? sessionStorage.getItem('foyer.link') ?? undefined)
  },
  component: lazyRouteComponent(() => withTexts('phone', import('../shell/phone-shell.tsx')), 'PhoneShell'),
})

export const print = createRoute({
  getParentRoute: () => root,
  id: 'print',
  beforeLoad: ({ location }) => signedIn(location),
  // Paper is printed from the desk, in its words.
  component: lazyRouteComponent(() => withTexts('desk', import('../shell/print-shell.tsx')), 'PrintShell'),
})
