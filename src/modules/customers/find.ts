/** The customers' part of the single window (C5): companies with whose customer they are, and their people. */
import { may } from '../../kernel/authorize.ts'
import type { Finder, Found } from '../../kernel/find/finder.ts'
import type { Wanted } from '../../kernel/find/wanted.ts'
import { maskNumber } from '../../kernel/telephone/mask.ts'
import { type Ctx, query } from '../../kernel/work/command.ts'
import * as store from './find/store.ts'

const joined = (...parts: readonly (string | null)[]) => parts.filter(Boolean).join(' · ')

function contactFound(row: store.FoundContact): Found {
  const important = row.vip || row.grade === 'vip'
  return {
    entity: 'contact',
    id: row.id,
    label: row.name,
    detail: joined(row.company, row.title, row.number === null ? null : maskNumber(row.number)),
    marks: [
      ...(important ? ['customers.find.vip'] : row.grade === 'key' ? ['customers.find.key'] : []),
      ...(row.active ? [] : ['customers.find.inactive']),
    ],
    link: `/contacts/${row.id}`,
    score: row.score,
    seenAt: row.seenAt,
    extension: null,
  }
}

/** Whose customer it is stands in the second line: that is what the switchboard asks. */
function companyFound(row: store.FoundCompany): Found {
  return {
    entity: 'customer',
    id: row.id,
    label: row.name,
    detail: joined(
      row.shortName,
      row.ownerName,
      row.ownerExtension,
      row.number === null ? null : maskNumber(row.number),
    ),
    marks: [
      ...(row.grade === 'vip' ? ['customers.find.vip'] : row.grade === 'key' ? ['customers.find.key'] : []),
      ...(row.active ? [] : ['customers.find.inactive']),
    ],
    link: `/customers/${row.id}`,
    score: row.score,
    seenAt: null,
    extension: row.ownerExtension,
  }
}

/**
 * G5: a mask shows the last four digits, so by four anybody may look; by more, and so by the whole number, only those who
 * may have it revealed. Otherwise the hidden digits could be tried out one by one.
 */
function mayAskFor(ctx: Ctx, wanted: Wanted): boolean {
  return wanted.digits === null || wanted.digits.length <= 4 || may(ctx, 'customer.reveal')
}

const numbered = (wanted: Wanted) =>
  wanted.recordNumber !== null && ['', 'K'].includes(wanted.recordPrefix) ? wanted.recordNumber : null

async function find(ctx: Ctx, wanted: Wanted, limit: number): Promise<readonly Found[]> {
  const sql = query(ctx)
  const { siteId } = ctx
  if (!mayAskFor(ctx, wanted)) return []
  const readsAll = may(ctx, 'customer.read-all')
  const { employeeId } = ctx.actor
  const people = readsAll
    ? store.foundContacts(siteId, wanted, limit)
    : employeeId === null
      ? null
      : store.foundOwnContacts(siteId, employeeId, wanted, limit)
  // Whose company it is may be asked by everybody, its numbers not.
  const companies = readsAll || wanted.digits === null ? store.foundCompanies(siteId, wanted, limit) : null
  const number = numbered(wanted)
  const [contacts, customers, byNumber] = await Promise.all([
    people === null ? [] : sql.all(people),
    companies === null ? [] : sql.all(companies),
    number === null ? [] : sql.all(store.companyNumbered(siteId, number, wanted, limit)),
  ])
  // Digits alone are rather a telephone number than the number of a file.
  const said = wanted.recordPrefix === 'K' || wanted.text.startsWith('#')
  return [
    ...contacts.map(contactFound),
    ...customers.map(companyFound),
    ...byNumber.map((row) => ({ ...companyFound(row), score: said ? 1 : 0.6 })),
  ]
}

export const customersFinder: Finder = { entities: ['contact', 'customer'], action: 'customer.read', find }
