import type { FoyerModule } from '../module.ts'
import { notificationErrors } from './contract.ts'
import { emailTask, forgetNotifications, sendEmail, sweepDeliveries } from './email.ts'
import { notificationsFollower } from './follower.ts'
import { routes } from './http.ts'

export const notificationsModule: FoyerModule = {
  name: 'notifications',
  routes,
  grants: {
    'delivery.manage': ['system_admin', 'office_admin'],
    // Nobody watches other people's notifications: the live stream goes to the people an entry names.
    'notification.watch': [],
  },
  errors: notificationErrors,
  live: { notification: { action: 'notification.watch' }, delivery: { action: 'delivery.manage' } },
  followers: [notificationsFollower],
  jobs: { [emailTask]: sendEmail },
  cron: [
    { name: 'notification-sweep', schedule: '*/10 * * * *', run: sweepDeliveries },
    { name: 'notification-forget', schedule: '41 3 * * *', run: forgetNotifications },
  ],
}
