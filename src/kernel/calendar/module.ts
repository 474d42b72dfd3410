import type { FoyerModule } from '../module.ts'
import { calendarErrors } from './contract.ts'
import { routes } from './http.ts'
import { missingYearTask, reportMissingYears } from './missing.ts'
import { calendarHours } from './settings.ts'

const editors = ['office_admin', 'system_admin']
/** Everyone who works to deadlines sees by which calendar they are counted. */
const readers = [
  ...['receptionist', 'guard', 'host', 'agent', 'duty_manager', 'department_head'],
  ...['technician', 'quality', 'director', ...editors],
]

export const calendarModule: FoyerModule = {
  name: 'calendar',
  routes,
  grants: { 'calendar.read': readers, 'calendar.edit': editors },
  errors: calendarErrors,
  settings: [calendarHours],
  live: { calendar: { action: 'calendar.read' } },
  taskKinds: { [missingYearTask]: { notify: true, link: () => '/calendar' } },
  cron: [
    {
      name: 'calendar-missing-years',
      schedule: '5 * * * *',
      run: async (kernel) => {
        await reportMissingYears(kernel)
      },
    },
  ],
}
