import type { Kernel } from '../kernel.ts'
import type { FoyerModule } from '../module.ts'
import { channelErrors } from './channels/contract.ts'
import { channelEventsFollower } from './channels/events.ts'
import { bindChannels } from './channels/http.ts'
import { channelTask, forgetChannels, sendThrough, sweepChannels } from './channels/queue/run.ts'
import { failingTask, ownFailingTask } from './channels/queue/turns.ts'
import { httpSender, type Sender } from './channels/sender.ts'
import { notificationErrors } from './contract.ts'
import { emailTask, forgetNotifications, sendEmail, sweepDeliveries } from './email.ts'
import { notificationsFollower } from './follower.ts'
import { routes } from './http.ts'

/** @param sender how a request leaves the house; tests let it lead to a server that plays the vendor */
export function notificationsWith(sender: (kernel: Kernel) => Sender): FoyerModule {
  const managers = ['system_admin', 'office_admin']
  return {
    name: 'notifications',
    routes: (bind) => {
      routes(bind)
      bindChannels(bind)
    },
    grants: {
      'delivery.manage': managers,
      'channel.manage': managers,
      // Nobody watches other people's notifications: the live stream goes to the people an entry names.
      'notification.watch': [],
    },
    errors: { ...notificationErrors, ...channelErrors },
    constraints: { channel_pkey: 'entity.exists', channel_name: 'channel.name-taken' },
    live: {
      notification: { action: 'notification.watch' },
      delivery: { action: 'delivery.manage' },
      channel: { action: 'channel.manage' },
      'channel-delivery': { action: 'channel.manage' },
    },
    taskKinds: {
      [failingTask]: { notify: true, settledBySubject: true, link: () => '/channels' },
      [ownFailingTask]: { notify: true, settledBySubject: true, link: () => '/account' },
    },
    followers: [notificationsFollower, channelEventsFollower],
    jobs: {
      [emailTask]: sendEmail,
      [channelTask]: (kernel, payload, info) => sendThrough(sender(kernel))(kernel, payload, info),
    },
    cron: [
      { name: 'notification-sweep', schedule: '*/10 * * * *', run: sweepDeliveries },
      { name: 'channel-sweep', schedule: '* * * * *', run: sweepChannels },
      {
        name: 'notification-forget',
        schedule: '41 3 * * *',
        run: async (kernel) => {
          await forgetNotifications(kernel)
          await forgetChannels(kernel)
        },
      },
    ],
  }
}

export const notificationsModule: FoyerModule = notificationsWith((kernel) =>
  httpSender({ intranet: kernel.config.webhookIntranet }),
)
