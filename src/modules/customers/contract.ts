/** Companies (客户单位): shapes shared with the other contracts of this folder, and the routes of the company itself. */
import { z } from 'zod'
import {
  day,
  type ErrorStatus,
  instant,
  longText,
  pageOf,
  pageQuery,
  route,
  shortText,
  uuid,
} from '../../kernel/contract.ts'
import { grades } from './rules.ts'

export const customerErrors = {
  'customer.owned': 409,
  'customer.not-owned': 409,
  'customer.locked': 409,
  'customer.yours-already': 409,
  'customer.inactive': 409,
  'customer.owner-unknown': 422,
  'customer.unknown': 422,
  'customer.transfer-open': 409,
  'customer.transfer-outdated': 409,
  'customer.undo-late': 409,
  'customer.merge-self': 422,
  'customer.merge-late': 409,
  'customer.merge-undone': 409,
  'customer.too-many-rows': 422,
  'customer.remark-settled': 409,
} as const satisfies Record<string, ErrorStatus>

export const grade = z.enum(grades)
const label = z.string().trim().max(30)
export const tags = z.array(label.min(1)).max(20)

export const phone = z
  .object({
    id: uuid,
    number: z.string().describe('masked (G5); `reveal` gives it in full'),
    kind: z.enum(['mobile', 'landline', 'service', 'extension', 'other']),
    extension: z.string(),
    label: z.string(),
  })
  .meta({ id: 'CustomerPhone' })
const phoneInput = z.object({
  id: uuid.optional().describe('a number known already; without `number` it stays as it is stored'),
  number: z.string().trim().max(60).optional().describe('any common spelling'),
  extension: z
    .string()
    .trim()
    .regex(/^\d{0,6}$/)
    .optional()
    .describe('left out: as said in `number`'),
  label: label.default(''),
})
export const phoneInputs = z.array(phoneInput).max(12)

export const member = z.object({
  id: uuid,
  name: z.string(),
  extension: z.string(),
  duty: z.string(),
  active: z.boolean(),
})

/** Whose customer, at a glance. */
export const owner = z.object({
  id: uuid,
  name: z.string(),
  extension: z.string(),
  departmentName: z.string(),
  active: z.boolean().describe('false: has left the house'),
  since: instant.nullable(),
  lockedUntil: day.nullable().describe('protected up to and including this day'),
  locked: z.boolean(),
})

export const customerRow = z
  .object({
    id: uuid,
    number: z.string(),
    name: z.string(),
    shortName: z.string(),
    grade,
    industry: z.string(),
    tags: z.array(z.string()),
    owner: owner.nullable(),
    contacts: z.int(),
    phoneMasked: z.string(),
    lastSeenAt: instant.nullable(),
    active: z.boolean(),
    version: z.int(),
    updatedAt: instant,
  })
  .meta({ id: 'CustomerRow' })

export const contactRow = z
  .object({
    id: uuid,
    name: z.string().describe('the surname only, for those who may not see the record in full'),
    title: z.string(),
    sex: z.enum(['female', 'male']).nullable(),
    customerId: uuid.nullable(),
    customerName: z.string().describe('the company, or the organisation as told'),
    vip: z.boolean(),
    grade,
    tags: z.array(z.string()),
    phoneMasked: z.string(),
    lastSeenAt: instant.nullable(),
    active: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'ContactRow' })

export const promise = z
  .object({
    id: uuid,
    kind: z.string(),
    facts: z.record(z.string(), z.unknown()),
    ownerName: z.string().nullable(),
    ownerPost: z.string().nullable(),
    dueAt: instant,
  })
  .meta({ id: 'CustomerPromise' })

export const mergeNote = z.object({
  id: uuid,
  name: z.string().describe('of the record that was merged into this one'),
  at: instant,
  by: z.string(),
  can: z.object({ undo: z.boolean() }),
})

export const transferShape = z
  .object({
    id: uuid,
    customerId: uuid,
    customerName: z.string(),
    status: z.enum(['asked', 'approved', 'refused', 'withdrawn']),
    fromId: uuid.nullable(),
    fromName: z.string(),
    toId: uuid,
    toName: z.string(),
    reason: z.string(),
    lockUntil: day.nullable(),
    askedAt: instant,
    askedBy: z.string(),
    decidedAt: instant.nullable(),
    decidedBy: z.string(),
    answer: z.string(),
    version: z.int(),
    can: z.object({ approve: z.boolean(), refuse: z.boolean(), withdraw: z.boolean(), undo: z.boolean() }),
  })
  .meta({ id: 'CustomerTransfer' })

