/** The directory's part of the single window (C5, C11, C13): colleagues by name, extension, number, dialect. */
import { may } from '../../kernel/authorize.ts'
import type { Finder, Found } from '../../kernel/find/finder.ts'
import { hasHan } from '../../kernel/find/spelling.ts'
import type { Wanted } from '../../kernel/find/wanted.ts'
import { type Ctx, query } from '../../kernel/work/command.ts'
import { type EmployeeSought, type FoundEmployee, foundEmployees } from './find/store.ts'
import { maskMobile } from './rules.ts'
import { hiddenDepartments } from './scope.ts'

/** Terms of employees are cut here, see names.ts. */
const longestTerm = 12

function soughtOf(ctx: Ctx, wanted: Wanted): EmployeeSought {
  const { digits } = wanted
  const letters = wanted.letters ?? wanted.mixed?.pinyin ?? null
  // G5: the mask of a mobile number shows four digits; more may be tried by those who see it in full anyway.
  const tail =
    digits !== null && (digits.length === 4 || (digits.length > 4 && may(ctx, 'directory.contact')))
      ? digits
      : null
  const terms =
    tail !== null ? [tail.slice(-11)] : letters !== null ? [letters.slice(0, longestTerm)] : wanted.grams
  return {
    name: wanted.grams.length > 0 && wanted.mixed === null ? wanted.text : null,
    letters,
    terms: [...terms],
    digits: /^\d{2,}$/.test(wanted.text) ? wanted.text : digits,
    dialect: wanted.text,
  }
}

function employeeFound(row: FoundEmployee, wanted: Wanted): Found {
  const speaks = row.dialects.includes(wanted.text) ? [wanted.text] : []
  const mobile = wanted.digits !== null && row.mobile !== null ? maskMobile(row.mobile) : null
  return {
    entity: 'employee',
    id: row.id,
    label: row.name,
    detail: [row.department, row.title, row.extension, mobile, ...speaks].filter(Boolean).join(' · '),
    marks: row.active ? [] : ['directory.find.inactive'],
    link: `/directory?employee=${row.id}`,
    score: row.score,
    seenAt: null,
    extension: row.active ? row.extension : null,
  }
}

async function find(ctx: Ctx, wanted: Wanted, limit: number): Promise<readonly Found[]> {
  const hidden = await hiddenDepartments(ctx)
  const rows = await query(ctx).all(foundEmployees(ctx.siteId, soughtOf(ctx, wanted), limit, hidden))
  // 王wei asks for somebody who has the character besides the letters.
  const meant =
    wanted.mixed === null
      ? rows
      : rows.filter((row) => [...wanted.text].filter(hasHan).every((one) => row.name.includes(one)))
  return meant.map((row) => employeeFound(row, wanted))
}

export const directoryFinder: Finder = { entities: ['employee'], action: 'directory.read', find }
