/**
 * What other modules may ask of the directory. Functions ending in `…Statement` return a statement, so that a use case
 * can send it together with its own reads; the others run it on the `Sql` they are given.
 */
import type { Sql, Statement } from '../../kernel/db/sql.ts'
import type { Ctx, Work } from '../../kernel/work/command.ts'
import * as departmentRows from './departments/store.ts'
import { insertPerson, type NewPerson } from './employees/person.ts'
import { type Attended, attendedBy, withSecretary } from './reach/secretary.ts'
import * as staff from './reach/staff.ts'
import * as store from './reach/store.ts'
import { type PlaceAsked, type PlaceFound, placesOf } from './reach/targets.ts'
import { type ConsentStep, orderConsent } from './rules.ts'
import * as scope from './scope.ts'

/** For the server's own use: mobile and e-mail are in full and must be masked before they are shown (G5). */
export type EmployeeCard = store.EmployeeCard
export type StaffMember = staff.StaffMember
export type { Attended, ConsentStep, NewPerson, PlaceAsked, PlaceFound }

/** Active colleagues as a gate keeps them for the time without a server: name, department, extension. */
export function colleaguesAtGate(siteId: string): Statement<store.ColleagueAtGate> {
  return store.colleaguesAtGate(siteId)
}

/** An active or inactive employee of the site; nothing for another site's. */
export function employeeCard(siteId: string, id: string): Statement<EmployeeCard> {
  return store.employeeCard(siteId, id)
}

export function findEmployee(sql: Sql, siteId: string, id: string): Promise<EmployeeCard | undefined> {
  return sql.maybe(store.employeeCard(siteId, id))
}

/** Active employees whose name is exactly this (for imports: more than one is an ambiguity to report). */
export function employeesNamed(sql: Sql, siteId: string, names: readonly string[]): Promise<EmployeeCard[]> {
  return sql.all(store.employeesNamed(siteId, names))
}

/**
 * For somebody outside who knows whom they want (G5): names that begin with two characters or more, or are spelt so as a
 * whole. Ask for one more than may be told, and tell nothing when there are that many.
 */
export function employeesCalled(
  siteId: string,
  terms: { readonly name: string; readonly pinyin: string | null },
  limit: number,
): Statement<{ id: string; name: string; department: string }> {
  return store.employeesCalled(siteId, terms, limit)
}

/** V5: who is asked after the host, in order — see `orderConsent` in rules.ts. */
function consentSteps(hostId: string, row: store.ConsentRow | undefined): ConsentStep[] {
  return row === undefined ? [] : orderConsent(hostId, row)
}

/**
 * Rule V5: who is asked when the host does not answer — host's deputy, the department's deputy, its head, at last the
 * department as a post (`department:<id>`). Nobody twice, never the host, nobody inactive.
 */
export async function consentChain(sql: Sql, siteId: string, employeeId: string): Promise<ConsentStep[]> {
  return consentSteps(employeeId, await sql.maybe(store.consentRow(siteId, employeeId)))
}

export async function departmentOf(
  sql: Sql,
  siteId: string,
  employeeId: string,
): Promise<{ id: string; name: string; headId: string | null; deputyId: string | null } | undefined> {
  return sql.maybe(store.departmentOf(siteId, employeeId))
}

/** Departments the employee leads (head or deputy): their post `department:<id>` is staffed by them. */
export async function departmentsLedBy(sql: Sql, employeeId: string): Promise<string[]> {
  return (await sql.all(store.departmentsLedBy(employeeId))).map((row) => row.id)
}

/** E1: the departments of the company somebody works for; empty: the house's own people. */
export function tenantDepartments(siteId: string, employeeId: string): Statement<{ id: string }> {
  return departmentRows.tenantDepartments(siteId, employeeId)
}

/** E1, G5: departments whose people the caller may not find; mostly none. */
export function hiddenDepartments(ctx: Ctx, sql: Sql): Promise<readonly string[]> {
  return scope.hiddenDepartments(ctx, sql)
}

/** Names of departments of the site; unknown ids are left out. */
export function departmentNames(
  siteId: string,
  ids: readonly string[],
): Statement<{ id: string; name: string }> {
  return store.departmentNames(siteId, ids)
}

/** Colleagues the employee stands in for: whose deputy they are, or whose department they lead. */
export function standsInFor(siteId: string, employeeId: string): Statement<{ id: string }> {
  return store.standsInFor(siteId, employeeId)
}

/** C13: every number of the extension list with whose it is; a department's own number has no employee. */
export function extensionLines(siteId: string): Statement<store.ExtensionLine> {
  return store.extensionLines(siteId)
}

/** Active colleagues at these telephones; a shared one has several. */
export function employeesWithExtension(
  siteId: string,
  extensions: readonly string[],
): Statement<{ id: string; name: string; extension: string }> {
  return store.employeesWithExtension(siteId, extensions)
}

/** Head, then deputy of the department of that name; a row without an employee when neither is there. */
export function leadersOfNamed(
  siteId: string,
  department: string,
): Statement<{ departmentId: string; employeeId: string | null }> {
  return store.leadersOfNamed(siteId, department)
}

/**
 * Adds an employee inside the caller's transaction, at the site of its context: every account has a person behind it.
 * @returns the id
 */
export function createPerson(work: Work, person: NewPerson): string {
  return insertPerson(work, person)
}

/** V18, V20: active staff of the site by id; unknown ids are left out. */
export function staffMembers(siteId: string, ids: readonly string[]): Statement<StaffMember> {
  return staff.staffMembers(siteId, ids)
}

export function allStaff(siteId: string): Statement<StaffMember> {
  return staff.allStaff(siteId)
}

/** By staff number (工号), as cards and doors report them. */
export function staffNumbered(siteId: string, numbers: readonly string[]): Statement<StaffMember> {
  return staff.staffNumbered(siteId, numbers)
}

/** What is typed at the gate: name, pinyin, initials, staff number, extension; at most eight. */
export function staffFound(siteId: string, typed: string): Statement<StaffMember> {
  return staff.staffFound(siteId, typed)
}

/** V6: people and departments behind named places, with their telephones; places nobody is behind are left out. */
export function placesNamed(siteId: string, asked: readonly PlaceAsked[]): Statement<PlaceFound> {
  return placesOf(siteId, asked)
}

/** V7: these people with their secretaries. */
export function secretariesOf(siteId: string, ids: readonly string[]): Statement<Attended> {
  return attendedBy(siteId, ids)
}

/** V7: everybody who has a secretary, and those of these staff numbers. */
export function executivesOf(siteId: string, numbers: readonly string[]): Statement<Attended> {
  return withSecretary(siteId, numbers)
}
