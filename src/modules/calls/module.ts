import type { FoyerModule } from '../../kernel/module.ts'
import { callErrors } from './card/contract.ts'
import { grants } from './policy.ts'
import { callSettings } from './settings.ts'

export const callsModule: FoyerModule = {
  name: 'calls',
  grants,
  errors: callErrors,
  constraints: {
    call_pkey: 'entity.exists',
    message_pkey: 'entity.exists',
    callback_pkey: 'entity.exists',
    call_transition: 'transition.refused',
    message_transition: 'transition.refused',
    callback_transition: 'transition.refused',
    call_hop_one_open: 'call.hop-open',
  },
  settings: callSettings,
  live: {
    call: { action: 'call.read' },
    message: { action: 'message.read' },
    callback: { action: 'callback.read' },
    line: { action: 'line.read' },
    exchange: { action: 'line.read' },
  },
}
