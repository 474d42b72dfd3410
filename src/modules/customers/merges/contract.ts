/** Duplicates: who may be the same, merging two, taking it back (C5). */
import { z } from 'zod'
import { instant, pageOf, pageQuery, route, uuid } from '../../../kernel/contract.ts'
import { mergeNote, params, tag } from '../contract.ts'

const entity = z.enum(['customer', 'contact'])

const side = z.object({
  id: uuid,
  name: z.string(),
  detail: z.string().describe('company or short name, and owner'),
  phones: z.array(z.string()).describe('masked'),
  lastSeenAt: instant.nullable(),
})

/** Fields in which one of the two wins; everything else is joined. */
export const customerChoices = [
  'name',
  'shortName',
  'grade',
  'industry',
  'address',
  'website',
  'note',
  'owner',
] as const
export const contactChoices = [
  'name',
  'customer',
  'sex',
  'title',
  'email',
  'language',
  'dialect',
  'vip',
  'note',
] as const

const choice = z.enum(['kept', 'merged'])

export const merges = {
  suggestions: route({
    method: 'GET',
    path: '/customer-duplicates',
    id: 'merges.suggestions',
    tag,
    summary: 'Pairs that may be the same, best evidence first',
    action: 'customer.merge',
    query: z.object({
      entity,
      id: uuid.optional().describe('those of one record only'),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    response: z.object({
      items: z.array(
        z.object({
          one: side,
          other: side,
          reasons: z.array(z.enum(['number', 'name', 'pinyin'])),
        }),
      ),
    }),
  }),
  distinct: route({
    method: 'POST',
    path: '/customer-duplicates/distinct',
    id: 'merges.distinct',
    tag,
    summary: 'These two are not the same: never suggest them again, or (`again`) do',
    action: 'customer.merge',
    body: z.object({ entity, oneId: uuid, otherId: uuid, again: z.boolean().default(false) }),
    response: z.object({ ok: z.boolean() }),
  }),
  merge: route({
    method: 'POST',
    path: '/customer-merges',
    id: 'merges.merge',
    tag,
    summary: 'Merge two records into the one kept',
    description:
      'People, numbers, remarks, team and visitors go over; ids of the merged one lead to the one kept. `fields` names what the merged one has right: `customer`: ' +
      `${customerChoices.join(', ')}; \`contact\`: ${contactChoices.join(', ')}.`,
    action: 'customer.merge',
    body: z.object({
      entity,
      keptId: uuid,
      mergedId: uuid,
      keptVersion: z.int(),
      mergedVersion: z.int(),
      fields: z
        .partialRecord(
          z.enum([...customerChoices, 'customer', 'sex', 'title', 'email', 'language', 'dialect', 'vip']),
          choice,
        )
        .default({}),
    }),
    response: mergeNote.extend({ keptId: uuid }),
    errors: ['customer.merge-self', 'customer.transfer-open'],
  }),
  undo: route({
    method: 'POST',
    path: '/customer-merges/:id/undo',
    id: 'merges.undo',
    tag,
    summary: 'Take a merge back: both records are as they were, except for what was edited since',
    action: 'customer.merge',
    params,
    response: z.object({ keptId: uuid, mergedId: uuid }),
    errors: ['customer.merge-undone', 'customer.merge-late'],
  }),
  list: route({
    method: 'GET',
    path: '/customer-merges',
    id: 'merges.list',
    tag,
    summary: 'Merges, newest first',
    action: 'customer.merge',
    query: pageQuery.extend({ entity }),
    response: pageOf(mergeNote.extend({ keptId: uuid, keptName: z.string(), undoneAt: instant.nullable() })),
  }),
}
