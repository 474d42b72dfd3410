import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { type Actor, rolesAt } from '../actor.ts'
import { mayAt } from '../authorize.ts'
import type { RouteInput, RouteSpec } from '../contract.ts'
import { problem } from '../contract.ts'
import { DomainError } from '../errors.ts'
import type { Kernel } from '../kernel.ts'
import type { Ctx } from '../work/command.ts'
import { requestHash } from '../work/idempotency.ts'
import { occurredOf } from '../work/occurred.ts'

export type Handler<S extends RouteSpec> = (
  ctx: Ctx,
  input: RouteInput<S>,
  http: { readonly request: FastifyRequest; readonly reply: FastifyReply },
) => Promise<z.input<S['response']>>

/** Binds a contract to its use case; `http.ts` of a module is a list of these lines and nothing else. */
export type Bind = <S extends RouteSpec>(spec: S, handler: Handler<S>) => void

/** Sign-in is a module's business; the kernel only asks who the caller is. `null`: nobody. */
export type ResolveActor = (request: FastifyRequest) => Promise<Actor | null>

const anonymous: Actor = {
  kind: 'anonymous',
  id: 'anonymous',
  name: 'anonymous',
  employeeId: null,
  roles: new Map(),
  link: null,
}

export interface BoundRoute {
  readonly spec: RouteSpec
}

export function binder(
  app: FastifyInstance,
  kernel: Kernel,
  resolveActor: ResolveActor,
  routes: BoundRoute[],
): Bind {
  return (spec, handler) => {
    if (!['public', 'signed-in', 'known'].includes(spec.action) && !kernel.modules.grants.has(spec.action)) {
      throw new Error(`route ${spec.id} needs the action "${spec.action}", which no module grants`)
    }
    routes.push({ spec })
    app.route({
      method: spec.method,
      url: `/api/v1${spec.path}`,
      // A stream never ends by itself: whoever asks for its head alone would wait for ever.
      exposeHeadRoute: spec.raw !== 'stream',
      schema: {
        operationId: spec.id,
        tags: [spec.tag],
        summary: spec.summary,
        ...(spec.description === undefined ? {} : { description: describe(spec) }),
        ...(spec.params === undefined ? {} : { params: spec.params }),
        ...(spec.query === undefined ? {} : { querystring: spec.query }),
        ...(spec.body === undefined || spec.raw === 'multipart' ? {} : { body: spec.body }),
        response:
          spec.raw === 'file' || spec.raw === 'stream' ? {} : { 200: spec.response, default: problem },
        ...(spec.action === 'public' ? { security: [] } : {}),
      },
      config: { action: spec.action },
      // Before the body is read: whoever may not do it learns nothing about what it takes, and sends nothing in.
      onRequest: async (request) => {
        callers.set(request, await callerOf(kernel, resolveActor, spec, request))
      },
      handler: async (request, reply) => {
        const caller = callers.get(request)
        if (caller === undefined) throw new Error(`nobody asked who calls ${spec.id}`)
        const ctx = contextOf(kernel, caller, request)
        const input = { params: request.params, query: request.query, body: request.body } as RouteInput<
          typeof spec
        >
        const answer = await handler(ctx, input, { request, reply })
        return spec.raw === 'file' || spec.raw === 'stream' ? reply : answer
      },
    })
  }
}

function describe(spec: RouteSpec): string {
  const codes = (spec.errors ?? []).map((code) => `\`${code}\``).join(', ')
  return codes === ''
    ? (spec.description ?? '')
    : `${spec.description ?? ''}\n\nRefusals of its own: ${codes}.`
}

interface Caller {
  readonly actor: Actor
  readonly siteId: string
}

// A public route answers anybody the same: a stale cookie or an unknown site must not keep people from signing in,
// and answers are not remembered, because everybody there shares one name.
const nobody: Caller = { actor: anonymous, siteId: '' }
const callers = new WeakMap<FastifyRequest, Caller>()

async function callerOf(
  kernel: Kernel,
  resolveActor: ResolveActor,
  spec: RouteSpec,
  request: FastifyRequest,
): Promise<Caller> {
  if (spec.action === 'public') return nobody
  const actor = await resolveActor(request)
  if (actor === null) throw new DomainError('auth.required')
  const siteId = siteOf(actor, request)
  if (!mayAt(kernel.modules.grants, actor, siteId, spec.action)) {
    throw new DomainError('auth.forbidden', { action: spec.action })
  }
  return { actor, siteId }
}

function contextOf(kernel: Kernel, { actor, siteId }: Caller, request: FastifyRequest): Ctx {
  const idempotency = actor.kind === 'anonymous' ? null : idempotencyOf(request, siteId)
  const { headers } = request
  const occurred =
    actor.kind === 'anonymous' || request.method === 'GET'
      ? null
      : occurredOf(headers['foyer-occurred-at'], headers['foyer-device'], kernel.clock.now())
  return { kernel, actor, siteId, requestId: request.id, idempotency, occurred }
}

/** Header `Foyer-Site` (or `?site=` where a browser can send no header); without it the actor's first site. */
function siteOf(actor: Actor, request: FastifyRequest): string {
  const header = request.headers['foyer-site']
  const query = request.query
  const asked =
    typeof header === 'string'
      ? header
      : typeof query === 'object' && query !== null && 'site' in query && typeof query.site === 'string'
        ? query.site
        : undefined
  if (asked === undefined) {
    const [first] = actor.roles.keys()
    if (first === undefined) throw new DomainError('auth.forbidden', { action: 'site' })
    return first
  }
  // A site the caller has no role at is answered like one that does not exist.
  if (rolesAt(actor, asked).length === 0) throw new DomainError('site.unknown')
  return asked
}

const keyPattern = /^[\x21-\x7e]{8,200}$/

function idempotencyOf(request: FastifyRequest, siteId: string): Ctx['idempotency'] {
  const key = request.headers['idempotency-key']
  if (request.method === 'GET' || key === undefined) return null
  if (typeof key !== 'string' || !keyPattern.test(key)) {
    throw new DomainError('input.invalid', {}, [{ path: 'Idempotency-Key', code: 'pattern' }])
  }
  return { key, requestHash: requestHash(request.method, request.url, siteId, request.body) }
}
