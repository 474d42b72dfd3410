import { createContext, useContext } from 'react'

interface Site {
  readonly id: string
  readonly name: string
  readonly zone: string
}

export interface Session {
  readonly user: {
    readonly id: string
    readonly name: string
    readonly username: string | null
    readonly employeeId: string | null
    readonly language: 'zh' | 'en'
  }
  readonly site: Site
  readonly sites: readonly Site[]
  readonly roles: readonly string[]
  /** What the user may do at this site; for navigation. What may be done to a record says its `can`. */
  readonly actions: readonly string[]
}

/** Filled by the shells; null on pages without sign-in. */
export const SessionContext = createContext<Session | null>(null)

/** Who is signed in, at which site. Only inside a shell that asks for sign-in. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession outside a signed-in shell')
  return session
}

/** The same where a page may also be opened without sign-in. */
export function useSessionIfAny(): Session | null {
  return useContext(SessionContext)
}

export function useCan(action: string): boolean {
  return useContext(SessionContext)?.actions.includes(action) ?? false
}
