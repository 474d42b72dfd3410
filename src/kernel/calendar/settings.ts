import { z } from 'zod'
import { setting } from '../module.ts'
import { periods, weeklyHours } from './rules.ts'

const office = [
  { from: '09:00', to: '12:00' },
  { from: '13:00', to: '18:00' },
]

/** Weekly hours of a site; `makeup`: hours of make-up working days, null takes Monday's (G6). */
export const calendarHours = setting({
  key: 'calendar.hours',
  schema: z.object({ week: weeklyHours, makeup: periods.nullable() }),
  fallback: {
    week: { '1': office, '2': office, '3': office, '4': office, '5': office, '6': [], '7': [] },
    makeup: null,
  },
  action: 'calendar.edit',
})
