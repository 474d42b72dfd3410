import { calendarModule } from '../../kernel/calendar/module.ts'
import { filesModule } from '../../kernel/files/module.ts'
import { findModule } from '../../kernel/find/module.ts'
import { historyModule } from '../../kernel/history/module.ts'
import { importsModule } from '../../kernel/imports/module.ts'
import { journalModule } from '../../kernel/journal/module.ts'
import { liveModule } from '../../kernel/live/module.ts'
import type { FoyerModule } from '../../kernel/module.ts'
import { notificationsModule } from '../../kernel/notifications/module.ts'
import { settingsModule } from '../../kernel/settings/module.ts'
import { tasksModule } from '../../kernel/tasks/module.ts'
import { workModule } from '../../kernel/work/forget.ts'
import { callsModule } from '../../modules/calls/module.ts'
import { customersModule } from '../../modules/customers/module.ts'
import { directoryModule } from '../../modules/directory/module.ts'
import { identityWith } from '../../modules/identity/module.ts'
import { groupsModule } from '../../modules/visits/groups/module.ts'
import { visitsModule } from '../../modules/visits/module.ts'
import { permitsModule } from '../../modules/visits/permits/module.ts'
import { presets } from './preset.ts'

/** The one list of what this house is made of. */
export const modules: readonly FoyerModule[] = [
  liveModule,
  workModule,
  journalModule,
  tasksModule,
  notificationsModule,
  filesModule,
  settingsModule,
  calendarModule,
  importsModule,
  findModule,
  historyModule,
  directoryModule,
  identityWith({ presets }),
  customersModule,
  visitsModule,
  groupsModule,
  permitsModule,
  callsModule,
]
