import { z } from 'zod'
import {
  type ErrorStatus,
  instant,
  pageOf,
  pageQuery,
  route,
  shortText,
  uuid,
} from '../../kernel/contract.ts'

export const directoryErrors = {
  'department.not-empty': 409,
  'department.cycle': 409,
  'department.too-deep': 409,
  'department.name-taken': 409,
  'department.unknown': 422,
  'employee.number-taken': 409,
  'employee.unknown': 422,
} as const satisfies Record<string, ErrorStatus>

const departmentFields = {
  name: shortText.min(1).regex(/^[^/]*$/, 'no slash'),
  parentId: uuid.nullable(),
  headId: uuid.nullable(),
  deputyId: uuid.nullable(),
  extension: z.string().trim().max(20).nullable(),
}

export const department = z
  .object({
    id: uuid,
    ...departmentFields,
    headName: z.string().nullable(),
    deputyName: z.string().nullable(),
    members: z.int().describe('active employees of this department itself'),
    active: z.boolean(),
    tenant: z.boolean().describe('a company of its own in the house, with what hangs below (E1)'),
    version: z.int(),
  })
  .meta({ id: 'Department' })

const employeeFields = {
  number: z.string().trim().max(40).nullable().describe('staff number, unique at the site'),
  name: shortText.min(1),
  departmentId: uuid.nullable(),
  title: shortText.nullable(),
  extension: z.string().trim().max(20).nullable(),
  mobile: z.string().trim().max(40).nullable().describe('any common spelling; stored as E.164'),
  email: z.email().max(200).nullable(),
  floor: z.string().trim().max(40).nullable(),
  room: z.string().trim().max(40).nullable(),
  lineWorker: z.boolean().describe('visitors wait in the gatehouse and the employee comes there (V8)'),
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/))
    .max(20)
    .describe('ISO 639 codes'),
  dialects: z.array(z.string().trim().min(1).max(20)).max(20),
  secretaryId: uuid.nullable(),
  deputyId: uuid.nullable(),
  language: z.enum(['zh', 'en']).describe('in which the employee is written to'),
}

export const employee = z
  .object({
    id: uuid,
    ...employeeFields,
    pinyin: z.string(),
    departmentName: z.string().nullable(),
    mobile: z.string().nullable().describe('masked unless the role needs it (G5)'),
    email: z.string().nullable(),
    masked: z.boolean().describe('the mobile number can be asked for with reveal'),
    secretaryName: z.string().nullable(),
    deputyName: z.string().nullable(),
    active: z.boolean(),
    version: z.int(),
    can: z.object({ edit: z.boolean(), reveal: z.boolean() }),
  })
  .meta({ id: 'Employee' })

/** What every screen needs to name a colleague: no mobile number in full, no address. */
const colleague = z
  .object({
    id: uuid,
    name: z.string(),
    departmentId: uuid.nullable(),
    departmentName: z.string().nullable(),
    title: z.string().nullable(),
    extension: z.string().nullable(),
    mobile: z.string().nullable().describe('masked'),
    floor: z.string().nullable(),
    room: z.string().nullable(),
    lineWorker: z.boolean(),
  })
  .meta({ id: 'Colleague' })

const flag = z.enum(['true', 'false']).transform((value) => value === 'true')
const filters = {
  departmentId: uuid.optional().describe('with its sub-departments'),
  state: z.enum(['active', 'inactive', 'all']).default('active'),
  lineWorker: flag.optional(),
  language: z.string().max(3).optional().describe('speaks this language'),
  dialect: z.string().trim().max(20).optional(),
}

const tag = 'directory'
const params = z.object({ id: uuid })
const version = z.int()
const outcome = z.object({ id: uuid, version: z.int() })

export const departments = {
  list: route({
    method: 'GET',
    path: '/departments',
    id: 'departments.list',
    tag,
    summary: 'All departments of the site; the tree is in `parentId`',
    action: 'directory.read',
    response: z.object({ items: z.array(department), can: z.object({ manage: z.boolean() }) }),
  }),
  create: route({
    method: 'POST',
    path: '/departments',
    id: 'departments.create',
    tag,
    summary: 'New department',
    action: 'directory.manage',
    body: z.object({
      name: departmentFields.name,
      parentId: uuid.nullable().default(null),
      headId: uuid.nullable().default(null),
      deputyId: uuid.nullable().default(null),
      extension: departmentFields.extension.default(null),
      tenant: z.boolean().default(false),
    }),
    response: outcome,
    errors: ['department.name-taken', 'department.unknown', 'department.too-deep', 'employee.unknown'],
  }),
  edit: route({
    method: 'PATCH',
    path: '/departments/:id',
    id: 'departments.edit',
    tag,
    summary: 'Change name, head, deputy, extension, or close and reopen it',
    action: 'directory.manage',
    params,
    body: z
      .object({
        name: departmentFields.name,
        headId: uuid.nullable(),
        deputyId: uuid.nullable(),
        extension: departmentFields.extension,
        active: z.boolean(),
      })
      .partial()
      .extend({ version }),
    response: outcome,
    errors: ['department.name-taken', 'employee.unknown'],
  }),
  move: route({
    method: 'POST',
    path: '/departments/:id/move',
    id: 'departments.move',
    tag,
    summary: 'Hang a department, with everything below it, under another one',
    action: 'directory.manage',
    params,
    body: z.object({ version, parentId: uuid.nullable() }),
    response: outcome,
    errors: ['department.cycle', 'department.too-deep', 'department.name-taken', 'department.unknown'],
  }),
  remove: route({
    method: 'POST',
    path: '/departments/:id/remove',
    id: 'departments.remove',
    tag,
    summary: 'Remove a department that has neither people nor sub-departments',
    action: 'directory.manage',
    params,
    body: z.object({ version }),
    response: z.object({ id: uuid }),
    errors: ['department.not-empty'],
  }),
}

