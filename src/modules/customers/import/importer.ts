/** Customer lists (客户名册) into companies and contacts: repeatable by name and number, undone line by line. */
import type { Checked, Importer, ImportRow, LineProblem } from '../../../kernel/imports/importer.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { employeesNamed } from '../../directory/public.ts'
import type { CompanyRow } from '../companies/store.ts'
import { companiesByIds } from '../companies/store.ts'
import { type ContactRow, contactsByIds } from '../contacts/store.ts'
import { likeness, sameName } from '../rules.ts'
import { customerColumns } from '../sheets/columns.ts'
import { applyLines } from './apply.ts'
import { type CustomerLine, readLine } from './line.ts'
import * as store from './store.ts'
import { undoLines } from './undo.ts'

/** Shared by all lines of one check: which company a name stands for, once it is stored. */
export interface Plan {
  readonly companyIds: Map<string, string>
}

export interface PlannedLine {
  readonly said: CustomerLine
  readonly company: CompanyRow | null
  readonly contact: ContactRow | null
  readonly owner: { readonly id: string; readonly name: string } | null
  /** The first line of the file that names the company speaks for it. */
  readonly speaks: boolean
  readonly plan: Plan
}

export const customersImporter: Importer<PlannedLine> = {
  kind: 'customers',
  action: 'customer.import',
  fields: customerColumns.map(({ key, zh, en, aliases }) => ({
    key,
    required: false,
    aliases: [zh, en, ...aliases],
  })),
  check: checkLines,
  apply: applyLines,
  undo: undoLines,
}

async function checkLines(work: Work, rows: readonly ImportRow[]): Promise<readonly Checked<PlannedLine>[]> {
  const read = rows.map((row) => ({ line: row.line, said: readLine(row) }))
  const lines = read.flatMap(({ said }) => ('line' in said ? [said] : []))
  const known = await knownFor(work, lines)
  const plan: Plan = { companyIds: new Map() }
  const seen = new Map<string, number>()
  const speakers = new Map<string, CustomerLine>()
  return read.map(({ line, said }): Checked<PlannedLine> => {
    if (!('line' in said)) return { line, ok: false, problems: said }
    const problems: LineProblem[] = []
    const company = said.company === null ? null : known.company(said.company.name, said.company.key)
    if (company !== null && said.company !== null) plan.companyIds.set(said.company.key, company.id)
    const contact = known.contact(said, company)
    if (contact === 'ambiguous')
      problems.push({ field: 'contact', code: 'ambiguous', value: said.contact?.name ?? '' })
    const again = repeated(said, contact === 'ambiguous' ? null : contact, seen)
    if (again !== undefined) problems.push({ field: '', code: 'duplicate', value: String(again) })
    const owner = ownerOf(said, known.employees, problems)
    const speaker = said.company === null ? said : (speakers.get(said.company.key) ?? said)
    if (said.company !== null && !speakers.has(said.company.key)) speakers.set(said.company.key, said)
    if (speaker !== said) contradictions(speaker, said, problems)
    if (problems.length > 0 || contact === 'ambiguous') return { line, ok: false, problems }
    const value = { said, company, contact, owner, speaks: speaker === said, plan }
    return { line, ok: true, value, ...expected(value) }
  })
}

/** Only what costs nothing to know: whether somebody is new. */
function expected({ said, company, contact }: PlannedLine): { expect?: 'created' } {
  const fresh = said.contact === null ? company === null : contact === null
  return fresh ? { expect: 'created' } : {}
}

