import { describe, expect, test } from 'vitest'
import { Story } from '../test-story.ts'

describe('C15: busy lamps', () => {
  const lamp = (story: Story, Status: string, Hint = 'PJSIP/8000') =>
    story.event('ExtensionStatus', { Exten: '8000', Context: 'internal', Hint, Status })
  const device = (story: Story, State: string, Device = 'PJSIP/8000') =>
    story.event('DeviceStateChange', { Device, State })

  test.each([
    ['0', 'idle'],
    ['1', 'in-use'],
    ['2', 'in-use'],
    ['4', 'unavailable'],
    ['8', 'ringing'],
    ['9', 'in-use'],
    ['16', 'on-hold'],
    ['17', 'in-use'],
    ['-1', 'unknown'],
    ['x', 'unknown'],
  ] as const)('ExtensionStatus %s is %s', (status, state) => {
    expect(lamp(new Story(), status).lamps.get('8000')).toBe(state)
  })

  test('where there is a hint it alone is believed', () => {
    const story = new Story()
    device(story, 'RINGING')
    expect(story.lamps.get('8000')).toBe('ringing')
    lamp(story, '1')
    device(story, 'RINGING')
    expect(story.lamps.get('8000')).toBe('in-use')
  })

  test('queues, trunks, Local channels and hints of other things are no lamps', () => {
    const story = new Story()
    for (const name of [
      'Queue:service_avail',
      'PJSIP/trunk',
      'Local/8171@internal',
      'Custom:DND8000',
      'confbridge:1',
    ])
      device(story, 'INUSE', name)
    story.event('ExtensionStatus', { Exten: '*8', Hint: 'Custom:DND8000', Status: '1' })
    expect([...story.lamps]).toEqual([])
  })

  test('while the exchange starts, a hint it has not read yet claims nothing over what is known', () => {
    const story = new Story()
    device(story, 'INUSE')
    lamp(story, '0', '')
    expect(story.lamps.get('8000')).toBe('in-use')
  })
})
