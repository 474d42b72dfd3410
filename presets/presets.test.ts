/** Presets are data that nobody compiles, so everything they refer to is looked up here. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { expectedMinutes, timeOf } from '../src/apps/server/demo-day.ts'
import { checkAct } from '../src/apps/server/demo-house.ts'
import { modules } from '../src/apps/server/modules.ts'
import { readDemo, readPreset, readPresetSettings, readPresets } from '../src/apps/server/preset-files.ts'
import { newId } from '../src/kernel/ids.ts'
import { registry } from '../src/kernel/module.ts'
import { routesSetting, rulesSetting } from '../src/modules/calls/settings.ts'
import { phoneNumber } from '../src/modules/customers/public.ts'
import { passwordFault, roles } from '../src/modules/identity/rules.ts'
import { visitRoutesSetting } from '../src/modules/visits/routes/settings.ts'
import { categoriesSetting, kindsSetting, wordingSetting } from '../src/modules/visits/settings.ts'

const han = /\p{Script=Han}/u

describe.each(readPresets().map(({ id }) => id))('preset %s', (id) => {
  const preset = readPreset(id)
  const settings = readPresetSettings(preset)
  const { organisation, accounts, visits, customers, calls, duty, house } = readDemo(preset)
  const categories = categoriesSetting.schema.parse(settings[categoriesSetting.key])
  const kinds = kindsSetting.schema.parse(settings[kindsSetting.key])
  const routes = routesSetting.schema.parse(settings[routesSetting.key])
  const people = new Set(organisation.employees.map(({ key }) => key))
  const contacts = new Set(customers.flatMap((one) => one.contacts.map(({ key }) => key)))

  test('set-up can offer it in both languages', () => {
    expect(preset.name.zh).toMatch(han)
    expect(preset.name.en).not.toMatch(han)
  })

  test('every value fits the schema of the setting it is for', () => {
    const known = registry(modules).settings
    for (const [key, value] of Object.entries(settings)) {
      const parsed = known.get(key)?.schema.safeParse(value)
      expect(parsed?.error, key).toBeUndefined()
      expect(parsed?.success, key).toBe(true)
    }
  })

  test('V7 V9 V11 V12 V16 V19 V20 V22 whatever else the demo house does names what there is, by who may', () => {
    const things = new Set<string>()
    const known = registry(modules).settings
    const numbers = new Set(organisation.employees.map(({ number }) => number))
    for (const [key, value] of Object.entries(house.settings)) {
      expect(known.get(key)?.schema.safeParse(value).error, key).toBeUndefined()
      // Invented places and people belong to the demo, never to the regulation.
      expect(Object.keys(settings), key).not.toContain(key)
      for (const [number] of JSON.stringify(value).matchAll(/[A-Z]{2}1\d{3}/g))
        expect(numbers).toContain(number)
    }
    for (const one of house.acts) {
      expect(accounts.accounts.map(({ username }) => username)).toContain(one.by)
      checkAct(one, {
        person: (key) => (people.has(key) ? newId() : expect.fail(`nobody is ${key}`)),
        visit: (key) =>
          visits.some((visit) => visit.key === key) ? newId() : expect.fail(`no visit ${key}`),
        thing: (key) => (things.has(key) || key === one.as ? newId() : expect.fail(`nothing is ${key}`)),
        moment: (minutes) => new Date(Date.UTC(2026, 2, 9) + minutes * 60_000).toISOString(),
        day: () => '2026-03-09',
      })
      if (one.as !== undefined) things.add(one.as)
      const { kind, kinds: some } = (one.body ?? {}) as { kind?: string; kinds?: string[] }
      // Names of papers and levels are none of the house's kinds.
      const named =
        one.do === 'watch-list.add' ? [] : [...(some ?? []), ...(kind === undefined ? [] : [kind])]
      for (const each of named)
        expect(
          kinds.map(({ key }) => key),
          one.do,
        ).toContain(each)
    }
  })

  test('V2 every kind belongs to a category', () => {
    const keys = categories.map(({ key }) => key)
    for (const kind of kinds) expect(keys).toContain(kind.category)
  })

  test('V4, G7 wording is Chinese in zh and has no Chinese in en', () => {
    const wording = wordingSetting.schema.parse(settings[wordingSetting.key])
    const steps = categories.flatMap((one) => [one.name, one.waitingPlace, ...one.steps])
    const spoken = [...Object.values(wording), ...steps, ...kinds.map(({ name }) => name)]
    for (const { zh, en } of [...spoken, ...routes.flatMap(({ name, hint }) => [name, hint])]) {
      expect(zh).toMatch(han)
      expect(en).not.toMatch(han)
    }
  })

  test('keys and staff numbers are unique', () => {
    expect(people.size).toBe(organisation.employees.length)
    expect(new Set(organisation.employees.map(({ number }) => number)).size).toBe(people.size)
    expect(new Set(organisation.departments.map(({ key }) => key)).size).toBe(organisation.departments.length)
    expect(new Set(visits.map(({ key }) => key)).size).toBe(visits.length)
    expect(new Set(calls.map(({ key }) => key)).size).toBe(calls.length)
  })

  test('departments and people refer to each other, parents come first', () => {
    const seen = new Set<string>()
    const known = new Set(organisation.departments.map(({ key }) => key))
    for (const one of organisation.departments) {
      if (one.parent !== undefined) expect(known, one.key).toContain(one.parent)
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
  })

  test('K3 one account for every role, each with a person behind it and a password that will do', () => {
    expect(accounts.accounts.map(({ role }) => role).sort()).toEqual([...roles].sort())
    for (const one of accounts.accounts) {
      expect(people).toContain(one.employee)
      expect(passwordFault(accounts.password, one.username)).toBeNull()
    }
  })

  test('every visit names a kind, a host and accounts that exist; its steps follow each other', () => {
    const users = new Set(['host', ...accounts.accounts.map(({ username }) => username)])
    const keys = kinds.map(({ key }) => key)
    const now = new Date('2026-03-09T10:00:00+08:00')
    for (const visit of visits) {
      expect(keys, visit.key).toContain(visit.kind)
      if (visit.host !== undefined) expect(people, visit.key).toContain(visit.host)
      for (const step of visit.steps) {
        expect(users, visit.key).toContain(step.by)
        if (step.to !== undefined) expect(people).toContain(step.to)
      }
      const times = visit.steps.map((step) => timeOf(step.at, now, organisation.site.zone).getTime())
      expect(times, visit.key).toEqual([...times].sort((a, b) => a - b))
      expect(times.at(-1) ?? 0, visit.key).toBeLessThanOrEqual(now.getTime())
    }
  })

  test('S10 customers have owners and teams that exist and numbers that are numbers', () => {
    for (const one of customers) {
      for (const who of [one.owner, ...one.team]) if (who !== undefined) expect(people).toContain(who)
      for (const number of [...one.phones, ...one.contacts.flatMap(({ phones }) => phones)])
        expect(phoneNumber(number)?.number, number).toMatch(/^\+/)
    }
  })

  test('C13 the desk’s extensions, posts and departments of the routes are in the directory', () => {
    const rules = rulesSetting.schema.parse(settings[rulesSetting.key])
    const extensions = new Set([
      ...organisation.employees.map(({ extension }) => extension),
      ...organisation.departments.map(({ extension }) => extension),
    ])
    const departments = new Set(organisation.departments.map(({ name }) => name))
    for (const extension of rules.deskExtensions) expect(extensions).toContain(extension)
    for (const { to } of routes.flatMap(({ targets }) => targets)) {
      if (to.kind === 'extension') expect(extensions, to.extension).toContain(to.extension)
      if ('department' in to) expect(departments, to.department).toContain(to.department)
      if ('post' in to) expect(rules.dutyPosts.map(({ key }) => key)).toContain(to.post)
    }
    for (const post of rules.dutyPosts) expect(departments).toContain(post.department)
    for (const who of Object.values(duty)) expect(people).toContain(who)
  })

  test('V6 the table of routes names kinds, topics, people and places that exist; its last row fits everybody', () => {
    const table = visitRoutesSetting.schema.parse(settings[visitRoutesSetting.key])
    const rules = rulesSetting.schema.parse(settings[rulesSetting.key])
    const topics = new Set(kinds.flatMap((kind) => kind.topics.map(({ key }) => key)))
    const extensions = new Set(
      [...organisation.employees, ...organisation.departments].map((one) => one.extension),
    )
    const departments = new Set(organisation.departments.map(({ name }) => name))
    const numbers = new Set(organisation.employees.map(({ number }) => number))
    for (const route of table) {
      for (const kind of route.when.kinds)
        expect(
          kinds.map(({ key }) => key),
          route.key,
        ).toContain(kind)
      for (const topic of route.when.topics) expect(topics, route.key).toContain(topic)
      if (route.decision === 'ask' || route.decision === 'notify')
        expect(route.targets.length, route.key).toBeGreaterThan(0)
      for (const to of route.targets) {
        if (to.kind === 'extension') expect(extensions, to.extension).toContain(to.extension)
        if ('department' in to) expect(departments, to.department).toContain(to.department)
        if ('post' in to) expect(rules.dutyPosts.map(({ key }) => key)).toContain(to.post)
        if (to.kind === 'person') expect(numbers, to.staffNumber).toContain(to.staffNumber)
      }
    }
    expect(table.at(-1)?.when).toEqual({
      kinds: [],
      topics: [],
      appointment: 'any',
      person: 'any',
      hours: 'any',
      words: [],
    })
  })

  test('C4 every call of the day names a route, people and an outcome', () => {
    for (const one of calls) {
      if (one.missed) continue
      const route = routes.find(({ key }) => key === one.route)
      expect(route, one.key).toBeDefined()
      if (one.contact !== undefined) expect(contacts).toContain(one.contact)
      if (one.wanted !== undefined) expect(people).toContain(one.wanted)
      for (const hop of one.hops) expect(route?.targets[hop.step], one.key).toBeDefined()
      expect(one.outcome, one.key).toBeDefined()
    }
  })
})

test('design §1.4 one preset for every source', () => {
  expect(readPresets().map(({ id }) => id)).toEqual([
    'corporate',
    'coworking',
    'group',
    'property',
    'switchboard',
  ])
})

describe('preset group, source C', () => {
  const settings = readPresetSettings(readPreset('group'))
  const { visits } = readDemo(readPreset('group'))
  const categories = categoriesSetting.schema.parse(settings[categoriesSetting.key])
  const kinds = kindsSetting.schema.parse(settings[kindsSetting.key])

  test('V2 all kinds are there', () => {
    expect(categories.map(({ key }) => key).sort()).toEqual(['general', 'important', 'other'])
    const wanted = 'customer supplier candidate relative key-customer executive-guest official'
    const further = 'solicitor troublemaker media tour delivery payment resident tenant-guest'
    expect(kinds.map(({ key }) => key)).toEqual(
      expect.arrayContaining([...wanted.split(' '), ...further.split(' ')]),
    )
  })

  test('V7 an important visitor fills in nothing and is not asked about', () => {
    expect(categories.find(({ key }) => key === 'important')).toMatchObject({
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

  test('V4 the three questions are asked in one sentence', () => {
    const wording = wordingSetting.schema.parse(settings[wordingSetting.key])
    expect(wording.askThree.zh).toMatch(/单位.*称呼.*事/)
  })

  test('V8 a line worker is among the people', () => {
    expect(readDemo(readPreset('group')).organisation.employees.some((one) => one.lineWorker)).toBe(true)
  })

  test('V22 there is a group of 24, an important guest, a returning visitor', () => {
    expect(visits.some(({ steps }) => steps.some(({ partySize }) => partySize === 24))).toBe(true)
    expect(visits.some(({ kind }) => kind === 'key-customer')).toBe(true)
    const names = visits.map(({ visitorName, phone }) => visitorName + phone)
    expect(new Set(names).size).toBeLessThan(names.length)
  })
})

test('a time on an earlier day is the site’s wall clock', () => {
  const at = timeOf({ day: -3, time: '14:10' }, new Date('2026-03-09T23:55:00+08:00'), 'Asia/Shanghai')
  expect(at.toISOString()).toBe('2026-03-06T06:10:00.000Z')
})

test.each([
  ['09:00', 500, 500],
  ['15:00', 90, 90],
  ['15:00', 560, 224],
  ['22:00', 380, 380],
])('at %s a guest in %i minutes comes in %i', (time, wanted, minutes) => {
  const now = new Date(`2026-03-09T${time}:00+08:00`)
  expect(expectedMinutes(wanted, now, 'Asia/Shanghai')).toBe(minutes)
})

test('presets are data: JSON and tests only', () => {
  for (const { name, parentPath } of readdirSync(import.meta.dirname, {
    recursive: true,
    withFileTypes: true,
  }).filter((entry) => entry.isFile())) {
    if (name.endsWith('.test.ts')) continue
    expect(() => JSON.parse(readFileSync(join(parentPath, name), 'utf8')), name).not.toThrow()
  }
})
