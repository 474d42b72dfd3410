import { z } from 'zod'
import { day, pageOf, pageQuery, route, uuid } from '../../../kernel/contract.ts'
import { visitCard } from '../card/contract.ts'
import { grains, slices } from './rules.ts'

const filter = z.object({
  from: day,
  to: day.describe('included'),
  kind: z.string().max(40).optional(),
  category: z.string().max(40).optional(),
  departmentId: uuid.optional().describe('with the departments below'),
  hostId: uuid.optional(),
})

const share = z
  .object({ kept: z.int(), of: z.int() })
  .describe('share = kept / of; `of` 0: nothing to measure')

const counts = z.object({
  visits: z.int().describe('rows of the register'),
  arrived: z.int().describe('visits that came'),
  people: z.int().describe('companions included'),
  announced: z.int(),
  walkIn: z.int(),
  first: z.int().describe('the visitor’s first visit to the site'),
  again: z.int(),
  noShow: z.int(),
  declined: z.int(),
  refused: z.int(),
  cancelled: z.int(),
})

const rules = z.object({
  answered: share.describe('V5: the one asked answered within the minutes, nobody else had to be asked'),
  signed: share
    .extend({
      late: z.int().describe('given afterwards within the time owed'),
      overdue: z.int(),
    })
    .describe('V10: signed before the exit'),
  passes: share.describe('V11: pass handed back at the exit'),
  met: share
    .extend({ prompt: z.int().describe('met before the reminder') })
    .describe('V17: met within the minutes, or the host was reminded when they were over'),
})

const measured = counts.extend({ rules })
const named = measured.extend({ id: uuid.nullable(), name: z.string() })

const wait = z.object({
  visits: z.int(),
  median: z.int().nullable().describe('minutes'),
  p90: z.int().nullable(),
  minutes: z.array(
    z.object({ minutes: z.int().describe('240 stands for four hours and more'), visits: z.int() }),
  ),
})

const tag = 'visits'
const action = 'visit.figures'

/** Which of the rows behind a figure: the same conditions the figures were counted by. */
export const sliceQuery = z.object({
  slice: z.enum(slices).optional().describe('visits a figure counts, or the misses of a rule (G8)'),
  weekday: z.coerce.number().int().min(1).max(7).optional().describe('1 Monday'),
  hour: z.coerce.number().int().min(0).max(23).optional(),
  organisation: z.string().max(200).optional().describe('exactly'),
  ofHost: uuid.optional().describe('whose visit it was; not who received instead'),
  ofDepartment: uuid.optional().describe('that department alone, without those below'),
  ofVisitor: uuid.optional(),
  waited: z.enum(['admit', 'meet']).optional(),
  waitedFrom: z.coerce.number().int().min(0).max(240).optional(),
  waitedTo: z.coerce.number().int().min(0).max(240).optional().describe('included'),
})

export const visitFigures = {
  report: route({
    method: 'GET',
    path: '/visits/figures',
    id: 'visitFigures.report',
    tag,
    summary: 'Visits by hour, day, kind, department and host; waiting times; rules kept (V23, G8)',
    description:
      'From tallies kept with the journal, so that a week of a house with millions of visits is read at once. Department heads get theirs, hosts their own.',
    action,
    query: filter.extend({ grain: z.enum(grains).default('day') }),
    response: z.object({
      scope: z.enum(['site', 'departments', 'own']),
      from: day,
      to: day,
      before: z.object({ from: day, to: day }).describe('the span of equal length before it'),
      total: measured,
      previous: measured,
      hours: z.array(
        z.object({ weekday: z.int().describe('1 Monday'), hour: z.int(), arrived: z.int(), people: z.int() }),
      ),
      series: z.array(measured.extend({ from: day, to: day })),
      kinds: z.array(measured.extend({ key: z.string() })),
      categories: z.array(measured.extend({ key: z.string() })),
      departments: z.array(named),
      hosts: z.array(named).describe('most visited first'),
      otherHosts: measured.nullable().describe('those beyond the list'),
      admit: wait.describe('from the arrival to being let in'),
      meet: wait.describe('from being let in to being met'),
    }),
  }),
  people: route({
    method: 'GET',
    path: '/visits/figures/people',
    id: 'visitFigures.people',
    tag,
    summary: 'Where visitors come from, who comes again (V23)',
    action,
    query: filter,
    response: z.object({
      organisations: z.array(z.object({ name: z.string(), arrived: z.int(), people: z.int() })),
      otherOrganisations: z.object({ count: z.int(), arrived: z.int(), people: z.int() }).nullable(),
      visitors: z.int().describe('different people'),
      newVisitors: z.int().describe('for the first time at the site'),
      times: z.array(z.object({ times: z.int().describe('5 stands for five and more'), visitors: z.int() })),
      often: z.array(
        z.object({ visitorId: uuid, name: z.string(), organisation: z.string(), visits: z.int() }),
      ),
    }),
  }),
  sites: route({
    method: 'GET',
    path: '/visits/figures/sites',
    id: 'visitFigures.sites',
    tag,
    summary: 'The sites one may see beside each other (G8)',
    action: 'visit.figures-all',
    query: z.object({ from: day, to: day }),
    response: z.object({ items: z.array(measured.extend({ id: uuid, name: z.string() })) }),
  }),
  rows: route({
    method: 'GET',
    path: '/visits/figures/rows',
    id: 'visitFigures.rows',
    tag,
    summary: 'The visits behind a figure, as far as one may see the figures (G8)',
    action,
    query: filter.extend(sliceQuery.shape).extend(pageQuery.shape),
    response: pageOf(visitCard),
  }),
  export: route({
    method: 'GET',
    path: '/visits/figures/export',
    id: 'visitFigures.export',
    tag,
    summary: 'The same figures as Excel, one sheet each',
    action,
    query: filter.extend({
      grain: z.enum(grains).default('day'),
      language: z.enum(['zh', 'en']).default('zh'),
    }),
    response: z.string(),
    raw: 'file',
  }),
}
