/** People outside the house (联系人). */
import { z } from 'zod'
import { instant, longText, pageOf, pageQuery, route, shortText, uuid } from '../../../kernel/contract.ts'
import {
  contactRow,
  grade,
  member,
  mergeNote,
  owner,
  params,
  phone,
  phoneInputs,
  promise,
  tag,
  tags,
  version,
} from '../contract.ts'

export const contactCard = contactRow
  .extend({
    email: z.string().describe('masked; `reveal` gives it in full'),
    language: z.string().describe('ISO 639 code, or empty'),
    dialect: z.string(),
    note: z.string(),
    organisation: z.string(),
    origin: z.enum(['manual', 'import', 'visit', 'call']),
    phones: z.array(phone),
    owner: owner.nullable().describe('of the company'),
    team: z.array(member),
    promises: z.array(promise),
    merges: z.array(mergeNote),
    createdAt: instant,
    concealed: z.boolean().describe('shown without what only its own people may see (G5)'),
    can: z.object({ edit: z.boolean(), reveal: z.boolean(), merge: z.boolean(), remark: z.boolean() }),
  })
  .meta({ id: 'ContactCard' })

const fields = {
  name: shortText.min(1),
  customerId: uuid.nullable(),
  organisation: shortText.describe('as told, while no company stands behind it'),
  sex: z.enum(['female', 'male']).nullable(),
  title: shortText,
  email: z.union([z.email().max(200), z.literal('')]),
  language: z.string().regex(/^([a-z]{2,3})?$/),
  dialect: z.string().trim().max(20),
  vip: z.boolean(),
  note: longText,
  tags,
  phones: phoneInputs,
}

export const contacts = {
  list: route({
    method: 'GET',
    path: '/contacts',
    id: 'contacts.list',
    tag,
    summary: 'People, filtered and sorted',
    action: 'customer.read',
    query: pageQuery.extend({
      q: z.string().trim().max(60).optional(),
      customerId: uuid.optional(),
      grade: grade.optional().describe('of the company'),
      owner: z.union([uuid, z.enum(['me', 'none', 'left'])]).optional(),
      tag: z.string().trim().max(30).optional(),
      vip: z
        .enum(['true', 'false'])
        .transform((value) => value === 'true')
        .optional(),
      state: z.enum(['active', 'inactive', 'all']).default('active'),
      sort: z.enum(['name', 'seen']).default('name').describe('by pinyin; seen last'),
    }),
    response: pageOf(contactRow).extend({
      can: z.object({ create: z.boolean(), import: z.boolean(), export: z.boolean(), merge: z.boolean() }),
    }),
  }),
  read: route({
    method: 'GET',
    path: '/contacts/:id',
    id: 'contacts.read',
    tag,
    summary: 'One person with numbers, company, owner, promises',
    description:
      'The id of a contact merged into another answers with the one kept, whose `id` differs (C5).',
    action: 'customer.read',
    params,
    response: contactCard,
  }),
  create: route({
    method: 'POST',
    path: '/contacts',
    id: 'contacts.create',
    tag,
    summary: 'New contact',
    action: 'customer.write',
    body: z
      .object(fields)
      .partial()
      .extend({ name: fields.name, id: uuid.optional().describe('made by the caller') }),
    response: contactCard,
    errors: ['customer.unknown'],
  }),
  edit: route({
    method: 'PATCH',
    path: '/contacts/:id',
    id: 'contacts.edit',
    tag,
    summary: 'Change a contact; fields left out stay',
    action: 'customer.write',
    params,
    body: z.object(fields).partial().extend({ version }),
    response: contactCard,
    errors: ['customer.unknown'],
  }),
  deactivate: route({
    method: 'POST',
    path: '/contacts/:id/deactivate',
    id: 'contacts.deactivate',
    tag,
    summary: 'No contact any more; the record stays (G4)',
    action: 'customer.write',
    params,
    body: z.object({ version }),
    response: contactCard,
  }),
  activate: route({
    method: 'POST',
    path: '/contacts/:id/activate',
    id: 'contacts.activate',
    tag,
    summary: 'Take a deactivation back',
    action: 'customer.write',
    params,
    body: z.object({ version }),
    response: contactCard,
  }),
  reveal: route({
    method: 'POST',
    path: '/contacts/:id/reveal',
    id: 'contacts.reveal',
    tag,
    summary: 'One number or the e-mail address in full; the look is journalled (G5)',
    action: 'customer.reveal',
    params,
    body: z.object({ phoneId: uuid.nullable().describe('null: the e-mail address') }),
    response: z.object({ value: z.string() }),
  }),
}
