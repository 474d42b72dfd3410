/**
 * Who arrives during an evacuation stands on its list, and who leaves through the gate is safe (V18). Looks at the
 * house as it is, not at the entries, so running it twice or late changes nothing.
 */
import { systemActor } from '../../../kernel/actor.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import type { JournalEntry } from '../../../kernel/journal/entry.ts'
import type { Follower } from '../../../kernel/journal/followers.ts'
import { type Kernel, systemCtx } from '../../../kernel/kernel.ts'
import { command, type Work } from '../../../kernel/work/command.ts'
import { type ComingMark, takeMarks } from './service.ts'
import { musterSetting } from './settings.ts'
import { type InsidePerson, peopleInside, type StaffCounted } from './sources.ts'
import * as store from './store.ts'

/** `muster.started` too: who came in while the list was being frozen is found once it stands. */
const watched = new Set(['visit', 'outing', 'staff-presence'])

const keyOf = (person: { kind: string; subjectId: string | null; place: number }) =>
  `${person.kind} ${person.subjectId} ${person.place}`

async function refresh(work: Work, id: string, staff: StaffCounted): Promise<void> {
  const { siteId } = work.ctx
  const muster = await work.maybe(store.lockMuster(siteId, id))
  if (muster === undefined || muster.status !== 'running') return
  const [inside, listed] = await Promise.all([
    peopleInside(work, siteId, staff),
    work.all(store.peopleAfter(id, 0)),
  ])
  const now = new Map<string, InsidePerson>(inside.map((person) => [keyOf(person), person]))
  const known = new Set<string>()
  const gone: store.PersonRow[] = []
  const returned: store.PersonRow[] = []
  for (const person of listed) {
    if (person.subject_id === null) continue
    const key = keyOf({ kind: person.kind, subjectId: person.subject_id, place: person.place })
    known.add(key)
    // Whom a warden called missing stays so, whatever the gate has written down.
    if (!now.has(key) && !person.safe && person.missing_at === null) gone.push(person)
    // Only whom the exit made safe: a warden's word stands when the house says they are inside.
    if (now.has(key) && person.safe && person.marked_by_name === systemActor.name) returned.push(person)
  }
  const arrived = [...now].filter(([key]) => !known.has(key)).map(([, person]) => person)
  if (arrived.length + gone.length + returned.length === 0) return
  const revision = muster.revision + 1
  if (arrived.length > 0) {
    work.write(
      store.insertPeople(
        id,
        arrived.map((person) => ({ ...person, id: newId() })),
        { at: work.now, by: systemActor.name, how: 'arrived', revision },
      ),
    )
  }
  const changed = [...gone, ...returned]
  if (changed.length > 0) {
    const marks = changed.map(
      (person): ComingMark => ({
        id: newId(),
        personId: person.id,
        safe: gone.includes(person),
        at: work.now.getTime(),
        byId: systemActor.id,
        byName: systemActor.name,
        point: '',
        how: 'exit',
      }),
    )
    await takeMarks(work, muster, changed, marks, revision)
  }
  work.write(store.setRevision(id, revision))
  work.journal({
    entity: 'muster',
    entityId: id,
    action: 'muster.list-changed',
    version: revision,
    data: { arrived: arrived.length, left: gone.length, returned: returned.length },
  })
}

async function handle(sql: Sql, entries: readonly JournalEntry[], kernel: Kernel): Promise<readonly never[]> {
  const sites = [...new Set(entries.flatMap(({ siteId }) => (siteId === null ? [] : [siteId])))]
  for (const { id, siteId } of await sql.all(store.runningSites(sites))) {
    const { staff } = await kernel.settings.get(siteId, musterSetting)
    await command(systemCtx(kernel, siteId, systemActor), (work) => refresh(work, id, staff))
  }
  return []
}

export const musterArrivals: Follower = {
  name: 'muster-arrivals',
  wants: (entry) => watched.has(entry.entity) || entry.action === 'muster.started',
  handle,
}
