import { auditRoutes } from './audit/contract.ts'
import { keyRoutes } from './keys/contract.ts'
import { sessionErrors, sessionRoutes } from './sessions/contract.ts'
import { siteErrors, siteRoutes } from './sites/contract.ts'
import { userErrors, userRoutes } from './users/contract.ts'

/** Everything identity answers over HTTP, by sub-noun. */
export const identityRoutes = { ...sessionRoutes, ...userRoutes, ...siteRoutes, ...keyRoutes, ...auditRoutes }
export const identityErrors = { ...sessionErrors, ...userErrors, ...siteErrors }
