import { systemActor } from '../actor.ts'
import { raw, type Sql } from '../db/sql.ts'
import { newId } from '../ids.ts'
import type { JournalEntry } from '../journal/entry.ts'
import type { Follower, FollowerJob } from '../journal/followers.ts'
import { insertEntries } from '../journal/store.ts'
import type { Kernel } from '../kernel.ts'
import { queueChannels, type Told } from './channels/distribute.ts'
import { topicOf } from './channels/rules.ts'
import { type Preference, preferencesOf } from './channels/store.ts'
import { emailJob } from './email.ts'
import { type Contact, contactsOf } from './notice.ts'
import * as store from './store.ts'
import { taskNotices } from './task-notices.ts'

/** After a long stand-still people read the news on the console; nobody gets yesterday's by e-mail. */
const staleMs = 24 * 3_600_000

/**
 * Tells people what happened (design §1.2). Rows, the live hint and the mail jobs are written in the transaction that
 * moves the cursor: each exactly once, whatever crashes.
 */
export const notificationsFollower: Follower = {
  name: 'notifications',
  // Its own hint must not wake it again.
  wants: (entry) => entry.entity !== 'notification' && entry.entity !== 'delivery',
  async handle(sql, entries, kernel) {
    const told = await noticesOf(sql, entries, kernel)
    if (told.length === 0) return []
    const rows = told.map(({ notice, at }) => ({
      id: newId(),
      siteId: notice.siteId,
      personId: notice.personId,
      template: notice.template,
      facts: notice.facts,
      link: notice.link,
      signed: notice.signed ?? null,
      at,
      email: notice.email !== false,
    }))
    await sql.run(store.insertNotifications(rows))
    await hintConsoles(sql, rows, kernel)
    const people = rows.map((row) => row.personId)
    const [contacts, preferences] = await Promise.all([
      contactsOf(kernel, sql, people),
      sql.all(preferencesOf([...new Set(rows.map((row) => row.siteId))], people)),
    ])
    return [
      ...(await queueEmails(sql, rows, { contacts, preferences }, kernel)),
      ...(await queueChannels(sql, told, { contacts, preferences }, kernel)),
    ]
  },
}

async function noticesOf(sql: Sql, entries: readonly JournalEntry[], kernel: Kernel): Promise<Told[]> {
  const concerned = entries.filter((entry) => kernel.modules.notices.has(entry.action))
  const [made, ofTasks] = [await makeAll(sql, concerned, kernel), await taskNotices(sql, entries, kernel)]
  return [...made, ...ofTasks].filter(({ notice }) => isUuid(notice.personId) && isUuid(notice.siteId))
}

/** All makers at once, their reads sharing trips. When one breaks the transaction, each again on its own. */
async function makeAll(sql: Sql, entries: readonly JournalEntry[], kernel: Kernel): Promise<Told[]> {
  if (entries.length === 0) return []
  await sql.run(raw('savepoint notices'))
  const results = await Promise.allSettled(entries.map((entry) => make(sql, entry, kernel)))
  const broken = await sql.run(raw('release savepoint notices')).then(
    () => false,
    () => true,
  )
  if (!broken)
    return results.flatMap((result, n) =>
      result.status === 'fulfilled' ? result.value : drop(result.reason, entries[n], kernel),
    )
  await sql.run(raw('rollback to savepoint notices'))
  const told: Told[] = []
  for (const entry of entries) {
    await sql.run(raw('savepoint notice'))
    try {
      told.push(...(await make(sql, entry, kernel)))
      await sql.run(raw('release savepoint notice'))
    } catch (error) {
      // Without a connection this fails as well, and the whole batch is read again later.
      await sql.run(raw('rollback to savepoint notice'))
      drop(error, entry, kernel)
    }
  }
  return told
}

async function make(sql: Sql, entry: JournalEntry, kernel: Kernel): Promise<Told[]> {
  const maker = kernel.modules.notices.get(entry.action)
  const notices = maker === undefined ? [] : await maker(sql, entry, kernel)
  return notices.map((notice) => ({ notice, at: entry.at, entryId: entry.id }))
}

/** One module's fault must not keep everybody else from being told. */
function drop(error: unknown, entry: JournalEntry | undefined, kernel: Kernel): [] {
  kernel.log.error(
    { err: error, action: entry?.action, journal: entry?.id },
    'nobody could be told of a change',
  )
  return []
}

/** One small entry per site: the live stream carries it to these people's consoles at once. */
async function hintConsoles(
  sql: Sql,
  rows: readonly { siteId: string; personId: string; id: string }[],
  kernel: Kernel,
): Promise<void> {
  for (const [siteId, own] of Map.groupBy(rows, (row) => row.siteId)) {
    const frame = { at: kernel.clock.now(), siteId, actor: systemActor, requestId: newId() }
    const people = [...new Set(own.map((row) => row.personId))]
    await sql.run(
      insertEntries(frame, [
        {
          entity: 'notification',
          entityId: own[0]?.id ?? siteId,
          action: 'notification.sent',
          data: { people },
        },
      ]),
    )
  }
}

async function queueEmails(
  sql: Sql,
  rows: readonly (store.NewNotification & { readonly email: boolean })[],
  known: { readonly contacts: ReadonlyMap<string, Contact>; readonly preferences: readonly Preference[] },
  kernel: Kernel,
): Promise<FollowerJob[]> {
  if (kernel.config.smtpUrl === undefined) return []
  const now = kernel.clock.now()
  const { contacts } = known
  const off = new Set(
    known.preferences.filter((one) => !one.email).map((one) => `${one.personId} ${one.topic}`),
  )
  const fresh = rows.filter(
    (row) =>
      row.email && now.getTime() - row.at.getTime() < staleMs && !off.has(`${row.personId} ${topicOf(row)}`),
  )
  const deliveries = fresh.flatMap((row): store.NewDelivery[] => {
    const address = contacts.get(row.personId)?.email ?? null
    if (address === null) return []
    const id = newId()
    // Stored before anything is sent: a repetition after a crash carries the same Message-ID and can be recognised.
    const messageId = `<${id}@${senderDomain(kernel.config.smtpFrom)}>`
    return [{ id, notificationId: row.id, siteId: row.siteId, address, messageId, at: now }]
  })
  if (deliveries.length === 0) return []
  await sql.run(store.insertDeliveries(deliveries))
  return deliveries.map(({ id }) => emailJob(id))
}

function senderDomain(from: string): string {
  return /@([\w.-]+)/.exec(from)?.[1] ?? 'foyer.invalid'
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text)
}
