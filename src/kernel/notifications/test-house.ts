/** For tests: a house of three people and one module with one noticed change. */
import { testActor } from '../../apps/server/testing.ts'
import type { Actor } from '../actor.ts'
import { raw } from '../db/sql.ts'
import { newId } from '../ids.ts'
import type { FoyerModule } from '../module.ts'
import type { Contact } from './notice.ts'

export const site = newId()
export const [zhao, brown, silent] = [newId(), newId(), newId()]
/** Written to by one test only, so that no earlier letter takes the refusal meant for it. */
export const gone = newId()
const contacts = new Map<string, Contact>([
  [zhao, { name: '赵敏', email: 'zhao@example.com', language: 'zh' }],
  [brown, { name: 'Ann Brown', email: 'ann@example.com', language: 'en' }],
  [gone, { name: '周离', email: 'gone@example.com', language: 'zh' }],
  [silent, { name: '李静', email: null, language: 'zh' }],
])
const actors = new Map<string, Actor>(
  [
    testActor(site, ['host'], zhao),
    testActor(site, ['host'], brown),
    testActor(site, ['office_admin'], silent),
  ].map((actor) => [actor.employeeId ?? '', actor]),
)
export const as = (person: string) => ({ 'x-person': person, 'foyer-site': site })

/** A module as any other, with one noticed change. */
export const thing: FoyerModule = {
  name: 'thing',
  actors: () => async (request) => actors.get(String(request.headers['x-person'])) ?? null,
  taskKinds: {
    'thing.sign': { notify: true, link: (task) => `/things/${task.subjectId}` },
    'thing.quiet': { notify: false },
  },
  contacts: async (_sql, ids) => new Map([...contacts].filter(([id]) => ids.includes(id))),
  staff: async (_sql, _site, post) => (post === 'gate' ? [brown, silent] : []),
  notices: {
    'thing.asked': async (sql, entry) => {
      await sql.run(raw('select 1'))
      if (entry.data?.['fault'] === 'code') throw new Error('a fault of this module')
      if (entry.data?.['fault'] === 'sql') await sql.run(raw('select no_such_column'))
      const people = entry.data?.['people']
      return (Array.isArray(people) ? people : []).map((personId: string) => ({
        personId,
        siteId: site,
        template: 'task.opened',
        facts: { task: { zh: '接待 王芳', en: 'receive Wang Fang' }, due: '2026-03-09T01:05:00Z' },
        link: `/things/${entry.entityId}`,
        ...(entry.data?.['signed'] === true
          ? { signed: { entity: 'thing', id: entry.entityId, hours: 2 } }
          : {}),
      }))
    },
  },
}
