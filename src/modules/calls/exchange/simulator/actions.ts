/** What the simulated exchange does when it is told to. */
import type { Message } from '../framing.ts'
import type { Calls } from './calls.ts'
import type { Answer } from './server.ts'
import { channelHeaders, type Header, listedChannel, type SimulatedChannel } from './wire.ts'

const refused = (message: string): Answer => ({ ok: false, message })

export function act(calls: Calls, action: string, message: Message): Answer {
  const { board } = calls
  const named = [...board.channels.values()].find(({ name }) => name === message.get('Channel'))
  const exten = message.get('Exten') ?? ''
  switch (action) {
    case 'coreshowchannels':
      return channels(calls, 'CoreShowChannel', 'CoreShowChannelsComplete')
    case 'status':
      return channels(calls, 'Status', 'StatusComplete')
    case 'extensionstatelist':
      return lamps(calls, 'ExtensionStatus', 'ExtensionStateListComplete')
    case 'devicestatelist':
      return lamps(calls, 'DeviceStateChange', 'DeviceStateListComplete')
    case 'originate':
      return originate(calls, message)
    case 'hangup':
      if (!named) return refused('No such channel')
      return { ok: true, message: 'Channel Hungup', afterwards: () => calls.end(named, 'order') }
    case 'redirect':
      if (!named) return refused('Channel does not exist: ')
      if (!calls.knows(exten)) return refused('Redirect failed')
      return { ok: true, message: 'Redirect successful', afterwards: () => calls.redirect(named, exten) }
    case 'blindtransfer':
      return blindTransfer(calls, named, exten)
    case 'atxfer':
      if (!named) return refused('Channel specified does not exist')
      if (board.peer(named) === null || !board.phones.get(exten)?.registered)
        return refused('Atxfer unsuccessful')
      return {
        ok: true,
        message: 'Atxfer successfully queued',
        afterwards: () => void calls.consult(named, exten),
      }
    default:
      return refused('Invalid/unknown command')
  }
}

function channels(calls: Calls, kind: 'CoreShowChannel' | 'Status', complete: string): Answer {
  const now = calls.board.now()
  const items = [...calls.board.channels.values()].map((channel): readonly Header[] => [
    ['Event', kind],
    ...listedChannel(channel, now, kind),
  ])
  return { ok: true, message: 'Channels will follow', items, complete }
}

function lamps(calls: Calls, kind: 'ExtensionStatus' | 'DeviceStateChange', complete: string): Answer {
  const { board } = calls
  const items = [...board.phones.values()].map((phone): readonly Header[] => [
    ['Event', kind],
    ...(kind === 'ExtensionStatus' ? board.extensionStatus(phone) : board.deviceState(phone)),
  ])
  return { ok: true, message: 'States will follow', items, complete }
}

function blindTransfer(calls: Calls, channel: SimulatedChannel | undefined, exten: string): Answer {
  if (!channel) return refused('Channel specified does not exist')
  if (calls.board.peer(channel) === null || !calls.knows(exten)) return refused('Transfer invalid')
  return {
    ok: true,
    message: 'Transfer succeeded',
    afterwards: () => void calls.blindTransfer(channel, exten),
  }
}

/** Click-to-dial: rings the phone, and dials once it is answered. */
function originate(calls: Calls, message: Message): Answer {
  const { board } = calls
  const exten = message.get('Exten') ?? ''
  const device = message.get('Channel') ?? ''
  if (!calls.knows(exten)) return refused('Extension does not exist.')
  const id = message.get('ChannelId')
  if (id !== undefined && board.channels.has(id)) return refused('Uniqueid already in use')
  const phone = board.phones.get(device.slice(device.indexOf('/') + 1))
  const caller = /^"(.*)" <(.*)>$/.exec(message.get('CallerID') ?? '')
  const respond = (ok: boolean, reason: string, channel?: SimulatedChannel) =>
    board.tell('OriginateResponse', [
      ['ActionID', message.get('ActionID') ?? ''],
      ['Response', ok ? 'Success' : 'Failure'],
      ['Channel', channel?.name ?? device],
      ['Context', board.context],
      ['Exten', exten],
      ['Reason', reason],
      ['Uniqueid', channel?.id ?? '<unknown>'],
      ['CallerIDNum', caller?.[2] ?? '<unknown>'],
      ['CallerIDName', caller?.[1] ?? '<unknown>'],
    ])
  const ring = () => {
    if (!phone?.registered) {
      respond(false, '0')
      return
    }
    const { extension, name } = phone
    const channel = board.open(device, {
      ...(id === undefined ? {} : { id, linkedId: id }),
      extension,
      state: 0,
      number: extension,
      callerName: name,
      application: 'AppDial2',
      applicationData: '(Outgoing Line)',
    })
    if (caller) {
      channel.number = channel.connectedNumber = caller[2] ?? ''
      channel.callerName = channel.connectedName = caller[1] ?? ''
      board.tell('NewCallerid', [
        ...channelHeaders(channel),
        ['CID-CallingPres', '0 (Presentation Allowed, Not Screened)'],
      ])
    }
    const seconds = Number(message.get('Timeout') ?? 30_000) / 1000
    calls.dial(null, channel, extension, seconds, {
      answered: () => {
        respond(true, '4', channel)
        calls.route(channel, exten)
      },
      failed: (status, cause) => respond(false, status === 'NOANSWER' && cause === '16' ? '3' : '0'),
    })
  }
  return { ok: true, message: 'Originate successfully queued', afterwards: ring }
}
