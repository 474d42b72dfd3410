/** Source B's table of whom to ask, played through the rules that lead the console. */
import { describe, expect, test } from 'vitest'
import { readPreset, readPresetSettings } from '../../src/apps/server/preset-files.ts'
import { type Asked, type HopResult, longest, nextStep } from '../../src/modules/calls/routing/rules.ts'
import { type Route, routesSetting } from '../../src/modules/calls/settings.ts'

const settings = readPresetSettings(readPreset('switchboard'))
const routes = routesSetting.schema.parse(settings[routesSetting.key])
const told: Asked = {
  organisation: '南方科技',
  name: '林岚',
  phone: '13912345678',
  reason: '续费',
  mayAskAnyway: false,
}

function route(key: string): Route {
  const found = routes.find((one) => one.key === key)
  if (found === undefined) throw new Error(`no route ${key}`)
  return found
}

function led(key: string, results: readonly HopResult[], asked: Asked = told) {
  const one = route(key)
  const targets = one.targets.map(({ to }, step) => ({
    step,
    kind: to.kind,
    id: null,
    name: to.kind,
    nameEn: to.kind,
    extension: to.kind === 'extension' ? to.extension : `9${step}`,
    instead: '',
  }))
  const rung: string[] = []
  const hops: { extension: string; result: HopResult }[] = []
  for (const result of results) {
    const next = nextStep(one, targets, hops, asked)
    if (next.act !== 'try') break
    rung.push(next.target.extension)
    hops.push({ extension: next.target.extension, result })
  }
  return { rung, next: nextStep(one, targets, hops, asked) }
}

describe('source B: whom to ask', () => {
  test('C7 complaint: 8000, then 8300; both busy: company and phone, callback within 15 minutes by customer service', () => {
    const { rung, next } = led('complaint', ['busy', 'busy'], { ...told, phone: '', organisation: '' })
    expect(rung).toEqual(['8000', '8300'])
    expect(next).toMatchObject({
      act: 'end',
      first: 'callback',
      say: 'hotline-busy',
      missing: ['organisation', 'phone'],
    })
    expect(route('complaint').last).toMatchObject({ minutes: 15, owner: { kind: 'post', post: 'agent' } })
  })

  test('C5 customer: owner, their manager, duty salesperson, the duty salesperson’s manager, then a promise', () => {
    expect(route('customer').targets.map(({ to }) => to.kind)).toEqual([
      'owner',
      'owner-head',
      'duty',
      'duty-head',
    ])
    const { next } = led('customer', ['busy', 'no-answer', 'busy', 'no-answer'])
    expect(next).toMatchObject({ act: 'end', first: 'callback', say: 'callback-promise' })
  })

  test.each([
    ['sales-site', '8171'],
    ['sales-computer', '2222'],
    ['sales-supplies', '8133'],
  ])('C8 %s is declined by default, after three questions %s may be asked', (key, extension) => {
    expect(led(key, []).next).toMatchObject({ act: 'end', first: 'declined', say: 'declined' })
    const silent = { ...told, organisation: '', mayAskAnyway: true }
    expect(led(key, [], silent).next).toMatchObject({ act: 'ask', say: 'ask-company-phone' })
    expect(led(key, ['refused'], { ...told, mayAskAnyway: true })).toMatchObject({
      rung: [extension],
      next: { act: 'end', first: 'declined' },
    })
  })

  test('C9 someone asked for: three questions first, refused means nobody else is disturbed', () => {
    expect(led('colleague', [], { ...told, reason: '' }).next).toMatchObject({ act: 'ask', say: 'ask-three' })
    expect(led('colleague', ['refused']).next).toMatchObject({ act: 'end', first: 'message', say: 'refused' })
    expect(led('colleague', ['answered']).next).toMatchObject({ act: 'end', first: 'put-through' })
  })

  test.each([
    ['candidate-sales', ['890']],
    ['candidate-office', ['189', '376']],
    ['government', ['8128', '189']],
    ['dormitory', ['8111']],
  ])('V6 %s is put through to %s', (key, wanted) => {
    expect(
      led(
        key,
        wanted.map(() => 'no-answer'),
      ).rung,
    ).toEqual(wanted)
  })

  test('C4 no route is longer than its targets, and each ends with an outcome whatever happens', () => {
    for (const one of routes) {
      for (const result of ['busy', 'no-answer', 'refused', 'not-in', 'callback', 'answered'] as const) {
        const { next } = led(one.key, Array(longest(one)).fill(result), { ...told, mayAskAnyway: true })
        expect(next, `${one.key} ${result}`).toMatchObject({ act: 'end' })
      }
    }
  })
})
