/** An import's life: upload → preview → run, step by step → done → undone. */
import type { FastifyRequest } from 'fastify'
import { may, must } from '../authorize.ts'
import { DomainError, fail, failWith } from '../errors.ts'
import { newId } from '../ids.ts'
import { type Ctx, command, query } from '../work/command.ts'
import { checkFile } from './check.ts'
import { importErrors } from './contract.ts'
import type { Importer } from './importer.ts'
import { fits, type Mapping, suggest, tableOf } from './mapping.ts'
import { readRows } from './read.ts'
import { remember, rowsOf } from './source.ts'
import * as store from './store.ts'

const refuse = failWith(importErrors)
type One = { params: { kind: string; id: string } }

/** @throws DomainError `import.kind-unknown`, `auth.forbidden` */
export function importerOf(ctx: Ctx, kind: string): Importer {
  const importer = ctx.kernel.modules.importers.get(kind) ?? refuse('import.kind-unknown')
  must(ctx, importer.action)
  return importer
}

export async function kinds(ctx: Ctx) {
  const items = [...ctx.kernel.modules.importers.values()]
    .filter((importer) => may(ctx, importer.action))
    .map(({ kind, fields }) => ({ kind, fields: fields.map(({ key, required }) => ({ key, required })) }))
  return { items }
}

export async function upload(
  ctx: Ctx,
  input: { params: { kind: string } },
  http: { readonly request: FastifyRequest },
) {
  importerOf(ctx, input.params.kind)
  if (!http.request.isMultipart()) refuse('import.no-file')
  const part = (await http.request.file()) ?? refuse('import.no-file')
  return await accept(ctx, input.params.kind, part.filename, await part.toBuffer())
}

const sampleLines = 5

/** Takes a file in as a draft; also the way of the command line. */
export async function accept(ctx: Ctx, kind: string, fileName: string, content: Buffer) {
  const importer = importerOf(ctx, kind)
  const { rows } = await readRows(content)
  const table = tableOf(rows, importer.fields)
  if (table.rows.length === 0) refuse('import.empty')
  const profiles = await query(ctx).all(store.profilesOf(ctx.siteId, kind))
  const profile = profiles.find((one) => fits(one.mapping, table.headings))
  const mapping = profile?.mapping ?? suggest(table.headings, importer.fields)
  const sha256 = await ctx.kernel.files.put(content)
  remember(sha256, rows)
  const run = await command(ctx, async (work) => {
    const id = newId()
    const by = { actorId: ctx.actor.employeeId ?? ctx.actor.id, by: ctx.actor.name }
    const name = fileName.replace(/[\p{Cc}/\\]/gu, '').slice(-150) || 'file'
    await work.run(
      store.insertRun(ctx.siteId, {
        id,
        kind,
        fileName: name,
        sha256,
        headings: table.headings,
        mapping,
        total: table.rows.length,
        at: work.now,
        ...by,
      }),
    )
    work.journal({
      entity: 'import',
      entityId: id,
      action: 'import.uploaded',
      after: { kind, fileName: name, sha256 },
    })
    return present(await work.one(store.runById(ctx.siteId, kind, id)))
  })
  return {
    run,
    headings: [...table.headings],
    sample: table.rows.slice(0, sampleLines).map((row) => [...row.cells]),
    mapping,
    profiles,
    profileId: profile?.id ?? null,
  }
}

const shownProblems = 200

export async function preview(ctx: Ctx, input: One & { body: { mapping: Mapping } }) {
  const { kind, id } = input.params
  const importer = importerOf(ctx, kind)
  const run = await unfinished(ctx, kind, id)
  const raw = await rowsOf(ctx.kernel, run.sha256)
  return command({ ...ctx, idempotency: null }, async (work) => {
    const { rows, checked } = await checkFile(work, importer, raw, input.body.mapping)
    work.write(store.rememberMapping(id, input.body.mapping))
    const good = checked.filter((one) => one.ok)
    const expected = { created: 0, updated: 0, unchanged: 0 }
    for (const one of good) if (one.expect !== undefined) expected[one.expect] += 1
    const bad = checked.flatMap((one) => (one.ok ? [] : [{ line: one.line, problems: [...one.problems] }]))
    return {
      total: rows.length,
      good: good.length,
      bad: bad.length,
      expected: good.some((one) => one.expect !== undefined) ? expected : null,
      rows: rows.slice(0, 20).map((row) => ({ line: row.line, cells: { ...row.cells } })),
      problems: bad.slice(0, shownProblems),
    }
  })
}

/** @throws DomainError `entity.not-found`, `import.finished` */
export async function unfinished(ctx: Ctx, kind: string, id: string): Promise<store.RunRow> {
  const run = (await query(ctx).maybe(store.runById(ctx.siteId, kind, id))) ?? fail('entity.not-found')
  if (run.status !== 'draft' && run.status !== 'running') refuse('import.finished')
  return run
}

export async function read(ctx: Ctx, input: One) {
  const { kind, id } = input.params
  importerOf(ctx, kind)
  const run = (await query(ctx).maybe(store.runById(ctx.siteId, kind, id))) ?? fail('entity.not-found')
  const problems = await query(ctx).all(store.badLines(id, shownProblems))
  return { run: present(run), problems: problems.map((one) => ({ line: one.line, problems: one.problems })) }
}

export async function runs(
  ctx: Ctx,
  input: { params: { kind: string }; query: { cursor?: string | undefined; limit: number } },
) {
  const { kind } = input.params
  importerOf(ctx, kind)
  const { cursor, limit } = input.query
  const rows = await query(ctx).all(
    store.runsPage(ctx.siteId, kind, cursor === undefined ? null : position(cursor), limit + 1),
  )
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map(present),
    next: rows.length > limit && last !== undefined ? `${last.at.toISOString()}_${last.id}` : null,
  }
}

function position(cursor: string): { at: string; id: string } {
  const [at, id] = cursor.split('_')
  if (at === undefined || Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id ?? '')) {
    throw new DomainError('input.invalid', {}, [{ path: 'cursor', code: 'pattern' }])
  }
  return { at, id: id ?? '' }
}

export async function removeProfile(ctx: Ctx, input: One) {
  importerOf(ctx, input.params.kind)
  return command(ctx, async (work) => {
    const { kind, id } = input.params
    const gone = (await work.maybe(store.deleteProfile(ctx.siteId, kind, id))) ?? fail('entity.not-found')
    const { name, mapping } = gone
    work.journal({
      entity: 'import-profile',
      entityId: id,
      action: 'import-profile.removed',
      before: { kind, name, mapping },
    })
    return { id }
  })
}

export function present(row: store.RunRow) {
  const { sha256: _sha256, headings: _headings, ...run } = row
  return {
    ...run,
    at: row.at.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    can: { run: row.status === 'draft' || row.status === 'running', undo: row.status === 'done' },
  }
}
