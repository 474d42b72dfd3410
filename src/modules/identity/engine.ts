import type { FastifyRequest } from 'fastify'
import type { Kernel } from '../../kernel/kernel.ts'
import { type Actors, createActors, type Identified } from './actors.ts'
import { type Auth, createAuth } from './auth.ts'
import { enabledUser } from './users/store.ts'

export interface Identity {
  readonly auth: Auth
  readonly actors: Actors
  readonly cookieName: string
}

const engines = new WeakMap<Kernel, Identity>()

/** One engine per kernel, made at first use. */
export function identityOf(kernel: Kernel): Identity {
  const known = engines.get(kernel)
  if (known) return known
  const secret = kernel.secrets.derive('sign-in')
  const secure = kernel.config.publicUrl?.startsWith('https:') ?? false
  const cookieName = `${secure ? '__Secure-' : ''}foyer.session_token`
  const made: Identity = {
    cookieName,
    auth: createAuth({
      pool: kernel.plainPool,
      secret,
      secure,
      clock: () => kernel.clock.now(),
      mayEnter: async (userId) => (await kernel.sql.maybe(enabledUser(userId))) !== undefined,
    }),
    actors: createActors({ sql: kernel.sql, secret, cookieName, clock: kernel.clock }),
  }
  engines.set(kernel, made)
  return made
}

/** Session and actor of a request; the actor is also what the kernel's `resolveActor` answers. */
export async function identify(kernel: Kernel, request: FastifyRequest): Promise<Identified | null> {
  return await identityOf(kernel).actors.identify({
    cookie: request.headers.cookie,
    authorization: request.headers.authorization,
    'x-api-key': request.headers['x-api-key'],
  })
}
