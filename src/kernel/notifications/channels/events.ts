/** Chosen changes of the house, told to programs by webhook; a follower of its own, so that it holds nobody up. */
import { newId } from '../../ids.ts'
import type { JournalEntry } from '../../journal/entry.ts'
import type { Follower } from '../../journal/followers.ts'
import type { Kernel } from '../../kernel.ts'
import { channelJob } from './queue/run.ts'
import { insertDeliveries, type NewChannelDelivery } from './queue/store.ts'
import { carriesEvent } from './rules.ts'
import { type ChannelRow, webhooksWithEvents } from './store.ts'

/** What tells of telling would never end. */
const silent = new Set(['notification', 'delivery', 'channel', 'channel-delivery'])

/** Entities whose changes a webhook may carry: those the modules show live. */
export function eventEntities(kernel: Kernel): string[] {
  return [...kernel.modules.live.keys()].filter((entity) => !silent.has(entity)).sort()
}

export const channelEventsFollower: Follower = {
  name: 'channel-events',
  wants: (entry) => entry.siteId !== null && !silent.has(entry.entity),
  async handle(sql, entries, kernel) {
    const entities = new Set(eventEntities(kernel))
    const shown = entries.filter((entry) => entities.has(entry.entity))
    const sites = [...new Set(shown.flatMap((entry) => entry.siteId ?? []))]
    if (sites.length === 0) return []
    const channels = await sql.all(webhooksWithEvents(sites))
    const rows = shown.flatMap((entry) =>
      channels
        .filter((channel) => carries(channel, entry))
        .map((channel) => deliveryOf(channel, entry, kernel)),
    )
    if (rows.length === 0) return []
    await sql.run(insertDeliveries(rows))
    const used = new Set(rows.map((row) => row.channelId))
    const robots = channels.filter((channel) => used.has(channel.id)).map((channel) => channel.robotKey)
    return [...new Set(robots)].map((robot) => channelJob(robot))
  },
}

/** Nothing of before the channel was there: a new follower reads the journal from its beginning. */
function carries(channel: ChannelRow, entry: JournalEntry): boolean {
  return (
    channel.siteId === entry.siteId &&
    entry.at >= channel.createdAt &&
    carriesEvent(channel.events, entry.entity, entry.action)
  )
}

function deliveryOf(channel: ChannelRow, entry: JournalEntry, kernel: Kernel): NewChannelDelivery {
  const { entity, entityId, action, version, before, after, actorName } = entry
  return {
    id: newId(),
    siteId: channel.siteId,
    channelId: channel.id,
    kind: 'event',
    template: action,
    facts: {},
    link: kernel.modules.live.get(entity)?.link?.(entityId) ?? null,
    people: [],
    at: kernel.clock.now(),
    event: {
      ...{ entity, id: entityId, action, version, at: entry.at.toISOString() },
      details: channel.details ? { actor: actorName, before, after } : null,
      facts: factsOf(entry),
    },
  }
}

/** What the entry itself offers to every program: data of the house, never of a person (G5). */
function factsOf(entry: JournalEntry): Record<string, unknown> | null {
  const facts = entry.data?.facts
  return typeof facts === 'object' && facts !== null ? { ...facts } : null
}
