/** V6 line by line: source B's table of whom to ask about a visitor comes out of decide() and stands in the directory. */
import { describe, expect, test } from 'vitest'
import { readDemo, readPreset, readPresetSettings } from '../../src/apps/server/preset-files.ts'
import { decide, type Facts, goesWithoutHost } from '../../src/modules/visits/routes/rules.ts'
import { visitRoutesSetting } from '../../src/modules/visits/routes/settings.ts'
import { arrivalStatus } from '../../src/modules/visits/rules.ts'
import { categoriesSetting, kindsSetting } from '../../src/modules/visits/settings.ts'

const preset = readPreset('switchboard')
const settings = readPresetSettings(preset)
const { organisation } = readDemo(preset)
const table = visitRoutesSetting.schema.parse(settings[visitRoutesSetting.key])
const kinds = kindsSetting.schema.parse(settings[kindsSetting.key])
const categories = categoriesSetting.schema.parse(settings[categoriesSetting.key])

const sides = [true, false]
/** Known or not, by day or by night, whatever the matter: the line is the same. */
const everyFact = (kind: string, topic: string, appointment: boolean): Facts[] =>
  sides.flatMap((known) =>
    sides.flatMap((working) =>
      ['', '加急', 'urgent'].map((matter) => ({ kind, topic, appointment, known, working, matter })),
    ),
  )

function consentDue(kind: string, announced: boolean): boolean {
  const of = kinds.find(({ key }) => key === kind)?.category
  const category = categories.find(({ key }) => key === of)
  if (category === undefined) throw new Error(`${kind} has no category`)
  return arrivalStatus(category, { announced, consentGiven: false }) === 'asking'
}

/** The one answer for all facts of a line, with the telephones in order. */
function line(kind: string, topic = '', appointment = false) {
  const answers = everyFact(kind, topic, appointment).map((facts) => {
    const { decision, row, last } = decide(table, { ...facts, consentDue: consentDue(kind, appointment) })
    const asked = (row?.targets ?? []).map((to) => (to.kind === 'extension' ? to.extension : to.kind))
    return { decision, asked, last }
  })
  for (const one of answers) expect(one).toEqual(answers[0])
  return answers[0]
}

describe('V6 source B: whom to ask about a visitor', () => {
  test('customer: their own salesperson, else the sales manager', () => {
    expect(line('customer')).toEqual({
      decision: 'ask',
      asked: ['host', 'owner', 'department-head'],
      last: 'desk',
    })
    const row = table.find(({ key }) => key === 'customer')
    expect(row?.targets.at(-1)).toEqual({ kind: 'department-head', department: '业务部' })
    const head = organisation.departments.find(({ name }) => name === '业务部')?.head
    expect(organisation.employees.find(({ key }) => key === head)?.title).toBe('业务部经理')
  })

  test.each([
    ['sales-rep', ['890']],
    ['sales-manager', ['189', '376']],
    ['recruiter', ['189', '376']],
    ['clerk', ['189', '376']],
  ])('candidate for %s: %s', (topic, asked) => {
    expect(line('candidate', topic)).toEqual({ decision: 'ask', asked, last: 'desk' })
  })

  test('media with an appointment: the host is told', () => {
    expect(line('media', '', true)).toEqual({ decision: 'notify', asked: ['host'], last: 'desk' })
  })

  test('media without one: ask, else decline', () => {
    expect(line('media')).toEqual({ decision: 'ask', asked: ['host'], last: 'decline' })
  })

  test('government: 8128 decides', () => {
    expect(line('official')).toEqual({ decision: 'ask', asked: ['8128'], last: 'desk' })
  })

  test('tour: the colleague who arranged it', () => {
    expect(line('tour')).toEqual({ decision: 'ask', asked: ['host'], last: 'desk' })
  })

  test.each(['delivery', 'payment'])('%s: computers 2222, supplies 8133, dormitory 8111', (kind) => {
    expect(line(kind, 'computers')).toEqual({ decision: 'ask', asked: ['2222'], last: 'desk' })
    expect(line(kind, 'supplies')).toEqual({ decision: 'ask', asked: ['8133'], last: 'desk' })
    expect(line(kind, 'dormitory')).toEqual({ decision: 'ask', asked: ['8111'], last: 'desk' })
    for (const topic of ['computers', 'supplies', 'dormitory'])
      expect(goesWithoutHost(table, kind, topic)).toBe(true)
  })

  test.each([
    ['890', '招聘专员'],
    ['189', '总经办主任'],
    ['376', '总经办秘书'],
    ['8128', '政府事务'],
    ['2222', '网管'],
    ['8133', '办公用品采购'],
    ['8111', '宿舍管理'],
  ])('extension %s rings at %s', (extension, title) => {
    expect(organisation.employees.find((one) => one.extension === extension)?.title).toBe(title)
  })

  test('V4 every stranger of a kind with a telephone of its own answers the three questions first', () => {
    for (const key of ['customer', 'candidate', 'media', 'tour', 'delivery', 'payment'])
      expect(kinds.find((kind) => kind.key === key)?.questions, key).toBe(true)
  })
})
