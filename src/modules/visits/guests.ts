/** What visitors see and do themselves — documents to sign, invitations, the kiosk — as parts of the module. */
import type { FoyerModule } from '../../kernel/module.ts'
import { agreementErrors } from './agreements/contract.ts'
import { agreementRoutes } from './agreements/http.ts'
import { agreementGrants } from './agreements/policy.ts'
import { invitationErrors } from './invitations/contract.ts'
import { invitationLetters, letterTask } from './invitations/follower.ts'
import { invitationRoutes } from './invitations/http.ts'
import { invitationGrants } from './invitations/policy.ts'
import { sendLetter } from './invitations/send.ts'
import { invitationSetting } from './invitations/settings.ts'
import { kioskErrors } from './kiosk/contract.ts'
import { kioskActors } from './kiosk/devices.ts'
import { kioskRoutes } from './kiosk/http.ts'
import { kioskGrants } from './kiosk/policy.ts'
import { kioskSetting } from './kiosk/settings.ts'

export const guests = {
  routes: (bind) => {
    agreementRoutes(bind)
    invitationRoutes(bind)
    kioskRoutes(bind)
  },
  devices: kioskActors,
  grants: { ...agreementGrants, ...invitationGrants, ...kioskGrants },
  errors: { ...agreementErrors, ...invitationErrors, ...kioskErrors },
  constraints: {
    agreement_pkey: 'entity.exists',
    agreement_signature_visit_id_version_id_key: 'agreement.not-due',
    invitation_pkey: 'entity.exists',
  },
  settings: [invitationSetting, kioskSetting],
  taskKinds: {
    'kiosk.help': { notify: true, link: () => '/kiosks' },
    'kiosk.unsent': { notify: true, link: () => '/' },
  },
  live: { agreement: { action: 'agreement.manage' }, kiosk: { action: 'kiosk.manage' } },
  followers: [invitationLetters],
  jobs: { [letterTask]: sendLetter },
} satisfies Partial<FoyerModule>
