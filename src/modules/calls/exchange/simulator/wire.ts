/** Events as an exchange writes them: the same names, headers and order as its recordings. PURE. */

export type Header = readonly [name: string, value: string]

/** Read privilege that an event needs. */
export type EventClass = 'call' | 'system'

export interface SimulatedChannel {
  readonly id: string
  readonly name: string
  linkedId: string
  /** The phone it belongs to; null for the outside line and Local pairs. */
  readonly extension: string | null
  /** 0 Down, 4 Ring, 5 Ringing, 6 Up. */
  state: 0 | 4 | 5 | 6
  number: string
  callerName: string
  connectedNumber: string
  connectedName: string
  readonly context: string
  exten: string
  application: string
  applicationData: string
  bridge: string | null
  readonly bornAt: number
  gone: boolean
}

const states = { 0: 'Down', 4: 'Ring', 5: 'Ringing', 6: 'Up' } as const

/** Line breaks in names are sent as the two characters, as Asterisk does it. */
const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('\r', '\\r').replaceAll('\n', '\\n')
const orUnknown = (text: string): string => (text === '' ? '<unknown>' : escaped(text))

export function channelHeaders(channel: SimulatedChannel, prefix = ''): Header[] {
  const headers: readonly Header[] = [
    ['Channel', channel.name],
    ['ChannelState', String(channel.state)],
    ['ChannelStateDesc', states[channel.state]],
    ['CallerIDNum', orUnknown(channel.number)],
    ['CallerIDName', orUnknown(channel.callerName)],
    ['ConnectedLineNum', orUnknown(channel.connectedNumber)],
    ['ConnectedLineName', orUnknown(channel.connectedName)],
    ['Language', 'en'],
    ['AccountCode', ''],
    ['Context', channel.context],
    ['Exten', channel.exten],
    ['Priority', '1'],
    ['Uniqueid', channel.id],
    ['Linkedid', channel.linkedId],
  ]
  return headers.map(([name, value]) => [`${prefix}${name}`, value])
}

export const bridgeHeaders = (id: string, members: number): Header[] => [
  ['BridgeUniqueid', id],
  ['BridgeType', 'basic'],
  ['BridgeTechnology', 'simple_bridge'],
  ['BridgeCreator', '<unknown>'],
  ['BridgeName', '<unknown>'],
  ['BridgeNumChannels', String(members)],
  ['BridgeVideoSourceMode', 'none'],
]

export const write = (headers: readonly Header[]): string =>
  `${headers.map(([name, value]) => `${name}: ${value.replace(/[\r\n]/g, ' ')}\r\n`).join('')}\r\n`

/** One line of CoreShowChannels (`Duration`) or Status (`Seconds`). */
export function listedChannel(
  channel: SimulatedChannel,
  now: number,
  kind: 'CoreShowChannel' | 'Status',
): Header[] {
  const seconds = Math.max(0, Math.floor((now - channel.bornAt) / 1000))
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')
  return [
    ...channelHeaders(channel),
    ['Application', channel.application],
    ...(kind === 'Status'
      ? ([
          ['Data', channel.applicationData],
          ['Seconds', String(seconds)],
          ['BridgeID', channel.bridge ?? ''],
        ] as const)
      : ([
          ['ApplicationData', channel.applicationData],
          ['Duration', clock],
          ['BridgeId', channel.bridge ?? ''],
        ] as const)),
  ]
}

export const causes: Readonly<Record<string, string>> = {
  '0': 'Unknown',
  '1': 'Unallocated (unassigned) number',
  '16': 'Normal Clearing',
  '17': 'User busy',
  '19': 'User alerting, no answer',
  '20': 'Subscriber absent',
  '21': 'Call Rejected',
  '127': 'Interworking, unspecified',
}
