import { z } from 'zod'
import { day, type ErrorStatus, route } from '../contract.ts'
import { dayKind, dayName, daySpec, period, periods, weeklyHours } from './rules.ts'

export const calendarErrors = {
  'calendar.year-unknown': 422,
  'calendar.no-working-time': 422,
} as const satisfies Record<string, ErrorStatus>

const year = z.coerce.number().int().min(2000).max(2199)
const source = z.enum(['seed', 'edited']).describe('`seed`: published holidays; `edited`: set by the house')

export const calendarDay = z
  .object({ day, kind: dayKind, name: dayName, hours: z.array(period).optional(), source })
  .meta({ id: 'CalendarDay', description: 'A day that differs from the weekly hours' })

export const calendarYear = z
  .object({
    year: z.int(),
    known: z.boolean().describe('false: deadlines that reach into this year are refused, never guessed'),
    source: source.nullable(),
    zone: z.string().describe('IANA time zone of the site'),
    hours: weeklyHours,
    makeupHours: periods.nullable().describe("hours of make-up working days; null: Monday's"),
    days: z.array(calendarDay),
  })
  .meta({ id: 'CalendarYear' })

export const calendarRoutes = {
  read: route({
    method: 'GET',
    path: '/calendar',
    id: 'calendar.read',
    tag: 'calendar',
    summary: 'Working calendar of one year',
    description:
      'Rule G6. Weekly hours, and every day that differs from them: holidays, make-up working days, own days.',
    action: 'calendar.read',
    query: z.object({ year }),
    response: calendarYear,
  }),
  putDay: route({
    method: 'PUT',
    path: '/calendar/days/:day',
    id: 'calendar.putDay',
    tag: 'calendar',
    summary: 'Set one day',
    description:
      'Rule G6. `makeup` takes the make-up hours, `workday` the hours of its weekday (make-up hours if that has none), both unless `hours` is given; `holiday` and `restday` are closed.',
    action: 'calendar.edit',
    params: z.object({ day }),
    body: daySpec,
    response: calendarDay,
  }),
  resetDay: route({
    method: 'DELETE',
    path: '/calendar/days/:day',
    id: 'calendar.resetDay',
    tag: 'calendar',
    summary: 'Back to the published value',
    description: 'Rule G6. Answers the published day, or null when weekly hours apply again.',
    action: 'calendar.edit',
    params: z.object({ day }),
    response: z.object({ day: calendarDay.nullable() }),
  }),
  seedYear: route({
    method: 'POST',
    path: '/calendar/years/:year/seed',
    id: 'calendar.seedYear',
    tag: 'calendar',
    summary: 'Load the published holidays of a year',
    description:
      'Rule G6. Chinese public holidays and make-up working days. Days set by the house stay as they are.',
    action: 'calendar.edit',
    params: z.object({ year }),
    response: calendarYear,
    errors: ['calendar.year-unknown'],
  }),
  confirmYear: route({
    method: 'POST',
    path: '/calendar/years/:year/confirm',
    id: 'calendar.confirmYear',
    tag: 'calendar',
    summary: 'Declare that the days of a year are complete',
    description:
      'Rule G6. For a site abroad, or a year without published data: the house has entered its holidays by hand, and from now on deadlines may count in that year.',
    action: 'calendar.edit',
    params: z.object({ year }),
    response: calendarYear,
  }),
} as const
