import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { type ErrorStatus, kernelErrors, type Problem } from '../contract.ts'
import { DomainError, type FieldProblem } from '../errors.ts'
import type { Kernel } from '../kernel.ts'
import { unstorable } from './unstorable.ts'

const kernelCodes: ReadonlyMap<string, ErrorStatus> = new Map(Object.entries(kernelErrors))

function statusOf(kernel: Kernel, code: string): number {
  return kernelCodes.get(code) ?? kernel.modules.errors.get(code) ?? 500
}

/** The one place where a refusal becomes RFC 9457; unknown faults become 500 with an id and never leak. */
export function problemHandler(kernel: Kernel) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const known = asDomainError(error, request)
    const status = known === undefined ? 500 : statusOf(kernel, known.code)
    if (known === undefined || status === 500) {
      request.log.error({ err: error }, 'unexpected fault')
      return send(reply, 500, { code: 'server.fault', data: { requestId: request.id } }, request.url)
    }
    if (known.code === 'server.busy' || known.code === 'rate.limited') reply.header('retry-after', '1')
    return send(reply, status, known, request.url)
  }
}

function send(
  reply: FastifyReply,
  status: number,
  error: { code: string; data?: Record<string, unknown>; fields?: readonly FieldProblem[] },
  url: string,
) {
  const body: Problem = {
    type: `urn:foyer:problem:${error.code}`,
    title: error.code,
    status,
    code: error.code,
    instance: url.split('?')[0] ?? url,
    ...(error.data !== undefined && Object.keys(error.data).length > 0 ? { data: error.data } : {}),
    ...(error.fields !== undefined && error.fields.length > 0 ? { fields: error.fields.map(plain) } : {}),
  }
  return reply.code(status).type('application/problem+json').serializer(JSON.stringify).send(body)
}

function plain(field: FieldProblem): { path: string; code: string; data?: Record<string, unknown> } {
  return field.data === undefined
    ? { path: field.path, code: field.code }
    : { path: field.path, code: field.code, data: field.data }
}

function asDomainError(error: unknown, request: FastifyRequest): DomainError | undefined {
  if (error instanceof DomainError) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    return new DomainError(
      'input.invalid',
      {},
      error.validation.map((one) => ({
        path: one.instancePath.replace(/^\//, '').replaceAll('/', '.'),
        code: one.keyword,
        data: { message: one.message ?? '' },
      })),
    )
  }
  if (isFastifyError(error)) return fromFastify(error)
  if (isBrokenForm(error)) return new DomainError('input.malformed', { reason: 'multipart' })
  return fromDatabase(error, request)
}

/** What the multipart parser throws at a form that is cut off or has no boundary; it gives its errors no code. */
function isBrokenForm(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^(Multipart: Boundary not found|Unexpected end of (multipart data|form|file)|Part terminated early|Malformed part header)/.test(
      error.message,
    )
  )
}

function isFastifyError(error: unknown): error is FastifyError {
  return (
    error instanceof Error &&
    'statusCode' in error &&
    typeof error.statusCode === 'number' &&
    error.statusCode < 500
  )
}

function fromFastify(error: FastifyError): DomainError {
  switch (error.statusCode) {
    case 401:
      return new DomainError('auth.required')
    case 404:
      return new DomainError('route.unknown')
    case 413:
      return new DomainError('input.too-large')
    case 415:
      return new DomainError('input.media-type')
    case 429:
      return new DomainError('rate.limited')
    default:
      return new DomainError('input.malformed', { reason: error.code })
  }
}

/** The database away or full is "busy, try again", not a fault of ours to page anybody about. */
function fromDatabase(error: unknown, request: FastifyRequest): DomainError | undefined {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (/^(08|53|57)/.test(code) || ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT'].includes(code)) {
    return new DomainError('server.busy')
  }
  if (
    error instanceof Error &&
    /timeout exceeded when trying to connect|Connection terminated|not queryable/.test(error.message)
  ) {
    return new DomainError('server.busy')
  }
  // Text that PostgreSQL cannot store (a NUL character, a lone surrogate) or a number out of range is bad input.
  if (/^22/.test(code)) {
    const fields = [...unstorable(request.body), ...unstorable(request.query)]
    return fields.length > 0
      ? new DomainError('input.invalid', {}, fields)
      : new DomainError('input.malformed', { reason: code })
  }
  return undefined
}
