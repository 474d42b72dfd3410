/** A table of whom to ask, for tests. */
import type { Kind } from '../settings.ts'
import type { VisitRoute, VisitTarget } from './contract.ts'

export const kind = (key: string, more: Partial<Kind> = {}): Kind => ({
  key,
  name: { zh: key, en: key },
  category: 'general',
  questions: true,
  topics: [],
  ...more,
})
export const topic = (key: string) => ({ key, name: { zh: key, en: key } })
const row = (
  key: string,
  kinds: string[],
  targets: VisitTarget[],
  more: Partial<VisitRoute> = {},
): VisitRoute => ({
  key,
  name: { zh: `行${key}`, en: key },
  when: { kinds, topics: [], appointment: 'any', person: 'any', hours: 'any', words: [], ...more.when },
  decision: 'ask',
  targets,
  last: 'desk',
  say: { zh: '', en: '' },
  note: { zh: '', en: '' },
  ...Object.fromEntries(Object.entries(more).filter(([name]) => name !== 'when')),
})
const whenOf = (more: Partial<VisitRoute['when']>): VisitRoute['when'] => ({
  kinds: [],
  topics: [],
  appointment: 'any',
  person: 'any',
  hours: 'any',
  words: [],
  ...more,
})
const phone = (extension: string, zh: string): VisitTarget => ({
  kind: 'extension',
  extension,
  name: { zh, en: `Line ${extension}` },
})

export const table: VisitRoute[] = [
  row('media-known', ['media'], [{ kind: 'host' }], {
    decision: 'notify',
    when: whenOf({ kinds: ['media'], appointment: 'with' }),
  }),
  row('media', ['media'], [{ kind: 'host' }], { last: 'decline' }),
  row('computers', [], [phone('8171', '网管')], {
    when: whenOf({ kinds: ['delivery'], topics: ['computers'] }),
  }),
  row('dormitory', [], [phone('8999', '宿舍')], {
    when: whenOf({ kinds: ['delivery'], topics: ['dormitory'] }),
    last: 'decline',
  }),
  row('night', [], [], {
    decision: 'decline',
    when: whenOf({ kinds: ['delivery'], topics: ['paper'], hours: 'closed' }),
  }),
  row('customer', ['customer'], [{ kind: 'owner' }, { kind: 'department-head', department: '技术部' }]),
  row('tell', ['tour'], [{ kind: 'host' }, { kind: 'department-head', department: '技术部' }], {
    decision: 'notify',
  }),
]
