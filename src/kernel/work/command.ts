import type pg from 'pg'
import type { Actor } from '../actor.ts'
import { type Sql, type Statement, sqlOn } from '../db/sql.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { NewEntry } from '../journal/entry.ts'
import { insertEntries } from '../journal/store.ts'
import type { Kernel } from '../kernel.ts'
import { type LadderStep, nextMoment, type Owner } from '../tasks/rules.ts'
import { insertTasks, type Stamp, settleSubject, type TaskInsert } from '../tasks/store.ts'
import { type Idempotency, insertAnswer, lookupAnswer, rememberedAnswer } from './idempotency.ts'

/** One request of one actor at one site. */
export interface Ctx {
  readonly kernel: Kernel
  readonly actor: Actor
  readonly siteId: string
  readonly requestId: string
  readonly idempotency: Idempotency | null
}

export interface NewTask {
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
  readonly now: Date
  write(statement: Statement<unknown>): void
  journal(entry: NewEntry): void
  /** @returns the id of the task */
  openTask(task: NewTask): string
  settleTasks(subject: { entity: string; id: string }, kinds: readonly string[], outcome: string): void
  cancelTasks(subject: { entity: string; id: string }, kinds: readonly string[], outcome: string): void
}

/** Deadlock and serialization failures are nobody's fault: the transaction is run again this often. */
const attempts = 4

/**
 * Runs a use case in one transaction. With an `Idempotency-Key` a repeated request gets the first answer, also when
 * both arrive at the same moment (G4, design §1.5).
 * @throws DomainError whatever the use case refuses; constraint violations as the modules' `constraints` name them
 */
export async function command<T>(ctx: Ctx, use: (work: Work) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(ctx, use)
    } catch (error) {
      if (attempt < attempts && isTransient(error)) continue
      throw error
    }
  }
}

async function once<T>(ctx: Ctx, use: (work: Work) => Promise<T>): Promise<T> {
  const client = await ctx.kernel.pool.connect()
  let broken = false
  try {
    const sql = sqlOn(client)
    // Not awaited one by one: BEGIN, the idempotency look-up and the first reads of the use case share a trip.
    const begun = client.query('begin')
    const earlier = ctx.idempotency === null ? undefined : sql.maybe(lookupAnswer(ctx.actor, ctx.idempotency))
    const work = new CollectingWork(ctx, sql)
    const outcome = use(work).then(
      (value) => ({ ok: true as const, value }),
      (error: unknown) => ({ ok: false as const, error }),
    )
    const [, before, result] = await Promise.all([begun, earlier, outcome])
    if (before !== undefined && ctx.idempotency !== null) {
      await client.query('rollback')
      return rememberedAnswer<T>(before, ctx.idempotency)
    }
    if (!result.ok) {
      await client.query('rollback')
      return await refused(ctx, sql, result.error)
    }
    const failure = await commit(client, sql, work, result.value)
    if (failure !== undefined) return await refused(ctx, sql, failure)
    return result.value
  } catch (error) {
    broken = isConnectionError(error)
    throw error
  } finally {
    client.release(broken)
  }
}

/** Sends every collected row and COMMIT together; when one fails PostgreSQL turns the COMMIT into a rollback. */
async function commit(client: pg.PoolClient, sql: Sql, work: CollectingWork, answer: unknown): Promise<unknown> {
  const statements = work.statements(answer)
  const settled = await Promise.allSettled([
    ...statements.map((statement) => sql.run(statement)),
    client.query('commit'),
  ])
  const bad = settled.find((part) => part.status === 'rejected')
  if (bad !== undefined) return bad.reason
  const last = settled.at(-1)
  const tag = last?.status === 'fulfilled' && typeof last.value === 'object' ? last.value.command : undefined
  return tag === 'COMMIT' ? undefined : new Error(`the transaction ended with ${tag}`)
}

/**
 * A refusal may only mean that the same request, sent twice at once, was answered on the other connection meanwhile:
 * then its answer is this one's too.
 */
async function refused<T>(ctx: Ctx, sql: Sql, error: unknown): Promise<T> {
  if (ctx.idempotency !== null && (error instanceof DomainError || isUniqueViolation(error))) {
    const meanwhile = await sql.maybe(lookupAnswer(ctx.actor, ctx.idempotency))
    if (meanwhile !== undefined) return rememberedAnswer<T>(meanwhile, ctx.idempotency)
  }
  throw translate(ctx, error)
}

