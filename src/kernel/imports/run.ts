/** Storing and taking back, in transactions of a few hundred lines that each leave the run in a true state. */
import { DomainError, fail, failWith } from '../errors.ts'
import { newId } from '../ids.ts'
import { type Ctx, command, query, type Work } from '../work/command.ts'
import { checkFile } from './check.ts'
import { importErrors } from './contract.ts'
import type { Checked, Importer } from './importer.ts'
import type { Mapping } from './mapping.ts'
import { importerOf, present, unfinished } from './service.ts'
import { dropFile, rowsOf } from './source.ts'
import * as store from './store.ts'

const refuse = failWith(importErrors)
const chunkLines = 200
/** A step answers before anybody's patience or proxy ends. */
const stepMs = 8_000

type One = { params: { kind: string; id: string } }

export interface RunInput extends One {
  readonly body: {
    readonly mapping: Mapping
    readonly onBad: 'skip' | 'stop'
    readonly saveAs?: string | undefined
  }
}

/**
 * One step of a run: goes on until it is done or the time is up. Every chunk holds the run's row and moves `progress`
 * in its own transaction, so a crash loses at most the chunk in hand, the next call goes on behind it, and two calls
 * at once cannot store a line twice.
 * @throws DomainError `import.bad-lines` (onBad stop), `import.busy` when another call is running the same file
 */
export async function run(outer: Ctx, input: RunInput) {
  const ctx = { ...outer, idempotency: null }
  const { kind, id } = input.params
  const importer = importerOf(ctx, kind)
  const started = await unfinished(ctx, kind, id)
  const raw = await rowsOf(ctx.kernel, started.sha256)
  // A run that goes on keeps the mapping it began with.
  const mapping = started.status === 'running' ? started.mapping : input.body.mapping
  const { table, checked } = await command(ctx, async (work) => {
    const file = await checkFile(work, importer, raw, mapping)
    if (started.status === 'running') return file
    const bad = file.checked.filter((one) => !one.ok).length
    if (input.body.onBad === 'stop' && bad > 0) refuse('import.bad-lines', { bad })
    await begin(work, kind, id, mapping, file.checked.length, input.body.saveAs)
    return file
  })
  const cellsOf = new Map(table.rows.map((row) => [row.line, row.cells]))
  const until = Date.now() + stepMs
  let progress = started.progress
  const waiting = checked.filter((one) => one.line > progress)
  for (let from = 0; from < waiting.length; from += chunkLines) {
    if (Date.now() > until) return await now(ctx, kind, id)
    const chunk = waiting.slice(from, from + chunkLines)
    progress = await storeChunk(ctx, importer, id, progress, chunk, cellsOf)
  }
  await finish(ctx, kind, id)
  await dropFile(ctx.kernel, started.sha256)
  return await now(ctx, kind, id)
}

async function begin(work: Work, kind: string, id: string, mapping: Mapping, total: number, saveAs?: string) {
  const { siteId } = work.ctx
  const run = await work.one(store.lockRun(siteId, kind, id))
  if (run.status !== 'draft') refuse('import.busy')
  work.write(store.startRun(id, mapping, total))
  work.journal({
    entity: 'import',
    entityId: id,
    action: 'import.started',
    before: { status: 'draft' },
    after: { status: 'running', mapping, total },
  })
  if (saveAs === undefined) return
  const profile = { id: newId(), name: saveAs, mapping }
  work.write(store.putProfile(siteId, kind, profile, work.now))
  work.journal({
    entity: 'import-profile',
    entityId: profile.id,
    action: 'import-profile.saved',
    after: { kind, name: saveAs, mapping },
  })
}

async function storeChunk(
  ctx: Ctx,
  importer: Importer,
  id: string,
  progress: number,
  chunk: readonly Checked<unknown>[],
  cellsOf: ReadonlyMap<number, readonly string[]>,
): Promise<number> {
  return command(ctx, async (work) => {
    const held = await work.one(store.lockRun(ctx.siteId, importer.kind, id))
    if (held.status !== 'running' || held.progress !== progress) refuse('import.busy')
    const good = chunk.filter((one) => one.ok)
    const applied = good.length === 0 ? [] : await importer.apply(work, good)
    if (applied.length !== good.length)
      throw new Error(`importer ${importer.kind} answered ${applied.length} of ${good.length} lines`)
    const lines: store.StoredLine[] = good.map((one, index) => {
      const { result, entityId, before } = applied[index] ?? fail('entity.not-found')
      return { line: one.line, result, entityId, before: before ?? null, problems: null, cells: null }
    })
    for (const one of chunk) {
      if (one.ok) continue
      const cells = cellsOf.get(one.line) ?? []
      lines.push({
        line: one.line,
        result: 'bad',
        entityId: null,
        before: null,
        problems: one.problems,
        cells,
      })
    }
    const count = (result: string) => lines.filter((line) => line.result === result).length
    const last = chunk.at(-1)?.line ?? progress
    work.write(store.insertLines(id, lines))
    work.write(
      store.addProgress(id, last, {
        created: count('created'),
        updated: count('updated'),
        unchanged: count('unchanged'),
        bad: count('bad'),
      }),
    )
    return last
  })
}

async function finish(ctx: Ctx, kind: string, id: string): Promise<void> {
  await command(ctx, async (work) => {
    const run = await work.one(store.lockRun(ctx.siteId, kind, id))
    if (run.status !== 'running') refuse('import.busy')
    const { created, updated, unchanged, bad } = run
    work.write(store.finishRun(id, 'done', 0, work.now))
    work.journal({
      entity: 'import',
      entityId: id,
      action: 'import.done',
      before: { status: 'running' },
      after: { status: 'done', kind, created, updated, unchanged, bad },
    })
  })
}

/** Newest line first, chunk by chunk; called again after a crash it goes on with what is left. */
export async function undo(outer: Ctx, input: One) {
  const ctx = { ...outer, idempotency: null }
  const { kind, id } = input.params
  const importer = importerOf(ctx, kind)
  let kept = 0
  for (let below = 2 ** 31 - 1; ; ) {
    const chunk = await command(ctx, async (work) => {
      const run = (await work.maybe(store.lockRun(ctx.siteId, kind, id))) ?? fail('entity.not-found')
      if (run.status !== 'done') refuse('import.not-done')
      const lines = await work.all(store.storedLines(id, below, chunkLines))
      if (lines.length === 0) {
        work.write(store.finishRun(id, 'undone', kept, work.now))
        work.journal({
          entity: 'import',
          entityId: id,
          action: 'import.undone',
          before: { status: 'done' },
          after: { status: 'undone', kept },
        })
        return undefined
      }
      const outcome = await importer.undo(work, lines)
      const undone = new Set(outcome.undone)
      work.write(
        store.markUndone(
          id,
          lines.filter((line) => undone.has(line.entityId)).map((line) => line.line),
        ),
      )
      return {
        last: lines.at(-1)?.line ?? 0,
        kept: lines.filter((line) => !undone.has(line.entityId)).length,
      }
    })
    if (chunk === undefined) return await now(ctx, kind, id)
    kept += chunk.kept
    below = chunk.last
  }
}

async function now(ctx: Ctx, kind: string, id: string) {
  const row = await query(ctx).maybe(store.runById(ctx.siteId, kind, id))
  if (row === undefined) throw new DomainError('entity.not-found')
  return present(row)
}
