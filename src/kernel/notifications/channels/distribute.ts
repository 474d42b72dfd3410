/** Who gets a notice through which channel (C10); in the follower's transaction, so each exactly once. */
import type { Sql } from '../../db/sql.ts'
import { newId } from '../../ids.ts'
import type { FollowerJob } from '../../journal/followers.ts'
import type { Kernel } from '../../kernel.ts'
import { type Contact, type Notice, peopleOfOwner } from '../notice.ts'
import { channelJob } from './queue/run.ts'
import { insertDeliveries, type NewChannelDelivery } from './queue/store.ts'
import { failingKinds } from './queue/turns.ts'
import { staleMs, topicOf } from './rules.ts'
import { type ChannelRow, liveChannels, type Preference } from './store.ts'

export interface Told {
  readonly notice: Notice
  readonly at: Date
  /** The journal entry that caused it: one message to a group, however many people it concerns. */
  readonly entryId: number
}

/** A channel in trouble is not told of through itself or others that may share its fate. */
const consoleOnly = new Set(failingKinds.map((kind) => `task:${kind}`))

export async function queueChannels(
  sql: Sql,
  told: readonly Told[],
  known: { readonly contacts: ReadonlyMap<string, Contact>; readonly preferences: readonly Preference[] },
  kernel: Kernel,
): Promise<FollowerJob[]> {
  const now = kernel.clock.now()
  const fresh = told.filter(
    ({ notice, at }) =>
      now.getTime() - at.getTime() < staleMs &&
      known.contacts.has(notice.personId) &&
      !consoleOnly.has(topicOf(notice)),
  )
  if (fresh.length === 0) return []
  const sites = [...new Set(fresh.map(({ notice }) => notice.siteId))]
  const people = [...new Set(fresh.map(({ notice }) => notice.personId))]
  const channels = await sql.all(liveChannels(sites, people))
  if (channels.length === 0) return []
  const staffed = await staffOf(kernel, sql, channels)
  const wanted = wantedBy(known.preferences)
  const messages = new Map<string, NewChannelDelivery & { people: string[] }>()
  for (const one of fresh) {
    const posts = postsOf(one.notice, known.contacts, staffed)
    for (const channel of channelsFor(one.notice, channels, posts, wanted)) add(messages, channel, one, now)
  }
  const rows = [...messages.values()]
  if (rows.length === 0) return []
  await sql.run(insertDeliveries(rows))
  const used = new Set(rows.map((row) => row.channelId))
  const robots = new Set(channels.filter(({ id }) => used.has(id)).map(({ robotKey }) => robotKey))
  return [...robots].map((robot) => channelJob(robot))
}

/** The same message to several people of a group is one message that calls them all. */
function add(
  messages: Map<string, NewChannelDelivery & { people: string[] }>,
  channel: ChannelRow,
  { notice, entryId }: Told,
  at: Date,
): void {
  const { siteId, personId, template, facts, link } = notice
  const key = JSON.stringify([channel.id, entryId, template, facts, link])
  const known = messages.get(key)
  if (known !== undefined) {
    known.people.push(personId)
    return
  }
  messages.set(key, {
    ...{ id: newId(), siteId, channelId: channel.id, kind: 'notice', template, facts, link, at },
    people: [personId],
    event: null,
  })
}

type Wanted = (personId: string, topic: string) => boolean

/** Whether a person takes such notices by chat; all, unless they said otherwise. */
function wantedBy(preferences: readonly Preference[]): Wanted {
  const off = new Set(preferences.filter((one) => !one.chat).map((one) => `${one.personId} ${one.topic}`))
  return (personId, topic) => !off.has(`${personId} ${topic}`)
}

/**
 * Own robots first; without one the channel of the person's department or post, else the site's. What is a post's
 * goes to its channel besides, because nobody in particular is meant. Webhooks get everything of their choice.
 */
function channelsFor(
  notice: Notice,
  channels: readonly ChannelRow[],
  posts: ReadonlySet<string>,
  wanted: Wanted,
): readonly ChannelRow[] {
  const topic = topicOf(notice)
  const fit = channels.filter(
    (one) =>
      one.siteId === notice.siteId &&
      (one.topics === null || one.topics.includes(topic)) &&
      (one.personId === null || one.personId === notice.personId),
  )
  const concerns = (one: ChannelRow) => one.posts.some((post) => posts.has(post))
  const webhooks = fit.filter((one) => one.kind === 'webhook' && (one.posts.length === 0 || concerns(one)))
  const groups = fit.filter((one) => one.kind !== 'webhook' && one.personId === null)
  const { post } = notice
  const ofPost = post === undefined ? [] : groups.filter((one) => one.posts.includes(post))
  // What a post hears on its console all day goes to its own group at most.
  if (notice.email === false) return [...webhooks, ...ofPost]
  if (!wanted(notice.personId, topic)) return [...webhooks, ...ofPost]
  const own = fit.filter((one) => one.personId !== null)
  const near = groups.filter(concerns)
  const fallback = near.length > 0 ? near : groups.filter((one) => one.posts.length === 0)
  return [...new Set([...webhooks, ...ofPost, ...(own.length > 0 ? own : fallback)])]
}

/** Posts that channels name → who staffs them. */
async function staffOf(
  kernel: Kernel,
  sql: Sql,
  channels: readonly ChannelRow[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const pairs = new Map(
    channels.flatMap(({ siteId, posts }) => posts.map((post) => [`${siteId} ${post}`, { siteId, post }])),
  )
  const found = await Promise.all(
    [...pairs].map(async ([key, { siteId, post }]) => {
      const people = await peopleOfOwner(kernel, sql, siteId, { kind: 'post', id: post })
      return [key, new Set(people)] as const
    }),
  )
  return new Map(found)
}

/** The notice's post, those its person staffs, and the department they belong to. */
function postsOf(
  { siteId, personId, post }: Notice,
  contacts: ReadonlyMap<string, Contact>,
  staffed: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlySet<string> {
  const held = [...staffed]
    .filter(([key, people]) => key.startsWith(`${siteId} `) && people.has(personId))
    .map(([key]) => key.slice(siteId.length + 1))
  return new Set([...held, ...(contacts.get(personId)?.posts ?? []), ...(post === undefined ? [] : [post])])
}
