import type { z } from 'zod'
import type { Sql } from '../db/sql.ts'
import { failWith } from '../errors.ts'
import { newId } from '../ids.ts'
import { type Ctx, command, query, type Work } from '../work/command.ts'
import { type calendarDay, calendarErrors, type calendarYear } from './contract.ts'
import { publishedDays } from './holidays.ts'
import { readHours, readStamp, toDay } from './load.ts'
import type { CalendarDay, DaySpec } from './rules.ts'
import * as store from './store.ts'

const refuse = failWith(calendarErrors)
type Year = z.input<typeof calendarYear>
type Day = z.input<typeof calendarDay>

export async function readYear(ctx: Ctx, input: { query: { year: number } }): Promise<Year> {
  return presentYear(query(ctx), ctx.siteId, input.query.year)
}

export async function putDay(ctx: Ctx, input: { params: { day: string }; body: DaySpec }): Promise<Day> {
  const { day } = input.params
  return command(ctx, async (work) => {
    await work.run(store.touch(ctx.siteId, newId()))
    const before = await work.maybe(store.oneDay(ctx.siteId, day))
    const after: Day = { day, ...input.body, source: 'edited' }
    work.write(store.putDay(ctx.siteId, day, input.body, 'edited'))
    work.journal({
      entity: 'calendar',
      entityId: day,
      action: 'calendar.day-set',
      before: before === undefined ? null : { ...presentDay(before) },
      after: { ...after },
    })
    return after
  })
}

/** Only in a year seeded with published days is there a published value to go back to. */
export async function resetDay(ctx: Ctx, input: { params: { day: string } }): Promise<{ day: Day | null }> {
  const { day } = input.params
  return command(ctx, async (work) => {
    await work.run(store.touch(ctx.siteId, newId()))
    const year = yearOf(day)
    const [before, known] = await Promise.all([
      work.maybe(store.oneDay(ctx.siteId, day)),
      work.maybe(store.oneYear(ctx.siteId, year)),
    ])
    if (before?.source !== 'edited') return { day: before === undefined ? null : presentDay(before) }
    const published =
      known?.source === 'seed' ? publishedDays(year)?.find((one) => one.day === day) : undefined
    if (published) work.write(store.putDay(ctx.siteId, day, specOf(published), 'seed'))
    else work.write(store.removeDay(ctx.siteId, day))
    const after: Day | null = published ? { day, ...specOf(published), source: 'seed' } : null
    work.journal({
      entity: 'calendar',
      entityId: day,
      action: 'calendar.day-reset',
      before: { ...presentDay(before) },
      after: after && { ...after },
    })
    return { day: after }
  })
}

/** @throws DomainError `calendar.year-unknown` when nothing is published for the year */
export async function seedYear(ctx: Ctx, input: { params: { year: number } }): Promise<Year> {
  const { year } = input.params
  const published = publishedDays(year) ?? refuse('calendar.year-unknown', { year })
  return command(ctx, async (work) => {
    await work.run(store.touch(ctx.siteId, newId()))
    const before = await presentYear(work, ctx.siteId, year)
    // At once and not with the commit: the answer is read back from what was stored.
    await work.run(store.removeSeeded(ctx.siteId, year))
    await work.run(store.insertSeeded(ctx.siteId, published))
    await work.run(store.putYear(ctx.siteId, year, 'seed'))
    const after = await presentYear(work, ctx.siteId, year)
    journalYear(work, 'calendar.year-seeded', before, after)
    return after
  })
}

/** A seeded year stays a seeded one: it is known already. */
export async function confirmYear(ctx: Ctx, input: { params: { year: number } }): Promise<Year> {
  const { year } = input.params
  return command(ctx, async (work) => {
    await work.run(store.touch(ctx.siteId, newId()))
    const before = await presentYear(work, ctx.siteId, year)
    if (before.known) return before
    work.write(store.putYear(ctx.siteId, year, 'edited'))
    const after: Year = { ...before, known: true, source: 'edited' }
    journalYear(work, 'calendar.year-confirmed', before, after)
    return after
  })
}

/**
 * For whoever makes a site in China: its first years, inside that transaction. Everything travels with the commit, so
 * the site's row may still be unwritten.
 * @returns the years for which days are published; the others stay unknown
 */
export function seedNewSite(work: Work, years: readonly number[]): number[] {
  const { siteId } = work.ctx
  const seeded: number[] = []
  for (const year of years) {
    const published = publishedDays(year)
    if (!published) continue
    work.write(store.insertSeeded(siteId, published))
    work.write(store.putYear(siteId, year, 'seed'))
    work.journal({
      entity: 'calendar',
      entityId: String(year),
      action: 'calendar.year-seeded',
      before: null,
      after: { source: 'seed', days: published },
    })
    seeded.push(year)
  }
  if (seeded.length > 0) work.write(store.touch(siteId, newId()))
  return seeded
}

async function presentYear(sql: Sql, siteId: string, year: number): Promise<Year> {
  const [{ zone }, { week, makeup }, days, known] = await Promise.all([
    readStamp(sql, siteId),
    readHours(sql, siteId),
    sql.all(store.daysOfYear(siteId, year)),
    sql.maybe(store.oneYear(siteId, year)),
  ])
  return {
    year,
    known: known !== undefined,
    source: known?.source ?? null,
    zone,
    hours: week,
    makeupHours: makeup,
    days: days.map(presentDay),
  }
}

function presentDay(row: store.DayRow): Day {
  return { day: row.day, ...specOf(toDay(row)), source: row.source }
}

function specOf({ kind, name, hours }: CalendarDay): DaySpec {
  return { kind, name, ...(hours === undefined ? {} : { hours: [...hours] }) }
}

function journalYear(work: Work, action: string, before: Year, after: Year): void {
  work.journal({
    entity: 'calendar',
    entityId: String(after.year),
    action,
    before: { source: before.source, days: before.days },
    after: { source: after.source, days: after.days },
  })
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4))
}
