import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { may, must } from '../authorize.ts'
import type { Sql } from '../db/sql.ts'
import { DomainError, fail, failWith } from '../errors.ts'
import { type Ctx, command, query } from '../work/command.ts'
import type { AttachmentRule } from './attachment.ts'
import { type attachment, attachmentFields, fileErrors } from './contract.ts'
import { hashOf } from './disk.ts'
import { keep } from './keep.ts'
import { recognise } from './recognise.ts'
import { cleanName, disposition, mayShowInline } from './rules.ts'
import * as store from './store.ts'

const refuse = failWith(fileErrors)
type Attachment = z.input<typeof attachment>
const mostPerSubject = 100

/**
 * @throws DomainError `file.type` (content not on the list), `file.too-many`, `input.invalid` naming the part
 */
export async function add(ctx: Ctx, _input: unknown, http: { request: FastifyRequest }): Promise<Attachment> {
  const { entity, subjectId, fileName, content } = await readParts(http.request)
  const rule = await allowed(ctx, query(ctx), entity, subjectId, 'write')
  const known = await recognise(content, fileName)
  if (known === undefined) return refuse('file.type')
  const sha256 = hashOf(content)
  // The body of an upload is not in the request's hash: another file under the same key must not get the old answer.
  const idempotency =
    ctx.idempotency === null
      ? null
      : { ...ctx.idempotency, requestHash: `${ctx.idempotency.requestHash} ${entity} ${subjectId} ${sha256}` }
  return command({ ...ctx, idempotency }, async (work) => {
    const { n } = await work.one(store.countFiles(ctx.siteId, entity, subjectId))
    if (n >= mostPerSubject) return refuse('file.too-many', { most: mostPerSubject })
    const row = await keep(work, {
      entity,
      subjectId,
      content,
      name: cleanName(fileName, known.extension),
      mediaType: known.mediaType,
    })
    return present(ctx, row, rule)
  })
}

export async function list(ctx: Ctx, input: { query: { entity: string; id: string } }) {
  const { entity, id } = input.query
  const rule = await allowed(ctx, query(ctx), entity, id, 'read')
  const rows = await query(ctx).all(store.filesOf(ctx.siteId, entity, id))
  return { items: rows.map((row) => present(ctx, row, rule)), can: { add: may(ctx, rule.write) } }
}

/** @throws DomainError `file.content-missing` when the row is there but the disk lost the content */
export async function read(
  ctx: Ctx,
  input: { params: { id: string }; query: { inline: boolean } },
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<string> {
  const row = await query(ctx).maybe(store.fileById(ctx.siteId, input.params.id))
  if (row === undefined || row.removedAt !== null) return fail('entity.not-found')
  await allowed(ctx, query(ctx), row.subjectEntity, row.subjectId, 'read')
  if (!(await ctx.kernel.files.has(row.sha256))) {
    ctx.kernel.log.error({ file: row.id, sha256: row.sha256 }, 'the content of a file is missing on disk')
    return refuse('file.content-missing')
  }
  const inline = input.query.inline && mayShowInline(row.mediaType)
  const tag = `"${row.sha256}"`
  reply
    .header('content-type', row.mediaType)
    .header('content-disposition', disposition(inline ? 'inline' : 'attachment', row.name))
    .header('content-security-policy', policyOf(row.mediaType, inline))
    .header('x-content-type-options', 'nosniff')
    .header('cross-origin-resource-policy', 'same-origin')
    // Asked again each time, because the right to see it may end.
    .header('cache-control', 'private, no-cache')
    .header('etag', tag)
  if (request.headers['if-none-match'] === tag) await reply.code(304).send()
  else await reply.header('content-length', row.size).send(ctx.kernel.files.read(row.sha256))
  return ''
}

/** Whatever it turns out to be, it runs nothing and loads nothing. The browsers' PDF viewers refuse a sandbox. */
function policyOf(mediaType: string, inline: boolean): string {
  const nothing = "default-src 'none'; frame-ancestors 'self'"
  return inline && mediaType === 'application/pdf'
    ? `${nothing}; object-src 'self'; style-src 'unsafe-inline'`
    : `${nothing}; sandbox`
}

export const remove = (ctx: Ctx, input: { params: { id: string } }) => mark(ctx, input.params.id, true)
export const restore = (ctx: Ctx, input: { params: { id: string } }) => mark(ctx, input.params.id, false)

/** Asked for again, nothing happens and the answer is the same. */
async function mark(ctx: Ctx, id: string, removed: boolean): Promise<Attachment> {
  return command(ctx, async (work) => {
    const row = await work.maybe(store.lockFile(ctx.siteId, id))
    if (row === undefined) return fail('entity.not-found')
    const rule = await allowed(ctx, work, row.subjectEntity, row.subjectId, 'write')
    if ((row.removedAt !== null) === removed) return present(ctx, row, rule)
    const removedAt = removed ? work.now : null
    work.write(store.markRemoved(id, removedAt))
    work.journal({
      entity: row.subjectEntity,
      entityId: row.subjectId,
      action: removed ? 'file.removed' : 'file.restored',
      before: { file: id, name: row.name, removedAt: row.removedAt?.toISOString() ?? null },
      after: { file: id, removedAt: removedAt?.toISOString() ?? null },
    })
    return present(ctx, { ...row, removedAt }, rule)
  })
}

/** @throws DomainError `auth.forbidden`; `entity.not-found` for a record that is not the actor's business */
async function allowed(
  ctx: Ctx,
  sql: Sql,
  entity: string,
  id: string,
  what: 'read' | 'write',
): Promise<AttachmentRule> {
  const rule = ctx.kernel.modules.attachments.get(entity)
  if (rule === undefined) return invalid('subjectEntity', 'invalid_value')
  must(ctx, rule[what])
  const { link } = ctx.actor
  if (link !== null && (link.entity !== entity || link.id !== id)) return fail('entity.not-found')
  if (rule.visible !== undefined && !(await rule.visible(sql, ctx, id))) return fail('entity.not-found')
  return rule
}

async function readParts(request: FastifyRequest) {
  if (!request.isMultipart()) return fail('input.media-type')
  const fields: Record<string, unknown> = {}
  let file: { name: string; content: Buffer } | undefined
  for await (const part of request.parts()) {
    // Read to the end in any case: the parts after it come only then.
    if (part.type === 'file') file = { name: part.filename, content: await part.toBuffer() }
    else fields[part.fieldname] = part.value
  }
  const parsed = attachmentFields.safeParse(fields)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), code: issue.code }))
    throw new DomainError('input.invalid', {}, problems)
  }
  if (file === undefined) return invalid('file', 'required')
  if (file.content.length === 0) return invalid('file', 'too_small')
  const { subjectEntity: entity, subjectId } = parsed.data
  return { entity, subjectId, fileName: file.name, content: file.content }
}

function invalid(path: string, code: string): never {
  return fail('input.invalid', {}, [{ path, code }])
}

function present(ctx: Ctx, row: store.FileRow, rule: AttachmentRule): Attachment {
  const { id, name, mediaType, size } = row
  const writes = may(ctx, rule.write)
  return {
    ...{ id, name, mediaType, size },
    at: row.createdAt.toISOString(),
    by: row.createdByName,
    removedAt: row.removedAt?.toISOString() ?? null,
    can: {
      show: row.removedAt === null && mayShowInline(mediaType),
      remove: writes && row.removedAt === null,
      restore: writes && row.removedAt !== null,
    },
  }
}
