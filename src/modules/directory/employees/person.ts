import { DomainError, fail } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import type { Work } from '../../../kernel/work/command.ts'
import { mobileTerms, nameKeys, numberTerms } from '../names.ts'
import { extensionOf, mobileOf } from '../phone.ts'
import { maskMobile } from '../rules.ts'
import { countKnown, type EmployeeRow, insertEmployee, type StoredEmployee } from './store.ts'

/** What an employee is made of, as people send it: numbers in any spelling. */
export interface EmployeeInput {
  readonly number: string | null
  readonly name: string
  readonly departmentId: string | null
  readonly title: string | null
  readonly extension: string | null
  readonly mobile: string | null
  readonly email: string | null
  readonly floor: string | null
  readonly room: string | null
  readonly lineWorker: boolean
  readonly languages: readonly string[]
  readonly dialects: readonly string[]
  readonly secretaryId: string | null
  readonly deputyId: string | null
  readonly language: 'zh' | 'en'
}

/** Fields a request left out are `undefined` there. */
export type EmployeePatch = { readonly [K in keyof EmployeeInput]?: EmployeeInput[K] | undefined }

export const blankEmployee: Omit<EmployeeInput, 'name'> = {
  number: null,
  departmentId: null,
  title: null,
  extension: null,
  mobile: null,
  email: null,
  floor: null,
  room: null,
  lineWorker: false,
  languages: [],
  dialects: [],
  secretaryId: null,
  deputyId: null,
  language: 'zh',
}

const emptyToNull = (text: string | null) => (text === null || text.trim() === '' ? null : text.trim())

/** @throws DomainError `input.invalid` naming mobile or extension */
export function storedEmployee(id: string, input: EmployeeInput): StoredEmployee {
  const number = emptyToNull(input.number)
  const [mobile, extension] = [
    reach(input.mobile, 'mobile', mobileOf),
    reach(input.extension, 'extension', extensionOf),
  ]
  if (input.deputyId === id) fail('input.invalid', {}, [{ path: 'deputyId', code: 'self' }])
  if (input.secretaryId === id) fail('input.invalid', {}, [{ path: 'secretaryId', code: 'self' }])
  const { terms, ...keys } = nameKeys(input.name)
  return {
    ...input,
    id,
    number,
    mobile,
    extension,
    ...keys,
    terms: [...new Set([...terms, ...mobileTerms(mobile), ...numberTerms(number)])],
    title: emptyToNull(input.title),
    email: emptyToNull(input.email),
    floor: emptyToNull(input.floor),
    room: emptyToNull(input.room),
    languages: [...new Set(input.languages)],
    dialects: [...new Set(input.dialects)],
  }
}

function reach(text: string | null, path: string, read: (text: string) => string | undefined): string | null {
  const given = emptyToNull(text)
  if (given === null) return null
  const known = read(given)
  if (known === undefined)
    throw new DomainError('input.invalid', {}, [{ path, code: path === 'mobile' ? 'phone' : 'extension' }])
  return known
}

/** Laid over what is stored: the stored values of fields a request left out. */
export function merged(row: EmployeeRow, patch: EmployeePatch): EmployeeInput {
  const input: Record<string, unknown> = {}
  for (const key of fieldNames) input[key] = patch[key] === undefined ? row[key] : patch[key]
  return { ...blankEmployee, name: row.name, ...input }
}

export const fieldNames = [
  'number',
  'name',
  'departmentId',
  'title',
  'extension',
  'mobile',
  'email',
  'floor',
  'room',
  'lineWorker',
  'languages',
  'dialects',
  'secretaryId',
  'deputyId',
  'language',
] as const satisfies readonly (keyof EmployeeInput)[]

/** Fields that differ, for the journal; mobile numbers masked, because the journal cannot be erased (G5). */
export function changes(before: EmployeeRow, after: StoredEmployee) {
  const [was, is]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}]
  for (const key of fieldNames) {
    if (JSON.stringify(before[key]) === JSON.stringify(after[key])) continue
    was[key] = key === 'mobile' ? maskMobile(before.mobile) : before[key]
    is[key] = key === 'mobile' ? maskMobile(after.mobile) : after[key]
  }
  return { was, is, any: Object.keys(is).length > 0 }
}

/** What the journal keeps of a new employee. */
export function facts(one: StoredEmployee): Record<string, unknown> {
  return Object.fromEntries(
    fieldNames
      .map((key) => [key, key === 'mobile' ? maskMobile(one.mobile) : one[key]])
      .filter(([, value]) => value !== null),
  )
}

/** @throws DomainError `department.unknown`, `employee.unknown` */
export async function mustBeKnown(work: Work, one: StoredEmployee): Promise<void> {
  const people = [...new Set([one.secretaryId, one.deputyId].filter((id) => id !== null))]
  const departments = one.departmentId === null ? [] : [one.departmentId]
  if (people.length + departments.length === 0) return
  const known = await work.one(countKnown(work.ctx.siteId, people, departments))
  if (known.departments < departments.length) throw new DomainError('department.unknown')
  if (known.people < people.length) throw new DomainError('employee.unknown')
}

export interface NewPerson extends EmployeePatch {
  readonly name: string
  /** Made by the caller, or here. */
  readonly id?: string | undefined
}

/** Insert and journal entry travel with the commit of the caller's transaction. @returns the id */
export function insertPerson(work: Work, person: NewPerson): string {
  const id = person.id ?? newId()
  const given = Object.fromEntries(
    Object.entries(person).filter(([key, value]) => key !== 'id' && value !== undefined),
  )
  const one = storedEmployee(id, { ...blankEmployee, name: person.name, ...given })
  work.write(insertEmployee(work.ctx.siteId, one, work.now))
  work.journal({
    entity: 'employee',
    entityId: id,
    action: 'employee.created',
    version: 1,
    after: facts(one),
    data: { people: [id] },
  })
  return id
}
