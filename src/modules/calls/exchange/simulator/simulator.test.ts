import { afterEach, describe, expect, test } from 'vitest'
import { expectCalls } from '../test-facts.ts'
import { address, type Heard, listen } from '../testing.ts'
import { type Simulator, type SimulatorSettings, startSimulator } from './simulator.ts'

let simulator: Simulator
let heard: Heard

async function begin(more: Partial<SimulatorSettings> = {}, login: 'plain' | 'md5' = 'md5'): Promise<void> {
  simulator = await startSimulator({
    port: 0,
    secret: 'cti-secret',
    username: 'cti',
    extensions: [
      { number: '8000', name: '前台' },
      { number: '8171', name: 'Room Service', answersAfter: 0.01 },
      { number: '8133', name: 'Supplies', failover: '8130' },
      { number: '8130', name: 'Manager', failover: '8133' },
      { number: '2222', name: 'Engineering' },
    ],
    numbers: { '66668000': '8000', '66668133': '8133' },
    outsideAnswersAfter: 0.01,
    ...more,
  })
  heard = listen(address(simulator.port, { login }))
  heard.link.start()
  await heard.until(() => heard.lamp('2222') !== undefined, 'lamps')
}

afterEach(async () => {
  await heard.link.stop()
  await simulator.stop()
})

const last = () => heard.records().at(-1)
const legOf = (extension: string) => last()?.legs.find((leg) => leg.extension === extension)
const ended = () => heard.until(() => last()?.outcome !== 'open' && last() !== undefined, 'end of the call')
const rings = (extension: string) =>
  heard.until(
    () => legOf(extension)?.result === 'ringing' && legOf(extension)?.ringingAt !== null,
    `${extension} rings`,
  )
const talks = (extension: string) =>
  heard.until(
    () => legOf(extension)?.result === 'answered' && heard.lamp(extension) === 'in-use',
    `${extension} talks`,
  )

describe('C15: calls from outside on the simulated exchange', () => {
  test.each(['plain', 'md5'] as const)(
    'rings, is answered when told, and the caller hangs up (%s)',
    async (login) => {
      await begin({}, login)
      const call = simulator.ring({ from: '13912345678', name: '王小明', to: '66668000' })
      await rings('8000')
      expect(heard.lamp('8000')).toBe('ringing')
      expect(last()).toMatchObject({ callerName: '王小明', dialled: '66668000', outcome: 'open' })
      expect(simulator.answer('8000')).toBe(true)
      await talks('8000')
      call.hangUp()
      await ended()
      expectCalls(
        heard.records(),
        [
          {
            from: '13912345678',
            name: '王小明',
            dialled: '66668000',
            answeredBy: '8000',
            endedBy: 'caller',
            outcome: 'answered',
            legs: [{ who: '8000', cause: 'dial', result: 'answered' }],
          },
        ],
        { timed: false },
      )
      await heard.until(() => heard.lamp('8000') === 'idle')
    },
  )

  test('busy phones fall to the manager and back, then the caller is told busy', async () => {
    await begin()
    simulator.setBusy('8133', true)
    simulator.setBusy('8130', true)
    simulator.ring({ from: '13912345678', to: '66668133' })
    await ended()
    expect(last()).toMatchObject({ outcome: 'busy' })
    expect(last()?.legs.map(({ extension, result, sentBy }) => [extension, result, sentBy])).toEqual([
      ['8133', 'busy', null],
      ['8130', 'busy', '8133'],
    ])
    simulator.setBusy('8133', false)
    await heard.until(() => heard.lamp('8133') === 'idle')
  })

  test('not answered, given up, rejected, no such number', async () => {
    await begin()
    simulator.ring({ from: '1', to: '8000', ringFor: 0.01 })
    await ended()
    expect(last()).toMatchObject({ outcome: 'no-answer', endedBy: 'exchange' })
    simulator.call({ from: '2', to: '8000', givesUpAfter: 0.01 })
    await heard.until(() => last()?.callerNumber === '2' && last()?.endedAt !== null)
    expect(last()).toMatchObject({ outcome: 'abandoned', endedBy: 'caller' })
    simulator.ring({ from: '3', to: '8000' })
    await heard.until(() => last()?.callerNumber === '3' && last()?.legs[0]?.ringingAt != null)
    simulator.reject('8000')
    await heard.until(() => last()?.callerNumber === '3' && last()?.endedAt !== null)
    expect(last()).toMatchObject({ outcome: 'rejected', endedBy: 'callee' })
    simulator.ring({ from: '4', to: '99' })
    await heard.until(() => last()?.callerNumber === '4' && last()?.endedAt !== null)
    expect(last()).toMatchObject({ outcome: 'failed', legs: [] })
  })

  test('a script: answered, handed on, hung up', async () => {
    await begin()
    simulator.call({
      from: '13912345678',
      to: '8000',
      answeredAfter: 0.01,
      transfer: { to: '8171', after: 0.02 },
      talksFor: 0.3,
    })
    await ended()
    expect(last()).toMatchObject({
      outcome: 'answered',
      answeredBy: '8000',
      transfers: [{ kind: 'blind', by: '8000', to: '8171', result: 'answered' }],
    })
  })
})