async function knownFor(work: Work, lines: readonly CustomerLine[]) {
  const { siteId } = work.ctx
  const keys = [...new Set(lines.flatMap(({ company }) => company?.key ?? []))]
  const names = [...new Set(lines.flatMap(({ contact }) => contact?.name ?? []))]
  const numbers = [...new Set(lines.flatMap(({ contact }) => contact?.phones.map((one) => one.number) ?? []))]
  const owners = [...new Set(lines.flatMap(({ company }) => company?.owner ?? []))]
  const [called, people, employees] = await Promise.all([
    work.all(store.companiesCalled(siteId, keys)),
    work.all(store.contactsCalled(siteId, numbers, names)),
    employeesNamed(work, siteId, owners),
  ])
  const ids = (rows: readonly { id: string }[]) => rows.map((one) => one.id)
  const [companies, contacts] = await Promise.all([
    work.all(companiesByIds(siteId, null, ids(called))),
    work.all(contactsByIds(siteId, null, ids(people))),
  ])
  const companyById = new Map(companies.map((one) => [one.id, one]))
  const numbersOf = new Map(people.map((one) => [one.id, new Set(one.numbers)]))
  const byKey = Map.groupBy(called, (one) => one.key)
  return {
    employees,
    /** The exact name before a name that differs in its legal form only; of several of those none is meant. */
    company(name: string, key: string): CompanyRow | null {
      const found = byKey.get(key) ?? []
      const exact =
        found.find((one) => sameName(one.name, name)) ?? (found.length === 1 ? found[0] : undefined)
      return exact === undefined ? null : (companyById.get(exact.id) ?? null)
    },
    contact(said: CustomerLine, company: CompanyRow | null): ContactRow | null | 'ambiguous' {
      const { contact } = said
      if (contact === null) return null
      const withNumber = contacts.filter((one) =>
        contact.phones.some(
          (phone) => phone.kind !== 'extension' && numbersOf.get(one.id)?.has(phone.number),
        ),
      )
      const byNumber =
        withNumber.find((one) => likeness(one.name, contact.name) === 'same') ??
        withNumber.find((one) => likeness(one.name, contact.name) === 'compatible')
      if (byNumber !== undefined) return byNumber
      const namesakes = contacts.filter(
        (one) =>
          sameName(one.name, contact.name) &&
          (company === null
            ? one.customerId === null && sameName(one.organisation, said.company?.name ?? '')
            : one.customerId === company.id ||
              (one.customerId === null && sameName(one.organisation, company.name))),
      )
      // Somebody with another number may be another person of that name.
      const possible = namesakes.filter(
        (one) => contact.phones.length === 0 || (numbersOf.get(one.id)?.size ?? 0) === 0,
      )
      if (possible.length > 1) return 'ambiguous'
      return possible[0] ?? null
    },
  }
}

/** @returns the earlier line that means the same record */
function repeated(
  said: CustomerLine,
  contact: ContactRow | null,
  seen: Map<string, number>,
): number | undefined {
  const who = said.contact
  const key =
    who === null
      ? `company ${said.company?.key}`
      : `contact ${who.name}\t${who.phones[0]?.number ?? said.company?.key ?? ''}`
  const keys = contact === null ? [key] : [key, `id ${contact.id}`]
  const before = keys.map((one) => seen.get(one)).find((line) => line !== undefined)
  for (const one of keys) if (!seen.has(one)) seen.set(one, said.line)
  return before
}

function ownerOf(
  said: CustomerLine,
  employees: readonly { id: string; name: string }[],
  problems: LineProblem[],
): PlannedLine['owner'] {
  const name = said.company?.owner
  if (name === undefined) return null
  const found = employees.filter((one) => one.name === name)
  if (found.length === 1) return found[0] ?? null
  problems.push({ field: 'owner', code: found.length === 0 ? 'unknown' : 'ambiguous', value: name })
  return null
}

const told = ['shortName', 'grade', 'industry', 'address', 'website'] as const

/** Two lines that say different things of one company: nobody can tell which is right. */
function contradictions(first: CustomerLine, said: CustomerLine, problems: LineProblem[]): void {
  if (first.company === null || said.company === null) return
  for (const key of told) {
    const [a, b] = [first.company.patch[key], said.company.patch[key]]
    if (a !== undefined && b !== undefined && a !== b)
      problems.push({ field: key, code: 'differs', value: String(b) })
  }
  if (
    first.company.owner !== undefined &&
    said.company.owner !== undefined &&
    first.company.owner !== said.company.owner
  )
    problems.push({ field: 'owner', code: 'differs', value: said.company.owner })
}
