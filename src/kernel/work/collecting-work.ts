import type { Sql, Statement } from '../db/sql.ts'
import { newId } from '../ids.ts'
import type { NewEntry } from '../journal/entry.ts'
import { insertEntries } from '../journal/store.ts'
import { nextMoment } from '../tasks/rules.ts'
import { insertTasks, type Stamp, settleSubject, type TaskInsert } from '../tasks/store.ts'
import type { Ctx, NewTask, RovingWork } from './command.ts'
import { insertAnswer } from './idempotency.ts'
import { notBeforeNews } from './occurred.ts'

/** Runs reads at once and keeps what is to be written until the commit. */
export class CollectingWork implements RovingWork {
  /** When the act came in: what orders the journal, and from when promises can be kept. */
  readonly #received: Date
  readonly #sql: Sql
  readonly #writes: Statement<unknown>[] = []
  readonly #settles: Statement<unknown>[] = []
  readonly #entries: NewEntry[] = []
  #tasks: TaskInsert[] = []
  #ctx: Ctx
  #now: Date
  #closed = false

  constructor(ctx: Ctx, sql: Sql) {
    this.#ctx = ctx
    this.#sql = sql
    this.#received = ctx.kernel.clock.now()
    this.#now = ctx.occurred?.at ?? this.#received
  }

  get now(): Date {
    return this.#now
  }

  notBefore(at: Date): void {
    if (this.#ctx.occurred && at > this.#now) this.#now = at < this.#received ? at : this.#received
  }

  get ctx(): Ctx {
    return this.#ctx
  }

  enter(siteId: string): void {
    this.#ctx = { ...this.#ctx, siteId }
  }

  /** From here on the connection is somebody else's. */
  close(): void {
    this.#closed = true
  }

  async all<R>(statement: Statement<R>): Promise<R[]> {
    return await this.#open().all(statement)
  }

  async maybe<R>(statement: Statement<R>): Promise<R | undefined> {
    return await this.#open().maybe(statement)
  }

  async one<R>(statement: Statement<R>): Promise<R> {
    return await this.#open().one(statement)
  }

  async run(statement: Statement<unknown>): Promise<number> {
    return await this.#open().run(statement)
  }

  #open(): Sql {
    if (this.#closed) throw new Error('the unit of work has ended; something in the use case was not awaited')
    return this.#sql
  }

  write(statement: Statement<unknown>): void {
    this.#open()
    this.#writes.push(statement)
  }

  journal(entry: NewEntry): void {
    this.#open()
    this.#entries.push(entry)
  }

  openTask(task: NewTask): string {
    this.#open()
    const id = task.id ?? newId()
    const ladder = [...(task.ladder ?? [])].sort((a, b) => a.afterMinutes - b.afterMinutes)
    const dueAt = this.#promised(task.dueAt)
    const remindAt = task.remindAt ? this.#promised(task.remindAt) : null
    const timing = { dueAt, remindAt, level: 0, reminded: false, ladder }
    this.#tasks.push({
      id,
      siteId: this.ctx.siteId,
      kind: task.kind,
      subjectEntity: task.subject.entity,
      subjectId: task.subject.id,
      facts: { ...task.facts },
      owner: task.owner,
      dueAt,
      remindAt,
      nextAt: nextMoment(timing),
      ladder,
    })
    return id
  }

  #promised(at: Date): Date {
    return this.ctx.occurred ? notBeforeNews(at, this.#now, this.#received) : at
  }

  withdrawTasks(subject: { entity: string; id: string }, kinds: readonly string[]): void {
    this.#tasks = this.#tasks.filter(
      (task) =>
        task.subjectEntity !== subject.entity || task.subjectId !== subject.id || !kinds.includes(task.kind),
    )
  }

  settleTasks(subject: { entity: string; id: string }, kinds: readonly string[], outcome: string): void {
    this.#open()
    this.#settles.push(settleSubject(subject, kinds, 'done', outcome, this.#stamp()))
  }

  cancelTasks(subject: { entity: string; id: string }, kinds: readonly string[], outcome: string): void {
    this.#open()
    this.#settles.push(settleSubject(subject, kinds, 'cancelled', outcome, this.#stamp()))
  }

  statements(answer: unknown): Statement<unknown>[] {
    const { actor, siteId, requestId, idempotency } = this.ctx
    // Settling goes before opening: a use case that replaces a task must not settle the new one.
    const all = [...this.#writes, ...this.#settles]
    for (const part of chunks(this.#tasks)) all.push(insertTasks(this.#stamp(), part))
    const frame = { at: this.#received, siteId: siteId || null, actor, requestId }
    for (const part of chunks(this.#told())) all.push(insertEntries(frame, part))
    // Also when nothing was to be written: the same key must go on giving this answer.
    if (idempotency !== null) all.push(insertAnswer(actor, idempotency, answer, this.#received))
    return all
  }

  /** Both times are on record: `at` when it came in, `data.occurred` when it happened and where (G4). */
  #told(): NewEntry[] {
    const { occurred } = this.ctx
    if (!occurred) return this.#withTasks()
    const told = { at: this.#now.toISOString(), device: occurred.device }
    return this.#withTasks().map((entry) => ({ ...entry, data: { ...entry.data, occurred: told } }))
  }

  /** The first entry tells followers which tasks this change opened or settled: to-do lists are live too. */
  #withTasks(): NewEntry[] {
    const [first, ...rest] = this.#entries
    if (this.#tasks.length === 0 && this.#settles.length === 0) return this.#entries
    if (first === undefined) throw new Error('tasks change only together with a journal entry (G4)')
    const people = this.#tasks.filter((task) => task.owner.kind === 'person').map((task) => task.owner.id)
    const opened = this.#tasks.map((task) => task.id)
    const tasks = { opened, settled: this.#settles.length > 0, people: [...new Set(people)] }
    return [{ ...first, data: { ...first.data, tasks } }, ...rest]
  }

  #stamp(): Stamp {
    return {
      at: this.#received,
      by: this.ctx.actor.employeeId ?? this.ctx.actor.id,
      byName: this.ctx.actor.name,
    }
  }
}

/** A statement carries at most 65 535 parameters; an import writes more entries than fit. */
const mostRows = 500

function chunks<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / mostRows) }, (_, n) =>
    rows.slice(n * mostRows, (n + 1) * mostRows),
  )
}
