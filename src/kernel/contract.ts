/**
 * The shape of an HTTP contract. A module's `contract.ts` is the only file that server, OpenAPI document and web
 * client share, so it may import zod, this file and the module's pure `rules.ts`, and nothing else.
 */
import { z } from 'zod'

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** 4xx statuses an error code may carry on the wire; the code itself knows no HTTP (design §4). */
export type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 410 | 412 | 413 | 415 | 422 | 423 | 429 | 503

/**
 * `public` needs no sign-in at all, `signed-in` any account, `known` an account or a signed link; everything else is
 * an action of the matrix.
 */
export type ActionName = string

export interface RouteSpec {
  readonly method: HttpMethod
  /** Below `/api/v1`, with `:name` parameters. */
  readonly path: string
  /** `visits.checkIn`: unique, becomes the OpenAPI operationId. */
  readonly id: string
  readonly tag: string
  readonly summary: string
  /** Rule ids and whatever a caller must know; CommonMark. */
  readonly description?: string
  readonly action: ActionName
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly response: z.ZodType
  /** Codes this route may answer besides the common ones (bad input, sign-in, permission, idempotency). */
  readonly errors?: readonly string[]
  /** Set on routes whose answer is not JSON (file, stream); the binder then leaves the reply to the handler. */
  readonly raw?: 'file' | 'stream' | 'multipart'
}

/** Declares one route; identity function that keeps the literal types for server and client. */
export function route<const S extends RouteSpec>(spec: S): S {
  return spec
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined
type Sent<T> = T extends z.ZodType ? z.input<T> : undefined

/** What a handler receives: parsed and defaulted. */
export interface RouteInput<S extends RouteSpec> {
  readonly params: Parsed<S['params']>
  readonly query: Parsed<S['query']>
  readonly body: Parsed<S['body']>
}

type Only<K extends string, T> = T extends undefined
  ? { readonly [P in K]?: never }
  : { readonly [P in K]: T }

/** What a client sends: before defaults. Parts a route does not declare may not be sent. */
export type RouteCall<S extends RouteSpec> = Only<'params', Sent<S['params']>> &
  Only<'query', Sent<S['query']>> &
  Only<'body', Sent<S['body']>>

export type RouteAnswer<S extends RouteSpec> = z.output<S['response']>

/** RFC 9457 problem document; `code` is what the interface translates, `fields` names what to mend. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    data: z.record(z.string(), z.unknown()).optional(),
    fields: z
      .array(
        z.object({ path: z.string(), code: z.string(), data: z.record(z.string(), z.unknown()).optional() }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' })
export type Problem = z.infer<typeof problem>

/** Keyset page: `next` goes back as `cursor`; `total` is exact up to 10 000, then `more` is true. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable(),
    total: z.int().optional(),
    totalIsFloor: z.boolean().optional(),
  })
}

export const pageQuery = z.object({
  cursor: z.string().max(500).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

type WithoutDefault<T> = T extends z.ZodDefault<infer Inner> ? Inner : T
type Changes<Shape extends z.ZodRawShape> = {
  [Name in keyof Shape]: z.ZodOptional<z.ZodType<z.output<Shape[Name]>, z.input<WithoutDefault<Shape[Name]>>>>
}

/**
 * The body of a PATCH: what is left out stays as it is. `.partial()` alone would fill defaults in, and so blank every
 * part that nobody wanted to change.
 */
export function changesOf<Shape extends z.ZodRawShape>(
  facts: z.ZodObject<Shape>,
): z.ZodObject<Changes<Shape>> {
  const shape = Object.entries(facts.shape).map(([name, part]) => [
    name,
    ((part instanceof z.ZodDefault ? part.removeDefault() : part) as z.ZodType).optional(),
  ])
  return z.object(Object.fromEntries(shape) as Changes<Shape>)
}

export const uuid = z.uuid()
export const instant = z.iso.datetime({ offset: true }).describe('RFC 3339 instant')
export const day = z.iso.date().describe('calendar day of the site, YYYY-MM-DD')
export const shortText = z.string().trim().max(200)
export const longText = z.string().trim().max(4000)

/** Wire codes of the kernel itself; a module adds its own with the same shape. */
export const kernelErrors = {
  'input.invalid': 400,
  'input.malformed': 400,
  'input.too-large': 413,
  'input.media-type': 415,
  'auth.required': 401,
  'auth.forbidden': 403,
  'auth.csrf': 403,
  'link.invalid': 401,
  'link.expired': 410,
  'site.unknown': 404,
  'route.unknown': 404,
  'entity.not-found': 404,
  'entity.exists': 409,
  'edit.stale': 409,
  'idempotency.reused': 409,
  'transition.refused': 409,
  'rate.limited': 429,
  'server.busy': 503,
} as const satisfies Record<string, ErrorStatus>
