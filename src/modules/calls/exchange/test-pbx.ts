/**
 * For tests: what a real Asterisk writes for calls of which no recording exists. It keeps the rules of its modules
 * (channel.c, bridge_basic.c, core_local.c, app_dial.c, app_queue.c, res_parking.c): the order of events, their headers,
 * Linkedids that change when a basic bridge joins channels, a swap of identities in a masquerade. Independent of the
 * simulator, which ships.
 */

export interface Line {
  name: string
  id: string
  linked: string
  state: number
  num: string
  cidName: string
  connected: string
  exten: string
  context: string
  bridge: Room | null
}

export interface Room {
  readonly id: string
  readonly type: 'basic' | 'parking' | 'base' | 'stasis'
  readonly technology: string
  readonly members: Line[]
}

export interface PbxOptions {
  /** Of the first channel; two streams that are mixed must not share ids. */
  readonly epoch?: number
  /** `systemname` of asterisk.conf stands before every Uniqueid. */
  readonly system?: string
  readonly timestamps?: boolean
}

const states = ['Down', 'Rsrvd', 'OffHook', 'Dialing', 'Ring', 'Ringing', 'Up', 'Busy']
const causes: Readonly<Record<number, string>> = {
  0: 'Unknown',
  16: 'Normal Clearing',
  17: 'User busy',
  19: 'User alerting, no answer',
  21: 'Call Rejected',
  26: 'Answered elsewhere',
  127: 'Interworking, unspecified',
}

export class Pbx {
  readonly messages: string[] = []
  readonly #epoch: number
  readonly #system: string
  readonly #timestamps: boolean
  #now: number
  #channels = 0
  #rooms = 0

  constructor({ epoch = 1_800_000_000, system = '', timestamps = true }: PbxOptions = {}) {
    this.#epoch = epoch
    this.#system = system
    this.#timestamps = timestamps
    this.#now = epoch
  }

  wait(seconds: number): this {
    this.#now += seconds
    return this
  }

  get bytes(): Buffer {
    return Buffer.from(this.messages.join(''))
  }

  event(name: string, lines: readonly string[], privilege = 'call,all'): this {
    // A few microseconds pass between two events.
    this.#now += 0.0002
    const stamp = this.#timestamps ? [`Timestamp: ${this.#now.toFixed(6)}`] : []
    this.messages.push(
      `${[`Event: ${name}`, `Privilege: ${privilege}`, ...stamp, ...lines].join('\r\n')}\r\n\r\n`,
    )
    return this
  }

  line(device: string, more: Partial<Line> = {}, half = ''): Line {
    const count = this.#channels++
    // Both halves of a Local channel have one name, but for the end.
    const serial = this.#epoch * 64 + count - (half === ';2' ? 1 : 0)
    const id = `${this.#system}${Math.floor(this.#now)}.${count}`
    const line: Line = {
      name: `${device}-${serial.toString(16).slice(-8)}${half}`,
      id,
      linked: id,
      state: 0,
      num: '',
      cidName: '',
      connected: '',
      exten: 's',
      context: 'internal',
      bridge: null,
      ...more,
    }
    this.event('Newchannel', head('', line))
    return line
  }

  /** Somebody outside rings on the trunk. */
  incoming(exten = '66668000', num = '13912345678', more: Partial<Line> = {}): Line {
    const line = this.line('PJSIP/trunk', { state: 4, exten, num, context: 'from-trunk', ...more })
    return this.newexten(line, 'NoOp').goto(line, exten.slice(-4))
  }

  /** A colleague dials. */
  lifts(extension: string, exten: string, more: Partial<Line> = {}): Line {
    return this.line(`PJSIP/${extension}`, { state: 4, exten, num: extension, ...more })
  }

  goto(line: Line, exten: string): Line {
    Object.assign(line, { exten, context: 'internal' })
    this.newexten(line, 'Dial')
    return line
  }

  newexten(line: Line, application: string, data = ''): this {
    const more = [`Extension: ${line.exten}`, `Application: ${application}`, `AppData: ${data}`]
    return this.event('Newexten', [...head('', line), ...more], 'dialplan,all')
  }

  /** Goes off-hook for an announcement, a menu, voicemail, a queue. */
  answerByPbx(line: Line): this {
    return this.state(line, 6)
  }

  state(line: Line, state: number): this {
    line.state = state
    return this.event('Newstate', head('', line))
  }

  /** Newchannel and DialBegin of one phone; `from` null: an order or the exchange itself dials. */
  dial(from: Line | null, device: string, more: { dialString?: string; rings?: boolean } = {}): Line {
    const dest = this.request(from, device)
    this.dialBegin(from, dest, more.dialString ?? device.slice(device.indexOf('/') + 1))
    if (more.rings !== false) this.rings(from, dest)
    return dest
  }