export const employees = {
  list: route({
    method: 'GET',
    path: '/employees',
    id: 'employees.list',
    tag,
    summary: 'Employees, sorted by pinyin; with `q` the best matches first',
    description:
      '`q` is a part of the name, pinyin (`zhangwei`, `zw`, `wei`), extension, staff number or the tail of a mobile number. With `q` there is one page only.',
    action: 'directory.read',
    query: pageQuery.extend({ q: z.string().trim().max(100).optional(), ...filters }),
    response: pageOf(employee).extend({
      can: z.object({ manage: z.boolean(), import: z.boolean() }),
    }),
  }),
  find: route({
    method: 'GET',
    path: '/employees/find',
    id: 'employees.find',
    tag,
    summary: 'Colleagues as you type, best first',
    action: 'directory.search',
    query: z.object({
      q: z.string().trim().max(100),
      limit: z.coerce.number().int().min(1).max(20).default(8),
    }),
    response: z.object({ items: z.array(colleague) }),
  }),
  read: route({
    method: 'GET',
    path: '/employees/:id',
    id: 'employees.read',
    tag,
    summary: 'One employee',
    action: 'directory.read',
    params,
    response: employee,
  }),
  create: route({
    method: 'POST',
    path: '/employees',
    id: 'employees.create',
    tag,
    summary: 'New employee',
    action: 'directory.manage',
    body: z
      .object(employeeFields)
      .partial()
      .extend({ name: employeeFields.name, id: uuid.optional().describe('made by the caller') }),
    response: employee,
    errors: ['employee.number-taken', 'department.unknown', 'employee.unknown'],
  }),
  edit: route({
    method: 'PATCH',
    path: '/employees/:id',
    id: 'employees.edit',
    tag,
    summary: 'Change an employee; fields left out stay',
    action: 'directory.manage',
    params,
    body: z.object(employeeFields).partial().extend({ version }),
    response: employee,
    errors: ['employee.number-taken', 'department.unknown', 'employee.unknown'],
  }),
  deactivate: route({
    method: 'POST',
    path: '/employees/:id/deactivate',
    id: 'employees.deactivate',
    tag,
    summary: 'The employee has left; the record stays (G4)',
    action: 'directory.manage',
    params,
    body: z.object({ version }),
    response: employee,
  }),
  reactivate: route({
    method: 'POST',
    path: '/employees/:id/reactivate',
    id: 'employees.reactivate',
    tag,
    summary: 'Take a deactivation back',
    action: 'directory.manage',
    params,
    body: z.object({ version }),
    response: employee,
  }),
  reveal: route({
    method: 'POST',
    path: '/employees/:id/reveal',
    id: 'employees.reveal',
    tag,
    summary: 'The full mobile number; the look is journalled (G5)',
    action: 'directory.reveal',
    params,
    response: z.object({ mobile: z.string().nullable() }),
  }),
  export: route({
    method: 'GET',
    path: '/employees/export',
    id: 'employees.export',
    tag,
    summary: 'The filtered list as an Excel file; headings can be imported again',
    action: 'directory.read',
    query: z.object({
      q: z.string().trim().max(100).optional(),
      lang: z.enum(['zh', 'en']).default('zh'),
      ...filters,
    }),
    response: z.unknown(),
    raw: 'file',
  }),
}

export const extensionList = {
  read: route({
    method: 'GET',
    path: '/extension-list',
    id: 'extensionList.read',
    tag,
    summary: 'Extension list 员工分机表 by department, as printed (C13)',
    action: 'directory.read',
    response: z.object({
      groups: z.array(
        z.object({
          departmentId: uuid.nullable(),
          path: z.string().nullable().describe('`总部 / 销售部`; null: without department'),
          extension: z.string().nullable(),
          people: z.array(
            z.object({
              id: uuid,
              name: z.string(),
              title: z.string().nullable(),
              extension: z.string().nullable(),
              floor: z.string().nullable(),
              room: z.string().nullable(),
            }),
          ),
        }),
      ),
      confirmed: z.object({ at: instant, by: z.string() }).nullable().describe('today'),
      can: z.object({ confirm: z.boolean() }),
    }),
  }),
  confirm: route({
    method: 'POST',
    path: '/extension-list/confirm',
    id: 'extensionList.confirm',
    tag,
    summary: 'The list was looked over today (C13)',
    action: 'directory.confirm',
    response: z.object({ at: instant, by: z.string() }),
  }),
}
