/** The preset is data that nobody compiles, so everything it refers to is looked up here. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { timeOf } from '../../src/apps/server/demo-day.ts'
import { modules } from '../../src/apps/server/modules.ts'
import { readDemo, readPreset, readPresetSettings, readPresets } from '../../src/apps/server/preset-files.ts'
import { registry } from '../../src/kernel/module.ts'
import { passwordFault, roles } from '../../src/modules/identity/rules.ts'
import { categoriesSetting, kindsSetting, wordingSetting } from '../../src/modules/visits/settings.ts'

const preset = readPreset('group')
const settings = readPresetSettings(preset)
const { organisation, accounts, visits } = readDemo(preset)
const categories = categoriesSetting.schema.parse(settings[categoriesSetting.key])
const kinds = kindsSetting.schema.parse(settings[kindsSetting.key])
const people = new Set(organisation.employees.map(({ key }) => key))

describe('preset group: settings of source C', () => {
  test('set-up can offer it in both languages', () => {
    expect(readPresets().map(({ id }) => id)).toContain('group')
    expect(preset.name.zh).toMatch(/\p{Script=Han}/u)
    expect(preset.name.en).not.toMatch(/\p{Script=Han}/u)
  })

  test('every value fits the schema of the setting it is for', () => {
    const known = registry(modules).settings
    for (const [key, value] of Object.entries(settings)) {
      const parsed = known.get(key)?.schema.safeParse(value)
      expect(parsed?.error, key).toBeUndefined()
      expect(parsed?.success, key).toBe(true)
    }
  })

  test('V2 all kinds are there and belong to a category', () => {
    const keys = categories.map(({ key }) => key)
    expect(keys.sort()).toEqual(['general', 'important', 'other'])
    for (const kind of kinds) expect(keys).toContain(kind.category)
    const wanted = [
      'customer',
      'supplier',
      'candidate',
      'relative',
      'key-customer',
      'executive-guest',
      'official',
    ]
    const further = [
      'solicitor',
      'troublemaker',
      'media',
      'tour',
      'delivery',
      'payment',
      'resident',
      'tenant-guest',
    ]
    expect(kinds.map(({ key }) => key)).toEqual(expect.arrayContaining([...wanted, ...further]))
  })

  test('V7 an important visitor fills in nothing and is not asked about', () => {
    const important = categories.find(({ key }) => key === 'important')
    expect(important).toMatchObject({
      important: true,
      consent: 'never',
      slip: false,
      idCheck: false,
      pass: false,
      signOff: false,
    })
  })

  test('V8, V9, V10, V11 a general visitor has slip, document check, pass, areas and signature', () => {
    const general = categories.find(({ key }) => key === 'general')
    expect(general).toMatchObject({
      consent: 'unless-announced',
      slip: true,
      idCheck: true,
      pass: true,
      signOff: true,
    })
    expect(general?.waitingPlaceLineWorker?.zh).toBe('门卫室')
    expect(general?.areas.length).toBeGreaterThan(0)
  })

  test('C2.4 others are refused by default', () => {
    for (const kind of ['solicitor', 'troublemaker']) {
      const category = kinds.find(({ key }) => key === kind)?.category
      expect(categories.find(({ key }) => key === category)?.refuseByDefault).toBe(true)
    }
  })

  test('V4, G7 wording is Chinese in zh and has no Chinese in en', () => {
    const wording = wordingSetting.schema.parse(settings[wordingSetting.key])
    const steps = categories.flatMap((one) => [one.name, one.waitingPlace, ...one.steps])
    for (const { zh, en } of [...Object.values(wording), ...steps, ...kinds.map(({ name }) => name)]) {
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(en).not.toMatch(/\p{Script=Han}/u)
    }
    expect(wording.askThree.zh).toMatch(/单位.*称呼.*事/)
  })
})

describe('preset group: the invented company', () => {
  test('keys and staff numbers are unique', () => {
    expect(people.size).toBe(organisation.employees.length)
    expect(new Set(organisation.employees.map(({ number }) => number)).size).toBe(people.size)
    expect(new Set(organisation.departments.map(({ key }) => key)).size).toBe(organisation.departments.length)
    expect(new Set(visits.map(({ key }) => key)).size).toBe(visits.length)
  })

  test('departments and people refer to each other, parents come first', () => {
    const seen = new Set<string>()
    for (const one of organisation.departments) {
      if (one.parent !== undefined) expect(seen, one.key).toContain(one.parent)
      seen.add(one.key)
      for (const who of [one.head, one.deputy]) if (who !== undefined) expect(people).toContain(who)
    }
    for (const one of organisation.employees) {
      expect(seen, one.key).toContain(one.department)
      for (const who of [one.deputy, one.secretary]) {
        if (who === undefined) continue
        expect(people).toContain(who)
        expect(who).not.toBe(one.key)
      }
    }
    expect(organisation.employees.some(({ lineWorker }) => lineWorker)).toBe(true)
  })

  test('K3 one account for every role, each with a person behind it and a password that will do', () => {
    expect(accounts.accounts.map(({ role }) => role).sort()).toEqual([...roles].sort())
    for (const one of accounts.accounts) {
      expect(people).toContain(one.employee)
      expect(passwordFault(accounts.password, one.username)).toBeNull()
    }
  })
})

describe('preset group: the demo day', () => {
  const users = new Set(['host', ...accounts.accounts.map(({ username }) => username)])

  test('every visit names a kind, a host and accounts that exist', () => {
    for (const visit of visits) {
      expect(
        kinds.map(({ key }) => key),
        visit.key,
      ).toContain(visit.kind)
      if (visit.host !== undefined) expect(people, visit.key).toContain(visit.host)
      for (const step of visit.steps) {
        expect(users, visit.key).toContain(step.by)
        if (step.to !== undefined) expect(people).toContain(step.to)
      }
    }
  })

  test('steps of a visit follow each other and none lies in the future', () => {
    const now = new Date('2026-03-09T10:00:00+08:00')
    for (const visit of visits) {
      const times = visit.steps.map((step) => timeOf(step.at, now, organisation.site.zone).getTime())
      expect(times, visit.key).toEqual([...times].sort((a, b) => a - b))
      expect(times.at(-1) ?? 0, visit.key).toBeLessThanOrEqual(now.getTime())
    }
  })

  test('a time on an earlier day is the site’s wall clock', () => {
    const at = timeOf({ day: -3, time: '14:10' }, new Date('2026-03-09T23:55:00+08:00'), 'Asia/Shanghai')
    expect(at.toISOString()).toBe('2026-03-06T06:10:00.000Z')
  })

  test('there is a group of 24, an important guest, a returning visitor', () => {
    expect(visits.some(({ steps }) => steps.some(({ partySize }) => partySize === 24))).toBe(true)
    expect(visits.some(({ kind }) => kind === 'key-customer')).toBe(true)
    const names = visits.map(({ visitorName, phone }) => visitorName + phone)
    expect(new Set(names).size).toBeLessThan(names.length)
  })
})

test('presets are data: JSON and their test only', () => {
  const folder = import.meta.dirname
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.test.ts')) continue
    expect(() => JSON.parse(readFileSync(join(folder, name), 'utf8')), name).not.toThrow()
  }
})