  request(from: Line | null, device: string): Line {
    const num = device.slice(device.indexOf('/') + 1)
    const linked = from === null ? {} : { linked: from.linked }
    const dest = this.line(device, { num, ...linked })
    Object.assign(dest, { exten: from?.exten ?? '', connected: from?.num ?? '' })
    this.newexten(dest, 'AppDial', '(Outgoing Line)')
    this.event('NewConnectedLine', head('', dest))
    return dest
  }

  dialBegin(from: Line | null, dest: Line, dialString: string): this {
    const source = from === null ? [] : head('', from)
    return this.event('DialBegin', [...source, ...head('Dest', dest), `DialString: ${dialString}`])
  }

  rings(from: Line | null, dest: Line): this {
    this.state(dest, 5)
    return this.dialState(from, dest, 'RINGING')
  }

  dialState(from: Line | null, dest: Line, status: string): this {
    const source = from === null ? [] : head('', from)
    return this.event('DialState', [...source, ...head('Dest', dest), `DialStatus: ${status}`])
  }

  dialEnd(from: Line | null, dest: Line, status: string, more: readonly string[] = []): this {
    const source = from === null ? [] : head('', from)
    return this.event('DialEnd', [...source, ...head('Dest', dest), `DialStatus: ${status}`, ...more])
  }

  /** The phone takes the call; whoever dialled is answered and both speak. */
  answer(from: Line, dest: Line, room = this.room()): Room {
    this.pickUp(from, dest)
    if (from.state !== 6) this.state(from, 6)
    this.enter(room, dest).enter(room, from)
    return room
  }

  /** The phone takes the call, no more. */
  pickUp(from: Line | null, dest: Line): this {
    return this.state(dest, 6).set(dest, { exten: '' }).dialEnd(from, dest, 'ANSWER')
  }

  set(line: Line, more: Partial<Line>): this {
    Object.assign(line, more)
    return this
  }

  /** The phone ends it itself: busy, refused, out of order. */
  refuse(from: Line, dest: Line, status: string, cause: number): this {
    return this.requests(dest, cause).dialEnd(from, dest, status).hangup(dest, cause)
  }

  room(type: Room['type'] = 'basic', technology = 'simple_bridge'): Room {
    this.#rooms += 1
    const id = `${this.#epoch.toString(16)}-${this.#rooms.toString().padStart(4, '0')}-4e5f-8a1b-fdce1da97dfe`
    const room: Room = { id, type, technology, members: [] }
    this.event('BridgeCreate', roomHead(room))
    return room
  }

  enter(room: Room, line: Line, swap?: Line): this {
    if (room.type === 'basic' || room.type === 'stasis') joinLinks(room, line, swap)
    room.members.push(line)
    line.bridge = room
    const more = swap ? [`SwapUniqueid: ${swap.id}`] : []
    this.event('BridgeEnter', [...roomHead(room), ...head('', line), ...more])
    return swap ? this.leave(swap) : this
  }

  leave(line: Line): this {
    const room = line.bridge
    if (room === null) return this
    room.members.splice(room.members.indexOf(line), 1)
    line.bridge = null
    return this.event('BridgeLeave', [...roomHead(room), ...head('', line)])
  }

  /** The party asks to end. */
  requests(line: Line, cause?: number): this {
    return this.event('HangupRequest', [
      ...head('', line),
      ...(cause === undefined ? [] : [`Cause: ${cause}`]),
    ])
  }

  hangup(line: Line, cause = 16): this {
    this.leave(line)
    return this.event('Hangup', [
      ...head('', line),
      `Cause: ${cause}`,
      `Cause-txt: ${causes[cause] ?? 'Unknown'}`,
    ])
  }

  /** One of two who speak hangs up; the bridge falls apart, the others are hung up by the exchange. */
  ends(line: Line, ...others: Line[]): this {
    this.requests(line, 16).leave(line)
    for (const other of others) this.leave(other)
    for (const other of others) this.hangup(other)
    return this.event('SoftHangupRequest', [...head('', line), 'Cause: 16']).hangup(line)
  }

  /** Two halves of a Local channel; the second runs the dial plan. Call `joined` once it is dialled. */
  local(exten: string, from: Line | null): [Line, Line] {
    const near = this.line(`Local/${exten}@internal`, from === null ? {} : { linked: from.linked }, ';1')
    const far = this.line(`Local/${exten}@internal`, { linked: near.linked, state: 4, exten }, ';2')
    return [near, far]
  }

  joined(near: Line, far: Line): this {
    const more = [`Context: internal`, `Exten: ${far.exten}`, 'LocalOptimization: Yes']
    return this.event('LocalBridge', [...head('LocalOne', near), ...head('LocalTwo', far), ...more])
  }

