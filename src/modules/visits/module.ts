import type { FoyerModule } from '../../kernel/module.ts'
import type { TaskKind } from '../../kernel/tasks/kind.ts'
import { visitErrors } from './card/contract.ts'
import { consentKind } from './consent.ts'
import { linkKnownVisitors, visitorContacts } from './contacts/follower.ts'
import { visitHistory } from './contacts/history.ts'
import { closeDays } from './daily.ts'
import { visitFigures } from './figures/follower.ts'
import { figureGrants } from './figures/policy.ts'
import { checkNightly, figuresTask } from './figures/rebuild.ts'
import { visitsFinder } from './find.ts'
import { routes } from './http.ts'
import { visitsImporter } from './import/importer.ts'
import { visitNotices } from './notices.ts'
import { offlineGrants } from './offline/policy.ts'
import { grants } from './policy.ts'
import { visitSettings } from './settings.ts'

const link: NonNullable<TaskKind['link']> = ({ subjectId }) => `/?visit=${subjectId}`

/** Settled by what happens to the visit, not by ticking a box. */
const bySubject: TaskKind = { notify: true, settledBySubject: true, link }

export const visitsModule: FoyerModule = {
  name: 'visits',
  routes,
  grants: { ...grants, ...figureGrants, ...offlineGrants },
  errors: visitErrors,
  constraints: {
    visit_pkey: 'entity.exists',
    visit_transition: 'transition.refused',
    pass_of_visit: 'pass.not-free',
  },
  settings: visitSettings,
  taskKinds: {
    // The question itself is sent by `notices.ts`, with answers to tap.
    'visit.consent': { ...consentKind, notify: false, link },
    'visit.unanswered': bySubject,
    'visit.turn-away': { notify: true, link },
    // Opened when the guest is let in: what they say is true only when their time comes.
    'visit.waiting': { ...bySubject, notify: 'when-due' },
    'visit.overstay': { ...bySubject, notify: 'when-due' },
    'visit.late-signature': { ...bySubject, link: ({ subjectId }) => `/host?visit=${subjectId}` },
    'visit.pass-missing': { ...bySubject, link: () => '/passes' },
    [figuresTask]: { notify: true, link: () => '/visit-figures' },
    'visit.offline-conflict': { ...bySubject, link: () => '/offline' },
    'visit.still-inside': { notify: true, link: () => '/inside' },
  },
  live: { visit: { action: 'visit.read', link: (id) => `/?visit=${id}` }, pass: { action: 'pass.read' } },
  attachments: { visit: { read: 'visit.read', write: 'visit.register' } },
  notices: visitNotices,
  importers: [visitsImporter],
  finder: visitsFinder,
  history: visitHistory,
  followers: [visitorContacts, visitFigures],
  cron: [
    { name: 'visits-close-day', schedule: '*/5 * * * *', run: closeDays },
    { name: 'visits-figures-check', schedule: '20 3 * * *', run: checkNightly },
    { name: 'visits-known-contacts', schedule: '40 2 * * *', run: linkKnownVisitors },
  ],
}
