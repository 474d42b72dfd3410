/** Busy lamps: the state of each extension. PURE. */
import type { Message } from '../framing.ts'
import type { DeviceState } from '../link.ts'
import { extensionOf, known } from './names.ts'

export interface DeviceChange {
  readonly extension: string
  readonly state: DeviceState
}

const deviceStates: Readonly<Record<string, DeviceState>> = {
  NOT_INUSE: 'idle',
  INUSE: 'in-use',
  BUSY: 'in-use',
  // Rings for a second call: whoever waits for the line to become free still waits.
  RINGINUSE: 'in-use',
  RINGING: 'ringing',
  ONHOLD: 'on-hold',
  UNAVAILABLE: 'unavailable',
  INVALID: 'unavailable',
}

/** Bits of ExtensionStatus: 1 in use, 2 busy, 4 unavailable, 8 ringing, 16 on hold; below 0 the hint is gone. */
function extensionState(status: number): DeviceState {
  if (!Number.isInteger(status) || status < 0) return 'unknown'
  if (status & 3) return 'in-use'
  if (status & 8) return 'ringing'
  if (status & 16) return 'on-hold'
  return status & 4 ? 'unavailable' : 'idle'
}

/**
 * Two sources tell the same: ExtensionStatus (needs a hint) and DeviceStateChange. Where a hint was heard it alone is
 * believed, or the lamp would flicker whenever the two arrive in different order.
 */
export class Devices {
  readonly #states = new Map<string, DeviceState>()
  readonly #hinted = new Set<string>()
  readonly #trunks: readonly string[]

  constructor(trunks: readonly string[]) {
    this.#trunks = trunks
  }

  handle(message: Message): DeviceChange | null {
    return message.event === 'ExtensionStatus' ? this.#extension(message) : this.#device(message)
  }

  #extension(message: Message): DeviceChange | null {
    const extension = known(message.get('Exten'))
    if (extension === null) return null
    const devices = (known(message.get('Hint'))?.split(',')[0] ?? '')
      .split('&')
      .filter((device) => device !== '')
    const phones = devices.flatMap((device) => this.#phone(device) ?? [])
    // A hint of something else than phones (Custom:DND, a parking place) is no lamp of a colleague.
    if (devices.length > 0 && phones.length === 0) return null
    const state = extensionState(Number(message.get('Status') ?? Number.NaN))
    // While the exchange starts it tells `Idle` for hints it has not read yet.
    if (devices.length === 0) return this.#states.has(extension) ? null : this.#set(extension, state)
    this.#hinted.add(extension)
    return this.#set(extension, state)
  }

  #device(message: Message): DeviceChange | null {
    const extension = this.#phone(message.get('Device') ?? '')
    if (extension === null || this.#hinted.has(extension)) return null
    return this.#set(extension, deviceStates[message.get('State') ?? ''] ?? 'unknown')
  }

  #phone(device: string): string | null {
    if (!/^[A-Za-z0-9]+\/[^/@:]+$/.test(device) || device.startsWith('Local/')) return null
    return extensionOf(device, this.#trunks)
  }

  #set(extension: string, state: DeviceState): DeviceChange | null {
    if (this.#states.get(extension) === state) return null
    this.#states.set(extension, state)
    return { extension, state }
  }

  /** The exchange is not heard: no lamp may go on claiming anything. */
  unknown(): DeviceChange[] {
    const changes = [...this.#states.keys()].flatMap((extension) => this.#set(extension, 'unknown') ?? [])
    this.#states.clear()
    this.#hinted.clear()
    return changes
  }
}