  /** The Local pair takes itself out: `moved` goes into the bridge of `near` in its place. */
  optimise(near: Line, far: Line, moved: Line): this {
    const room = near.bridge
    if (room === null) return this
    const both = [...head('LocalOne', near), ...head('LocalTwo', far)]
    this.event('LocalOptimizationBegin', [
      ...both,
      ...head('Source', moved),
      `DestUniqueId: ${room.id}`,
      'Id: 7',
    ])
    this.leave(moved).enter(room, moved, near).leave(far)
    this.event('LocalOptimizationEnd', [...both, 'Success: Yes', 'Id: 7'])
    return this.hangup(near).hangup(far)
  }

  /** `clone` takes over the structure that `original` runs in: names and ids change places, the rest is a zombie. */
  masquerade(original: Line, clone: Line): this {
    const zombie = `${original.name}<ZOMBIE>`
    this.event('Rename', [`Channel: ${original.name}`, `Newname: ${zombie}`, `Uniqueid: ${original.id}`])
    return this.leave(clone).set(clone, { exten: original.exten, context: original.context }).set(original, {
      name: zombie,
      bridge: null,
    })
  }

  prefixed(
    event: string,
    parties: readonly (readonly [prefix: string, line: Line])[],
    more: readonly string[],
  ): this {
    return this.event(event, [...parties.flatMap(([prefix, line]) => head(prefix, line)), ...more])
  }

  /** SIP REFER: said while both are still in the bridge. */
  blindTransfer(by: Line, other: Line, to: string, external = 'Yes'): this {
    const room = by.bridge
    return this.event('BlindTransfer', [
      'Result: Success',
      ...head('Transferer', by),
      ...head('Transferee', other),
      ...(room ? roomHead(room) : []),
      `IsExternal: ${external}`,
      'Context: internal',
      `Extension: ${to}`,
    ])
  }

  attendedTransfer(
    parties: readonly (readonly [
      'OrigTransferer' | 'SecondTransferer' | 'Transferee' | 'TransferTarget',
      Line,
    ])[],
    more: readonly string[],
  ): this {
    return this.prefixed('AttendedTransfer', parties, ['Result: Success', 'IsExternal: Yes', ...more])
  }

  queue(
    line: Line,
    event: 'QueueCallerJoin' | 'QueueCallerLeave' | 'QueueCallerAbandon',
    queue = 'service',
  ): this {
    return this.event(event, [...head('', line), `Queue: ${queue}`, 'Position: 1', 'Count: 1'], 'agent,all')
  }

  agent(event: string, line: Line, agent: Line, more: readonly string[] = []): this {
    const names = ['Queue: service', `Interface: ${agent.name.replace(/-[^-]*$/, '')}`, 'MemberName: 张三']
    return this.event(event, [...head('', line), ...head('Dest', agent), ...names, ...more], 'agent,all')
  }
}

const text = (value: string) => (value === '' ? '<unknown>' : value)

/** The headers of one channel, as in every event that speaks of it. */
export const head = (prefix: string, line: Line): string[] =>
  [
    ['Channel', line.name],
    ['ChannelState', String(line.state)],
    ['ChannelStateDesc', states[line.state] ?? 'Unknown'],
    ['CallerIDNum', text(line.num)],
    ['CallerIDName', text(line.cidName)],
    ['ConnectedLineNum', text(line.connected)],
    ['ConnectedLineName', '<unknown>'],
    ['Language', 'en'],
    ['AccountCode', ''],
    ['Context', line.context],
    ['Exten', line.exten],
    ['Priority', '1'],
    ['Uniqueid', line.id],
    ['Linkedid', line.linked],
  ].map(([key, value]) => `${prefix}${key}: ${value}`)

const roomHead = (room: Room): string[] => [
  `BridgeUniqueid: ${room.id}`,
  `BridgeType: ${room.type}`,
  `BridgeTechnology: ${room.technology}`,
  'BridgeCreator: <unknown>',
  'BridgeName: <unknown>',
  `BridgeNumChannels: ${room.members.length}`,
  'BridgeVideoSourceMode: none',
]

/** Whoever is in a basic bridge takes the oldest Linkedid of all, without an event of its own. */
function joinLinks(room: Room, line: Line, swap: Line | undefined): void {
  const all = [...room.members.filter((one) => one !== swap), line]
  const age = (linked: string) =>
    linked
      .slice(linked.lastIndexOf('-') + 1)
      .split('.')
      .map(Number)
  const [oldest] = all
    .map(({ linked }) => linked)
    .sort((a, b) => (age(a)[0] ?? 0) - (age(b)[0] ?? 0) || (age(a)[1] ?? 0) - (age(b)[1] ?? 0))
  for (const one of all) one.linked = oldest ?? one.linked
}
