import type pg from 'pg'
import type { Actor } from '../actor.ts'
import { type Sql, type Statement, sqlOn } from '../db/sql.ts'
import { DomainError } from '../errors.ts'
import type { NewEntry } from '../journal/entry.ts'
import type { Kernel } from '../kernel.ts'
import type { LadderStep, Owner } from '../tasks/rules.ts'
import { CollectingWork } from './collecting-work.ts'
import { type Idempotency, lookupAnswer, rememberedAnswer } from './idempotency.ts'
import type { Occurred } from './occurred.ts'

/** One request of one actor at one site. */
export interface Ctx {
  readonly kernel: Kernel
  readonly actor: Actor
  readonly siteId: string
  readonly requestId: string
  readonly idempotency: Idempotency | null
  /** Set when the act happened earlier, on a device without a server; absent or null: it happens now. */
  readonly occurred?: Occurred | null
}

export interface NewTask {
  /** Made by the caller where a retry must not make a second one. */
  readonly id?: string
  readonly kind: string
  readonly subject: { readonly entity: string; readonly id: string }
  /** Placeholders of the task's text `task.<kind>`; no personal data beyond names. */
  readonly facts?: Readonly<Record<string, unknown>>
  readonly owner: Owner
  readonly dueAt: Date
  readonly remindAt?: Date | null
  readonly ladder?: readonly LadderStep[]
}

/**
 * The unit of work. Reads run at once, inside the transaction; everything written is collected and travels with
 * the commit in one trip, so a use case reads: load locked → can → decide → write → journal → tasks.
 */
export interface Work extends Sql {
  readonly ctx: Ctx
  /** The moment of the act: the clock's, or the device's own where it acted without a server (`ctx.occurred`). */
  readonly now: Date
  /** An act told late cannot have happened before this: two clocks differ, and time on a record never runs back. */
  notBefore(at: Date): void
  write(statement: Statement<unknown>): void
  journal(entry: NewEntry): void
  /** @returns the id of the task */
  openTask(task: NewTask): string
  /** Takes back what this very unit wanted to open: another part of it has decided otherwise. */
  withdrawTasks(subject: { entity: string; id: string }, kinds: readonly string[]): void
  settleTasks(subject: { entity: string; id: string }, kinds: readonly string[], outcome: string): void
  cancelTasks(subject: { entity: string; id: string }, kinds: readonly string[], outcome: string): void
}

/** A unit of work whose site is known only once a row is locked: the dispatcher's. */
export interface RovingWork extends Work {
  /** Journal entries and tasks of this unit belong to the site from now on. */
  enter(siteId: string): void
}

/** Deadlock and serialization failures are nobody's fault: the transaction is run again this often. */
const attempts = 4

/**
 * Runs a use case in one transaction. With an `Idempotency-Key` a repeated request gets the first answer, also when
 * both arrive at the same moment (G4, design §1.5).
 * @throws DomainError whatever the use case refuses; constraint violations as the modules' `constraints` name them
 */
export async function command<T>(ctx: Ctx, use: (work: Work) => Promise<T>): Promise<T> {
  return await rovingCommand(ctx, use)
}

/** `command` for work that finds its site itself; the site of `ctx` holds until `enter`. */
export async function rovingCommand<T>(ctx: Ctx, use: (work: RovingWork) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(ctx, use)
    } catch (error) {
      if (attempt >= attempts || !isTransient(error)) throw error
      // Two that met once would meet again if both came back at the same moment.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt))
    }
  }
}

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }

async function outcomeOf<T>(use: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await use() }
  } catch (error) {
    return { ok: false, error }
  }
}

