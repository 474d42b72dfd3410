/** The visits' part of the single window (C5): by number, plate, pass, document, group, and people just registered. */
import { may } from '../../kernel/authorize.ts'
import type { Finder, Found } from '../../kernel/find/finder.ts'
import type { Wanted } from '../../kernel/find/wanted.ts'
import { maskNumber } from '../../kernel/telephone/mask.ts'
import { type Ctx, command, query } from '../../kernel/work/command.ts'
import * as store from './find/store.ts'
import { indexesOf } from './people.ts'
import { findPermits } from './permits/find.ts'
import { visitNumber } from './present.ts'
import { idCardIsValid } from './rules.ts'

const joined = (...parts: readonly (string | null)[]) => parts.filter(Boolean).join(' · ')

function visitFound(row: store.FoundVisit, score: number): Found {
  return {
    entity: 'visit',
    id: row.id,
    label: row.name,
    detail: joined(visitNumber(row.number), row.organisation, row.plate, row.pass),
    marks: [`visit.status.${row.status}`],
    link: `/?visit=${row.id}`,
    score,
    seenAt: row.at,
    extension: null,
  }
}

function visitorFound(row: store.FoundVisitor): Found {
  return {
    entity: 'visitor',
    id: row.id,
    label: row.name,
    detail: joined(row.organisation, row.phone === '' ? null : maskNumber(row.phone)),
    marks: [],
    link: row.visitId === null ? '/register' : `/?visit=${row.visitId}`,
    score: row.score,
    seenAt: row.at,
    extension: null,
  }
}

function groupFound(row: store.FoundGroup): Found {
  return {
    entity: 'visit-group',
    id: row.id,
    label: row.title,
    detail: joined(`× ${row.size}`, row.hostName),
    marks: [],
    link: `/groups/${row.id}`,
    score: row.whole ? 0.8 : 0.5,
    seenAt: row.at,
    extension: null,
  }
}

/** The number of a visit says V; digits alone are rather a telephone number. */
function numberScore(wanted: Wanted): number | null {
  if (wanted.recordNumber === null || !['', 'V'].includes(wanted.recordPrefix)) return null
  return wanted.recordPrefix === 'V' || wanted.text.startsWith('#') ? 1 : 0.6
}

const passNumber = /^[A-Z0-9][A-Z0-9-]{0,19}$/

/**
 * G5: the sealed numbers are compared by their blind index, whole ones only, and each such look is written down with the
 * last four characters, whoever was found.
 */
async function byDocument(ctx: Ctx, wanted: Wanted): Promise<Found[]> {
  const { document } = wanted
  if (document === null || wanted.recordPrefix === 'V' || !may(ctx, 'visit.register')) return []
  // A slip of the finger is no look at anybody.
  if (/^\d{17}[\dX]$/.test(document) && !idCardIsValid(document)) return []
  const indexes = indexesOf(ctx.kernel.secrets, document)
  return await command({ ...ctx, idempotency: null }, async (work) => {
    const rows = await work.all(store.visitsByDocument(ctx.siteId, indexes))
    work.journal({
      entity: 'visit',
      entityId: rows[0]?.id ?? 'none',
      action: 'visit.document-searched',
      data: { tail: document.slice(-4), found: rows.length },
    })
    return rows.map((row) => visitFound(row, 1))
  })
}

async function byPlate(ctx: Ctx, wanted: Wanted, limit: number): Promise<Found[]> {
  const sql = query(ctx)
  const plate =
    wanted.plate ?? (wanted.digits !== null && /^\d{4,6}$/.test(wanted.digits) ? wanted.digits : null)
  if (plate === null) return []
  const province = /^\p{Script=Han}/u.test(plate)
  const pointed = `${plate.slice(0, 2)}·${plate.slice(2)}`
  const [tails, heads, withPoint] = await Promise.all([
    plate.length < 4 ? [] : sql.all(store.visitsByPlateTail(ctx.siteId, plate, limit)),
    province ? sql.all(store.visitsByPlateHead(ctx.siteId, plate, limit)) : [],
    province && plate.length > 2 ? sql.all(store.visitsByPlateHead(ctx.siteId, pointed, limit)) : [],
  ])
  const whole = province && plate.length >= 7
  const score = (row: store.FoundVisit) =>
    row.plate.replace(/[ ·.-]/g, '') === plate ? 1 : whole ? 0.8 : 0.6
  // The tail says the newest visit of a plate, a beginning any.
  return [...heads, ...withPoint, ...tails].map((row) => visitFound(row, score(row)))
}

/** What everybody at the desk may find. */
async function ofTheHouse(ctx: Ctx, wanted: Wanted, limit: number): Promise<readonly Found[]> {
  const sql = query(ctx)
  const { siteId } = ctx
  const number = numberScore(wanted)
  const pass = wanted.text.toUpperCase()
  // G5: a mask shows four digits; more of them are for those who may look at the number.
  const people = wanted.digits === null || wanted.digits.length <= 4 || may(ctx, 'visit.register')
  const title = wanted.grams.length > 0 || wanted.letters !== null
  const [numbered, passes, plates, documents, groups, visitors, permits] = await Promise.all([
    number === null || wanted.recordNumber === null
      ? []
      : sql.all(store.visitNumbered(siteId, wanted.recordNumber)),
    may(ctx, 'pass.read') && passNumber.test(pass) ? sql.all(store.visitWithPass(siteId, pass)) : [],
    byPlate(ctx, wanted, limit),
    byDocument(ctx, wanted),
    title ? sql.all(store.groupsTitled(siteId, wanted, limit)) : [],
    people ? sql.all(store.visitorsUnlinked(siteId, wanted, limit)) : [],
    findPermits(ctx, wanted, limit),
  ])
  return [
    ...numbered.map((row) => visitFound(row, number ?? 0)),
    ...passes.map((row) => visitFound(row, 1)),
    ...plates,
    ...documents,
    ...groups.map(groupFound),
    ...visitors.map(visitorFound),
    ...permits,
  ]
}

async function find(ctx: Ctx, wanted: Wanted, limit: number): Promise<readonly Found[]> {
  if (may(ctx, 'visit.read')) return await ofTheHouse(ctx, wanted, limit)
  const { employeeId } = ctx.actor
  if (employeeId === null) return []
  const rows = await query(ctx).all(store.visitsOfPerson(ctx.siteId, employeeId, wanted, limit))
  return rows.map((row) => ({
    ...visitFound(row, row.name.startsWith(wanted.text) ? 0.8 : 0.5),
    link: `/host?visit=${row.id}`,
  }))
}

export const visitsFinder: Finder = {
  entities: ['visit', 'visitor', 'visit-group', 'permit'],
  action: 'visit.see',
  find,
}