export const customerCard = customerRow
  .extend({
    address: z.string(),
    website: z.string(),
    note: z.string(),
    phones: z.array(phone),
    people: z.array(contactRow),
    team: z.array(member),
    ownerships: z.array(
      z.object({
        ownerName: z.string(),
        since: instant,
        until: instant.nullable(),
        reason: z.string(),
        by: z.string(),
      }),
    ),
    transfer: transferShape.nullable().describe('the one still open'),
    promises: z.array(promise),
    merges: z.array(mergeNote),
    createdAt: instant,
    concealed: z.boolean().describe('shown without what only its own people may see (G5)'),
    can: z.object({
      edit: z.boolean(),
      reveal: z.boolean(),
      claim: z.boolean(),
      ask: z.boolean().describe('ask for a transfer'),
      assign: z.boolean(),
      merge: z.boolean(),
      remark: z.boolean(),
    }),
  })
  .meta({ id: 'CustomerCard' })

const fields = {
  name: shortText.min(1),
  shortName: shortText,
  grade,
  industry: shortText,
  address: shortText,
  website: shortText,
  note: longText,
  tags,
  phones: phoneInputs,
}

const ownerFilter = z.union([uuid, z.enum(['me', 'none', 'left'])])
const customerFilters = {
  q: z
    .string()
    .trim()
    .max(60)
    .optional()
    .describe('a part of the name, pinyin, initials, tail of a number, record number'),
  grade: grade.optional(),
  owner: ownerFilter
    .optional()
    .describe('employee; `me`; `none`: nobody’s; `left`: of somebody who has left'),
  tag: label.optional(),
  state: z.enum(['active', 'inactive', 'all']).default('active'),
}

export const tag = 'customers'
export const params = z.object({ id: uuid })
export const version = z.int()

export const customers = {
  list: route({
    method: 'GET',
    path: '/customers',
    id: 'customers.list',
    tag,
    summary: 'Companies, filtered and sorted (S10)',
    action: 'customer.read',
    query: pageQuery.extend(customerFilters).extend({
      sort: z
        .enum(['name', 'updated', 'newest'])
        .default('name')
        .describe('by pinyin; changed last; recorded last'),
    }),
    response: pageOf(customerRow).extend({
      can: z.object({ create: z.boolean(), import: z.boolean(), export: z.boolean(), merge: z.boolean() }),
    }),
  }),
  read: route({
    method: 'GET',
    path: '/customers/:id',
    id: 'customers.read',
    tag,
    summary: 'One company with its people, owner, team, promises',
    description:
      'The id of a company merged into another answers with the one kept, whose `id` differs (C5).',
    action: 'customer.read',
    params,
    response: customerCard,
  }),
  create: route({
    method: 'POST',
    path: '/customers',
    id: 'customers.create',
    tag,
    summary: 'New company',
    action: 'customer.write',
    body: z
      .object(fields)
      .partial()
      .extend({
        name: fields.name,
        id: uuid.optional().describe('made by the caller'),
        mine: z.boolean().default(false).describe('it becomes the caller’s customer at once'),
      }),
    response: customerCard,
    errors: ['customer.owner-unknown'],
  }),
  edit: route({
    method: 'PATCH',
    path: '/customers/:id',
    id: 'customers.edit',
    tag,
    summary: 'Change a company; fields left out stay',
    action: 'customer.write',
    params,
    body: z.object(fields).partial().extend({ version }),
    response: customerCard,
  }),
  deactivate: route({
    method: 'POST',
    path: '/customers/:id/deactivate',
    id: 'customers.deactivate',
    tag,
    summary: 'No customer any more; the record stays (G4)',
    action: 'customer.write',
    params,
    body: z.object({ version }),
    response: customerCard,
  }),
  activate: route({
    method: 'POST',
    path: '/customers/:id/activate',
    id: 'customers.activate',
    tag,
    summary: 'Take a deactivation back',
    action: 'customer.write',
    params,
    body: z.object({ version }),
    response: customerCard,
  }),
  reveal: route({
    method: 'POST',
    path: '/customers/:id/reveal',
    id: 'customers.reveal',
    tag,
    summary: 'One number in full; the look is journalled (G5)',
    action: 'customer.reveal',
    params,
    body: z.object({ phoneId: uuid }),
    response: z.object({ value: z.string() }),
  }),
  tags: route({
    method: 'GET',
    path: '/customers/tags',
    id: 'customers.tags',
    tag,
    summary: 'Tags in use, most used first',
    action: 'customer.read',
    query: z.object({ q: z.string().trim().max(30).default('') }),
    response: z.object({ items: z.array(z.object({ tag: z.string(), used: z.int() })) }),
  }),
  export: route({
    method: 'GET',
    path: '/customers/export',
    id: 'customers.export',
    tag,
    summary: 'The filtered companies with their people as an Excel file that can be imported again',
    description:
      'Numbers in full, so the export is a right of its own and journalled (G5). At most 50 000 lines.',
    action: 'customer.export',
    query: z.object({ ...customerFilters, lang: z.enum(['zh', 'en']).default('zh') }),
    response: z.unknown(),
    raw: 'file',
    errors: ['customer.too-many-rows'],
  }),
}
