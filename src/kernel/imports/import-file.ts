import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { DomainError } from '../errors.ts'
import { type Ctx, query } from '../work/command.ts'
import type { Mapping } from './mapping.ts'
import { run } from './run.ts'
import { accept, preview } from './service.ts'
import * as store from './store.ts'

export interface ImportOptions {
  /** Field → heading; what is given here wins over the suggestion. */
  readonly mapping?: Mapping
  /** Name of a saved mapping to use. */
  readonly profile?: string
  readonly onBad?: 'skip' | 'stop'
  readonly saveAs?: string
  /** Only look, store nothing. */
  readonly dryRun?: boolean
  /** Called after every step. */
  readonly onProgress?: (run: { readonly progress: number; readonly total: number }) => void
}

export interface ImportSummary {
  readonly runId: string
  readonly status: 'draft' | 'running' | 'done' | 'undone'
  readonly total: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly bad: number
  readonly mapping: Mapping
  readonly problems: readonly {
    readonly line: number
    readonly problems: readonly {
      readonly field: string
      readonly code: string
      readonly value?: string | undefined
    }[]
  }[]
}

/**
 * `npm run foyer -- import KIND FILE`: the same way as the screen's, in one go.
 * @throws DomainError what upload, preview and run refuse; `input.invalid` for an unknown profile
 */
export async function runImport(
  ctx: Ctx,
  kind: string,
  filePath: string,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  const draft = await accept(ctx, kind, basename(filePath), await readFile(filePath))
  const params = { kind, id: draft.run.id }
  const mapping = { ...base(draft, options), ...options.mapping }
  if (options.dryRun === true) {
    const seen = await preview(ctx, { params, body: { mapping } })
    const expected = seen.expected ?? { created: 0, updated: 0, unchanged: 0 }
    return {
      runId: draft.run.id,
      status: 'draft',
      total: seen.total,
      ...expected,
      bad: seen.bad,
      mapping,
      problems: seen.problems,
    }
  }
  const body = { mapping, onBad: options.onBad ?? 'skip', saveAs: options.saveAs }
  let state = await run(ctx, { params, body })
  while (state.status === 'running') {
    options.onProgress?.(state)
    state = await run(ctx, { params, body })
  }
  const problems = await query(ctx).all(store.badLines(draft.run.id, 1000))
  const { status, total, created, updated, unchanged, bad } = state
  return { runId: draft.run.id, status, total, created, updated, unchanged, bad, mapping, problems }
}

function base(draft: Awaited<ReturnType<typeof accept>>, options: ImportOptions): Mapping {
  if (options.profile === undefined) return draft.mapping
  const profile = draft.profiles.find((one) => one.name === options.profile)
  if (profile === undefined)
    throw new DomainError('input.invalid', {}, [{ path: 'profile', code: 'unknown' }])
  return profile.mapping
}