async function once<T>(ctx: Ctx, use: (work: RovingWork) => Promise<T>): Promise<T> {
  const client = await ctx.kernel.pool.connect()
  const sql = sqlOn(client)
  const work = new CollectingWork(ctx, sql)
  // The connection goes back to the pool only when its transaction has surely ended.
  let ended = false
  const rollback = async () => {
    await client.query('rollback')
    ended = true
  }
  try {
    // Not awaited one by one: BEGIN, the idempotency look-up and the first reads of the use case share a trip.
    const begun = outcomeOf(() => client.query('begin'))
    const looked = outcomeOf(async () =>
      ctx.idempotency === null ? undefined : await sql.maybe(lookupAnswer(ctx.actor, ctx.idempotency)),
    )
    const [begin, earlier, result] = await Promise.all([begun, looked, outcomeOf(() => use(work))])
    // Reads that a use case left running may not slip in behind the end of its transaction.
    work.close()
    if (!begin.ok) throw begin.error
    if (!earlier.ok) {
      await rollback()
      throw earlier.error
    }
    if (earlier.value !== undefined && ctx.idempotency !== null) {
      await rollback()
      return rememberedAnswer<T>(earlier.value, ctx.idempotency)
    }
    if (!result.ok) {
      await rollback()
      return await refused(ctx, sql, result.error)
    }
    const failure = await commit(client, sql, work, result.value)
    ended = failure === undefined || isStatementError(failure)
    if (failure !== undefined) return await refused(ctx, sql, failure)
    return result.value
  } finally {
    work.close()
    client.release(!ended)
  }
}

/** Sends every collected row and COMMIT together; when one fails PostgreSQL turns the COMMIT into a rollback. */
async function commit(
  client: pg.PoolClient,
  sql: Sql,
  work: CollectingWork,
  answer: unknown,
): Promise<Error | undefined> {
  const statements = work.statements(answer)
  const settled = await Promise.allSettled([
    ...statements.map((statement) => sql.run(statement)),
    client.query('commit'),
  ])
  const bad = settled.find((part) => part.status === 'rejected')
  if (bad !== undefined) return bad.reason instanceof Error ? bad.reason : new Error(String(bad.reason))
  const last = settled.at(-1)
  const tag = last?.status === 'fulfilled' && typeof last.value === 'object' ? last.value.command : undefined
  return tag === 'COMMIT' ? undefined : new Error(`the transaction ended with ${tag}`)
}

/**
 * A refusal may only mean that the same request, sent twice at once, was answered on the other connection meanwhile:
 * then its answer is this one's too.
 */
async function refused<T>(ctx: Ctx, sql: Sql, error: unknown): Promise<T> {
  if (ctx.idempotency !== null && (error instanceof DomainError || isDoubled(error))) {
    const meanwhile = await sql.maybe(lookupAnswer(ctx.actor, ctx.idempotency))
    if (meanwhile !== undefined) return rememberedAnswer<T>(meanwhile, ctx.idempotency)
  }
  throw translate(ctx, error)
}

function pgCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

function isTransient(error: unknown): boolean {
  const code = pgCode(error)
  return code === '40001' || code === '40P01'
}

/** Unique and exclusion constraints: what a request sent twice runs into. */
function isDoubled(error: unknown): boolean {
  const code = pgCode(error)
  return code === '23505' || code === '23P01'
}

/** PostgreSQL refused a statement and then answered COMMIT with a rollback; otherwise the connection is in doubt. */
function isStatementError(error: unknown): boolean {
  const code = pgCode(error)
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('08') && !code.startsWith('57')
}

/** A constraint the modules know by name becomes their refusal; anything else stays a fault. */
function translate(ctx: Ctx, error: unknown): unknown {
  if (!(error instanceof Error) || !('constraint' in error) || typeof error.constraint !== 'string')
    return error
  const code = ctx.kernel.modules.constraints.get(error.constraint)
  return code === undefined ? error : new DomainError(code)
}

/** A read needs no transaction; it runs on the pool. */
export function query(ctx: Ctx): Sql {
  return ctx.kernel.sql
}

/** Refuses an edit made on an older version than the stored one (optimistic locking). */
export function mustBeVersion(stored: number, sent: number): void {
  if (stored !== sent) throw new DomainError('edit.stale', { stored, sent })
}
