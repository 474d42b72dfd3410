/** People, posts and kinds of tasks for the tests of the to-do list. */
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { type TestApp, testActor, testApp, testNow } from '../../apps/server/testing.ts'
import type { Actor } from '../actor.ts'
import type { RouteCall } from '../contract.ts'
import { raw } from '../db/sql.ts'
import { newId } from '../ids.ts'
import type { FoyerModule } from '../module.ts'
import { command, type NewTask } from '../work/command.ts'
import { tasks } from './contract.ts'
import { tasksModule } from './module.ts'

const site = newId()
export const department = newId()
const actors = {
  wang: testActor(site, ['receptionist']),
  li: testActor(site, ['receptionist']),
  host: testActor(site, ['host']),
  head: testActor(site, ['department_head']),
  manager: testActor(site, ['duty_manager']),
  key: testActor(site, ['receptionist'], null),
  outside: testActor(newId(), ['duty_manager']),
} satisfies Record<string, Actor>
export type Who = keyof typeof actors
export const idOf = (who: Who) => actors[who].employeeId ?? ''

const people: FoyerModule = {
  name: 'people',
  actors: () => async (request) =>
    Object.entries(actors).find(([name]) => name === request.headers['x-who'])?.[1] ?? null,
  contacts: async (_sql, ids) =>
    new Map(
      Object.entries(actors).flatMap(([name, { employeeId }]) =>
        employeeId !== null && ids.includes(employeeId)
          ? [[employeeId, { name, email: null, language: 'zh' as const }]]
          : [],
      ),
    ),
  posts: async (_sql, actor) => (actor === actors.head ? [`department:${department}`] : []),
  postNames: async (_sql, _site, posts) =>
    new Map(posts.filter((post) => post === `department:${department}`).map((post) => [post, '销售部'])),
  findOwners: async (_ctx, text) =>
    text === '' ? [] : [{ kind: 'person', id: idOf('li'), name: 'li', detail: '前台' }],
  taskKinds: {
    'demo.call': { notify: true, link: ({ subjectId }) => `/calls/${subjectId}` },
    'demo.signature': { notify: true, settledBySubject: true },
  },
}

export const later = (minutes: number) => new Date(testNow.getTime() + minutes * 60_000)
export const as = (who: Who) => ({ 'x-who': who })
export const person = (who: Who) => ({ kind: 'person' as const, id: idOf(who) })
export const post = (id: string) => ({ kind: 'post' as const, id })

/** A house with these people, whose clock stands at `testNow` and who have nothing to do yet. */
export function taskHouse() {
  let app: TestApp
  beforeAll(async () => {
    app = await testApp({ modules: [tasksModule, people] })
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    app.clock.set(testNow)
    await app.kernel.sql.run(raw('delete from task'))
  })
  return {
    app: () => app,
    async openTask(part: Partial<NewTask> = {}): Promise<string> {
      return await command(app.ctx(actors.wang, site), async (work) => {
        work.journal({ entity: 'thing', entityId: 'x', action: 'thing.made' })
        return work.openTask({
          kind: 'demo.call',
          subject: { entity: 'call', id: 'c1' },
          owner: post('desk'),
          dueAt: later(30),
          ...part,
        })
      })
    },
    async listed(who: Who, query: RouteCall<typeof tasks.list>['query'] = {}) {
      const { status, body } = await app.call(tasks.list, { query }, as(who))
      expect(status).toBe(200)
      return body.items
    },
    async entries(id: string) {
      return await app.kernel.sql.all<{ action: string; data: { people?: string[] } }>(
        raw('select action, data from journal where entity_id = $1 order by journal.xid, id', [id]),
      )
    },
  }
}
