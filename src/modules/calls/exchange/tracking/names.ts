/** Names of channels and devices, and values that mean "nothing". PURE. */

/** Channels that are no phone: halves of a Local pair, helpers of bridges and recordings. */
const helpers = new Set([
  'Announcer',
  'AsyncGoto',
  'Bridge',
  'CBAnn',
  'CBRec',
  'ConfBridgeRecorder',
  'Local',
  'Message',
  'MulticastRTP',
  'Recorder',
  'Snoop',
  'Surrogate',
  'UnicastRTP',
])

/** `PJSIP/8000-0000001f` → `PJSIP/8000`; `PJSIP/8000-0000001f<ZOMBIE>` too; null for what is no phone. */
export function deviceOf(channel: string): string | null {
  const name = channel.replace(/<.*$/, '')
  const slash = name.indexOf('/')
  if (slash <= 0 || helpers.has(name.slice(0, slash))) return null
  const dash = name.lastIndexOf('-')
  const device = dash > slash ? name.slice(0, dash) : name
  if (device === 'DAHDI/pseudo') return null
  return device.length > slash + 1 ? device : null
}

/** No phone of the house: a dialled number behind a line, an address nobody is registered at, a caller without account. */
const stranger = /[/@:]|^\d+(\.\d+){3}$|^anonymous$/

/** The extension of a device that is a phone of the house: the part behind the slash. */
export function extensionOf(device: string | null, trunks: readonly string[]): string | null {
  if (device === null || isTrunk(device, trunks)) return null
  const extension = device.slice(device.indexOf('/') + 1)
  return stranger.test(extension) ? null : extension
}

/** A trunk is named as `PJSIP/provider` or `provider`; DAHDI adds the dialled number behind it (`DAHDI/i1/139…`). */
function isTrunk(device: string, trunks: readonly string[]): boolean {
  const name = device.slice(device.indexOf('/') + 1)
  return trunks.some(
    (trunk) => device === trunk || device.startsWith(`${trunk}/`) || (!trunk.includes('/') && name === trunk),
  )
}

/** `Local/8171@internal-00000004;1` → its pair `Local/8171@internal-00000004` and half `1`; null for other channels. */
export function localHalf(channel: string): { readonly pair: string; readonly half: '1' | '2' } | null {
  const match = /^(Local\/.*);([12])(<.*)?$/.exec(channel)
  return match?.[1] && match[2] ? { pair: match[1], half: match[2] === '1' ? '1' : '2' } : null
}

/** Empty and `<unknown>` are nothing; line breaks come as the two characters `\r` `\n`, a backslash doubled. */
export function known(value: string | undefined): string | null {
  if (value === undefined || value === '' || value === '<unknown>') return null
  const text = value.includes('\\')
    ? value.replace(/\\(.)/g, (all, one: string) =>
        one === 'r' || one === 'n' ? ' ' : one === '\\' ? one : all,
      )
    : value
  return text.trim() === '' ? null : text.trim()
}

/** What a network sends in place of a caller who does not show themselves. */
const withheld = /^(anonymous|private|restricted|unavailable|unknown|withheld)$/i

/** A caller's name; null also when it came in an encoding the exchange could not read and replaced. */
export function knownName(value: string | undefined): string | null {
  const name = known(value)
  return name === null || name.includes('\uFFFD') || withheld.test(name) ? null : name
}

/** A caller's number; null also when the network withheld it. A masked number (`139****5678`) stays as it came. */
export function knownNumber(value: string | undefined): string | null {
  const number = known(value)
  return number === null || withheld.test(number) ? null : number
}

/** A dialled number; `s`, `h`, `i` and `t` are rooms of the dial plan, not numbers. */
export function dialledNumber(value: string | undefined): string | null {
  const number = known(value)
  return number === null || /^[a-z]$/.test(number) ? null : number
}

/** `PJSIP/8133`, `Local/8133@internal`, `8133@trunk` → `8133`. */
export function numberOfDialString(value: string | undefined): string | null {
  const text = known(value)
  if (text === null) return null
  const last = text.slice(text.lastIndexOf('/') + 1)
  return dialledNumber(last.replace(/^(sips?|tel):/i, '').split('@')[0])
}