describe('C15: orders from the console', () => {
  const order = { orderId: '0192f0c2-7a3e-7000-8000-000000000001', extension: '8000', showAs: '王小明 "vip"' }

  test('click-to-dial: own phone first, then the number outside', async () => {
    await begin()
    const result = heard.link.dial({ ...order, number: '13800138000' })
    await rings('8000')
    simulator.answer('8000')
    expect(await result).toEqual({ ok: true, callId: order.orderId })
    await heard.until(() => last()?.answeredAt !== null)
    expect(last()).toMatchObject({
      id: order.orderId,
      direction: 'out',
      callerExtension: '8000',
      dialled: '13800138000',
      answeredBy: '13800138000',
    })
    expect(await heard.link.hangUp({ callId: order.orderId, extension: '8000' })).toMatchObject({ ok: true })
    await ended()
    expect(last()).toMatchObject({ outcome: 'answered', endedBy: 'exchange' })
  })

  test('click-to-dial that fails says why', async () => {
    await begin()
    const dial = (orderId: string, extension: string, number = '8171') =>
      heard.link.dial({ orderId, extension, number, showAs: null })
    simulator.setBusy('8000', true)
    expect(await dial('busy', '8000')).toEqual({ ok: false, reason: 'busy' })
    simulator.setBusy('8000', false)
    const rejected = dial('rejected', '8000')
    await heard.until(() => heard.records().some(({ id, legs }) => id === 'rejected' && legs[0]?.ringingAt))
    simulator.reject('8000')
    expect(await rejected).toEqual({ ok: false, reason: 'rejected' })
    expect(await dial('nobody', '9999')).toEqual({ ok: false, reason: 'unknown-extension' })
    expect(await dial('nowhere', '8000', '99')).toEqual({ ok: false, reason: 'unknown-extension' })
    for (const number of ['8171\r\nAction: Logoff', '8171&PJSIP/8130', '', '13800138000\n'])
      expect(await dial('unsafe', '8000', number)).toEqual({ ok: false, reason: 'not-allowed' })
    expect(await dial('a\r\nb', '8000')).toEqual({ ok: false, reason: 'not-allowed' })
    expect(await dial('unsafe', '8000/x')).toEqual({ ok: false, reason: 'not-allowed' })
    expect(heard.link.state).toBe('up')
    // What was meant for a number is on the record although the phone never got to dial it.
    expect(heard.records().find(({ id }) => id === 'busy')).toMatchObject({
      dialled: '8171',
      outcome: 'busy',
    })
  })

  test('blind transfer of a talk, and of a call that still rings', async () => {
    await begin()
    simulator.ring({ from: '13912345678', to: '8000' })
    await rings('8000')
    simulator.answer('8000')
    await talks('8000')
    const callId = last()?.id ?? ''
    expect(await heard.link.transfer({ callId, extension: '8000', to: '8171', kind: 'blind' })).toMatchObject(
      {
        ok: true,
      },
    )
    await talks('8171')
    expect(last()).toMatchObject({
      id: callId,
      transfers: [{ kind: 'blind', by: '8000', to: '8171', result: 'answered' }],
    })
    simulator.hangUp('8171')
    await ended()
    expect(last()?.endedBy).toBe('callee')

    const second = simulator.ring({ from: '13922222222', to: '8000' })
    await heard.until(() => last()?.id === second.id && legOf('8000')?.ringingAt != null)
    const sent = { callId: second.id, extension: '8000', to: '8171', kind: 'blind' as const }
    expect(await heard.link.transfer(sent)).toMatchObject({ ok: true })
    await talks('8171')
    expect(legOf('8000')).toMatchObject({ result: 'cancelled' })
    expect(await heard.link.transfer({ ...sent, callId: 'x' })).toEqual({ ok: false, reason: 'no-such-call' })
    expect(await heard.link.transfer({ ...sent, to: '8171\r\n' })).toEqual({
      ok: false,
      reason: 'not-allowed',
    })
  })

  test('attended transfer: the colleague is asked first, hanging up joins', async () => {
    await begin()
    const { id: callId } = simulator.ring({ from: '13912345678', to: '8000' })
    await rings('8000')
    simulator.answer('8000')
    await talks('8000')
    expect(
      await heard.link.transfer({ callId, extension: '8000', to: '2222', kind: 'attended' }),
    ).toMatchObject({ ok: true })
    await rings('2222')
    simulator.answer('2222')
    await talks('2222')
    expect(last()?.transfers).toEqual([])
    simulator.hangUp('8000')
    await heard.until(() => last()?.transfers.length === 1)
    expect(last()?.transfers).toMatchObject([
      { kind: 'attended', by: '8000', to: '2222', result: 'answered' },
    ])
    expect(legOf('2222')).toMatchObject({ cause: 'consultation', sentBy: '8000' })
    simulator.hangUp('2222')
    await ended()
    expect(heard.records()).toHaveLength(1)
  })
})

