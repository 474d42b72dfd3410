import type { FoyerModule } from '../../kernel/module.ts'
import type { TaskKind } from '../../kernel/tasks/kind.ts'
import { areasPart } from './areas/part.ts'
import { visitErrors } from './card/contract.ts'
import { consentKind } from './consent.ts'
import { linkKnownVisitors, visitorContacts } from './contacts/follower.ts'
import { visitHistory } from './contacts/history.ts'
import { closeDays } from './daily.ts'
import { devicePart } from './devices/part.ts'
import { visitFigures } from './figures/follower.ts'
import { figureGrants } from './figures/policy.ts'
import { checkNightly, figuresTask } from './figures/rebuild.ts'
import { visitsFinder } from './find.ts'
import { guests } from './guests.ts'
import { routes } from './http.ts'
import { visitsImporter } from './import/importer.ts'
import { importantPart } from './important/part.ts'
import { musterErrors } from './muster/contract.ts'
import { musterArrivals } from './muster/follower.ts'
import { musterGrants } from './muster/policy.ts'
import { visitNotices } from './notices.ts'
import { offlineGrants } from './offline/policy.ts'
import { grants } from './policy.ts'
import { retentionPart } from './retention/part.ts'
import { visitSettings } from './settings.ts'
import { staffRegisterErrors } from './staff-register/contract.ts'
import { staffRegisterGrants } from './staff-register/policy.ts'
import { watchListErrors } from './watch-list/contract.ts'
import { watchListImporter } from './watch-list/importer.ts'
import { rekey } from './watch-list/rekey.ts'
import { expireEntries } from './watch-list/service.ts'

const link: NonNullable<TaskKind['link']> = ({ subjectId }) => `/?visit=${subjectId}`

/** Settled by what happens to the visit, not by ticking a box. */
const bySubject: TaskKind = { notify: true, settledBySubject: true, link }

export const visitsModule: FoyerModule = {
  name: 'visits',
  routes: (bind) => {
    routes(bind)
    guests.routes(bind)
    importantPart.routes(bind)
    retentionPart.routes(bind)
    devicePart.routes(bind)
    areasPart.routes(bind)
  },
  devices: guests.devices,
  grants: {
    ...grants,
    ...guests.grants,
    ...figureGrants,
    ...offlineGrants,
    ...musterGrants,
    ...staffRegisterGrants,
    ...importantPart.grants,
    ...retentionPart.grants,
    ...devicePart.grants,
    ...areasPart.grants,
  },
  errors: {
    ...visitErrors,
    ...watchListErrors,
    ...guests.errors,
    ...importantPart.errors,
    ...retentionPart.errors,
    ...devicePart.errors,
    ...areasPart.errors,
    ...musterErrors,
    ...staffRegisterErrors,
  },
  constraints: {
    ...guests.constraints,
    ...importantPart.constraints,
    ...devicePart.constraints,
    ...areasPart.constraints,
    visit_pkey: 'entity.exists',
    // The hops go out before the row: of two who send in one visit, the second may run into them first.
    visit_hop_pkey: 'entity.exists',
    watch_entry_pkey: 'entity.exists',
    watch_entry_source: 'entity.exists',
    visit_transition: 'transition.refused',
    muster_running: 'muster.already-running',
    muster_pkey: 'entity.exists',
    outing_pkey: 'entity.exists',
    outing_one_out: 'outing.already-out',
    outing_transition: 'transition.refused',
    pass_of_visit: 'pass.not-free',
  },
  settings: [
    ...visitSettings,
    ...guests.settings,
    ...importantPart.settings,
    ...retentionPart.settings,
    ...devicePart.settings,
    ...areasPart.settings,
  ],
  taskKinds: {
    ...guests.taskKinds,
    ...devicePart.taskKinds,
    ...importantPart.taskKinds,
    ...areasPart.taskKinds,
    // The question itself is sent by `notices.ts`, with answers to tap.
    'visit.consent': { ...consentKind, notify: false, link },
    'visit.unanswered': bySubject,
    'visit.turn-away': { notify: true, link },
    // Opened when the guest is let in: what they say is true only when their time comes.
    'visit.waiting': { ...bySubject, notify: 'when-due' },
    'visit.overstay': { ...bySubject, notify: 'when-due' },
    'visit.late-signature': { ...bySubject, link: ({ subjectId }) => `/host?visit=${subjectId}` },
    'outing.approval': { ...bySubject, link: () => '/host/outings' },
    'outing.late': { ...bySubject, notify: 'when-due', link: () => '/staff-register?status=late' },
    // Both say the same to whoever may not know why.
    'visit.watch-hit': bySubject,
    'visit.held': bySubject,
    'visit.suspicious': { notify: true, link: () => '/refusals' },
    'visit.pass-missing': { ...bySubject, link: () => '/passes' },
    [figuresTask]: { notify: true, link: () => '/visit-figures' },
    'visit.offline-conflict': { ...bySubject, link: () => '/offline' },
    'visit.still-inside': { notify: true, link: () => '/inside' },
  },
  live: {
    ...guests.live,
    ...importantPart.live,
    ...devicePart.live,
    ...areasPart.live,
    visit: { action: 'visit.read', link: (id) => `/?visit=${id}` },
    pass: { action: 'pass.read' },
    'watch-entry': { action: 'watch-list.read', link: () => '/watch-list' },
    muster: { action: 'muster.see', link: () => '/muster' },
    outing: { action: 'outing.read' },
    'staff-presence': { action: 'outing.register' },
  },
  attachments: {
    ...importantPart.attachments,
    visit: { read: 'visit.read', write: 'visit.register' },
    'watch-entry': { read: 'watch-list.read', write: 'watch-list.manage' },
  },
  notices: visitNotices,
  importers: [visitsImporter, watchListImporter],
  finder: visitsFinder,
  history: visitHistory,
  followers: [...guests.followers, ...areasPart.followers, visitorContacts, musterArrivals, visitFigures],
  jobs: guests.jobs,
  cron: [
    ...retentionPart.cron,
    ...devicePart.cron,
    ...areasPart.cron,
    { name: 'visits-close-day', schedule: '*/5 * * * *', run: closeDays },
    { name: 'watch-list-expire', schedule: '*/5 * * * *', run: expireEntries },
    { name: 'watch-list-rekey', schedule: '*/5 * * * *', run: rekey },
    { name: 'visits-figures-check', schedule: '20 3 * * *', run: checkNightly },
    { name: 'visits-known-contacts', schedule: '40 2 * * *', run: linkKnownVisitors },
  ],
}