class CollectingWork implements Work {
  readonly now: Date
  readonly ctx: Ctx
  readonly all: Sql['all']
  readonly maybe: Sql['maybe']
  readonly one: Sql['one']
  readonly run: Sql['run']
  readonly #writes: Statement<unknown>[] = []
  readonly #settles: Statement<unknown>[] = []
  readonly #entries: NewEntry[] = []
  readonly #tasks: TaskInsert[] = []

  constructor(ctx: Ctx, sql: Sql) {
    this.ctx = ctx
    this.now = ctx.kernel.clock.now()
    this.all = sql.all
    this.maybe = sql.maybe
    this.one = sql.one
    this.run = sql.run
  }

  write(statement: Statement<unknown>): void {
    this.#writes.push(statement)
  }

  journal(entry: NewEntry): void {
    this.#entries.push(entry)
  }

  openTask(task: NewTask): string {
    const id = newId()
    const ladder = task.ladder ?? []
    const remindAt = task.remindAt ?? null
    const timing = { dueAt: task.dueAt, remindAt, level: 0, reminded: false, ladder }
    this.#tasks.push({
      id,
      siteId: this.ctx.siteId,
      kind: task.kind,
      subjectEntity: task.subject.entity,
      subjectId: task.subject.id,
      facts: { ...task.facts },
      owner: task.owner,
      dueAt: task.dueAt,
      remindAt,
      nextAt: nextMoment(timing),
      ladder,
    })
    return id
  }

  settleTasks(subject: { entity: string; id: string }, kinds: readonly string[], outcome: string): void {
    this.#settles.push(settleSubject(subject, kinds, 'done', outcome, this.#stamp()))
  }

  cancelTasks(subject: { entity: string; id: string }, kinds: readonly string[], outcome: string): void {
    this.#settles.push(settleSubject(subject, kinds, 'cancelled', outcome, this.#stamp()))
  }

  statements(answer: unknown): Statement<unknown>[] {
    const { actor, siteId, requestId, idempotency } = this.ctx
    // Settling goes before opening: a use case that replaces a task must not settle the new one.
    const all = [...this.#writes, ...this.#settles]
    if (this.#tasks.length > 0) all.push(insertTasks(this.#stamp(), this.#tasks))
    if (this.#entries.length > 0) {
      all.push(insertEntries({ at: this.now, siteId: siteId || null, actor, requestId }, this.#withTasks()))
    }
    if (idempotency !== null && all.length > 0) all.push(insertAnswer(actor, idempotency, answer, this.now))
    return all
  }

  /** The first entry tells followers which tasks this change opened or settled: to-do lists are live too. */
  #withTasks(): NewEntry[] {
    const [first, ...rest] = this.#entries
    if (first === undefined) return []
    if (this.#tasks.length === 0 && this.#settles.length === 0) return [first, ...rest]
    const tasks = { opened: this.#tasks.map((task) => task.id), settled: this.#settles.length > 0 }
    return [{ ...first, data: { ...first.data, tasks } }, ...rest]
  }

  #stamp(): Stamp {
    return { at: this.now, by: this.ctx.actor.employeeId ?? this.ctx.actor.id, byName: this.ctx.actor.name }
  }
}

function pgCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

function isTransient(error: unknown): boolean {
  const code = pgCode(error)
  return code === '40001' || code === '40P01'
}

function isUniqueViolation(error: unknown): boolean {
  return pgCode(error) === '23505'
}

/** Class 08 and shutdown codes, or no SQLSTATE at all: the connection may not go back to the pool. */
function isConnectionError(error: unknown): boolean {
  if (error instanceof DomainError) return false
  const code = pgCode(error)
  return code === undefined || !/^[0-9A-Z]{5}$/.test(code) || code.startsWith('08') || code.startsWith('57')
}

/** A constraint the modules know by name becomes their refusal; anything else stays a fault. */
function translate(ctx: Ctx, error: unknown): unknown {
  if (!(error instanceof Error) || !('constraint' in error) || typeof error.constraint !== 'string') return error
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