describe('C15: the line to the simulated exchange breaks', () => {
  test('calls that ended meanwhile are lost, those that go on go on, new ones are found', async () => {
    await begin()
    const gone = simulator.ring({ from: '1', to: '8000' })
    const stays = simulator.ring({ from: '2', to: '2222' })
    await heard.until(() => heard.records().filter(({ legs }) => legs[0]?.ringingAt).length === 2)
    simulator.answer('2222')
    await heard.until(() => heard.records().some(({ id, answeredAt }) => id === stays.id && answeredAt))
    simulator.cutConnections()
    gone.hangUp()
    const fresh = simulator.ring({ from: '3', to: '8130' })
    await heard.until(() => heard.states.some(({ state }) => state === 'down'))
    expect(heard.lamp('8000')).toBe('unknown')
    const record = (id: string) => heard.records().find((call) => call.id === id)
    await heard.until(() => record(fresh.id) !== undefined && record(gone.id)?.outcome === 'lost')
    expect(record(gone.id)).toMatchObject({ endedBy: null, legs: [{ ringSeconds: null, rings: null }] })
    expect(record(stays.id)).toMatchObject({ outcome: 'open', answeredBy: '2222' })
    expect(record(stays.id)?.rebuilt).toBeUndefined()
    expect(record(fresh.id)).toMatchObject({
      rebuilt: true,
      outcome: 'open',
      callerNumber: '3',
      legs: [{ extension: '8130', result: 'ringing' }],
    })
    await heard.until(() => heard.lamp('8000') === 'idle')
    stays.hangUp()
    await heard.until(() => record(stays.id)?.outcome === 'answered')
  })

  test('hundreds of calls at once', async () => {
    const extensions = Array.from({ length: 300 }, (_, index) => ({
      number: String(1000 + index),
      name: `Colleague ${index}`,
      answersAfter: 0.001,
    }))
    await begin({ extensions: [...extensions, { number: '2222', name: 'Engineering' }] })
    for (const { number } of extensions)
      simulator.call({ from: `139${number}`, to: number, answeredAfter: 0.01, talksFor: 0.02 })
    const over = new Set<string>()
    let read = 0
    await heard.until(() => {
      for (; read < heard.calls.length; read++) {
        const call = heard.calls[read]
        if (call?.outcome === 'answered') over.add(call.id)
      }
      return over.size === extensions.length
    })
    expect(simulator.liveChannels).toBe(0)
    expect(
      heard.records().every(({ legs, callerNumber }) => callerNumber === `139${legs[0]?.extension}`),
    ).toBe(true)
  })
})
