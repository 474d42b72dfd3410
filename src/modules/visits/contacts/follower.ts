/** One person known from visits and calls is one person (C5). Off the hot path: the gate never waits for it. */
import { z } from 'zod'
import { systemActor } from '../../../kernel/actor.ts'
import type { Sql } from '../../../kernel/db/sql.ts'
import type { JournalEntry } from '../../../kernel/journal/entry.ts'
import type { Follower } from '../../../kernel/journal/followers.ts'
import { type Kernel, systemCtx } from '../../../kernel/kernel.ts'
import { command } from '../../../kernel/work/command.ts'
import { recogniseContact, touchContact } from '../../customers/public.ts'
import { sites } from '../../identity/public.ts'
import * as store from './store.ts'

const visited = new Set([
  'visit.announced',
  'visit.registered',
  'visit.checked-in',
  'visit.edited',
  'visit.imported',
])
const merge = z.object({ mergeId: z.string(), mergedId: z.string() })

/** Once linked, a person stays who they are: a merge or its undo moves them, not a guess. */
async function recognise(sql: Sql, visitor: store.UnlinkedVisitor): Promise<void> {
  const { siteId, contactId, concerns, lastVisitAt: at } = visitor
  if (contactId !== null) {
    await touchContact(sql, { siteId, id: contactId, at, concerns })
    return
  }
  const found = await recogniseContact(sql, {
    siteId,
    name: visitor.name,
    number: visitor.phone === '' ? null : visitor.phone,
    organisation: visitor.organisation,
    origin: 'visit',
    at,
    by: visitor.by,
    concerns,
  })
  await sql.run(store.link(visitor.id, found))
}

async function handle(sql: Sql, entries: readonly JournalEntry[]): Promise<readonly never[]> {
  // Visits and merges in the order in which they happened: a visitor linked before a merge goes along with it.
  let visits: string[] = []
  const flush = async () => {
    if (visits.length === 0) return
    for (const visitor of await sql.all(store.visitorsOf([...new Set(visits)]))) await recognise(sql, visitor)
    visits = []
  }
  for (const entry of entries) {
    if (visited.has(entry.action)) {
      visits.push(entry.entityId)
      continue
    }
    await flush()
    const { mergeId, mergedId } = merge.parse(entry.data)
    await sql.run(
      entry.action === 'contact.merged'
        ? store.follow(mergeId, mergedId, entry.entityId)
        : store.followBack(mergeId, entry.entityId, mergedId),
    )
  }
  await flush()
  return []
}

export const visitorContacts: Follower = {
  name: 'visits-contacts',
  wants: ({ action }) =>
    visited.has(action) || action === 'contact.merged' || action === 'contact.merge-undone',
  handle,
}

const batch = 200

/** Visitors known from before there were contacts, a few hundred at a time in transactions of their own. */
export async function linkKnownVisitors(kernel: Kernel): Promise<void> {
  for (const site of await kernel.sql.all(sites())) {
    for (let after: string | null = null; ; ) {
      const last: string | undefined = await command(
        systemCtx(kernel, site.id, systemActor),
        async (work) => {
          const visitors = await work.all(store.unlinked(site.id, after, batch))
          for (const visitor of visitors) await recognise(work, visitor)
          return visitors.length < batch ? undefined : visitors.at(-1)?.id
        },
      )
      if (last === undefined) break
      after = last
    }
  }
}
