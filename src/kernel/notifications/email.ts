import { createTransport } from 'nodemailer'
import { z } from 'zod'
import { systemActor } from '../actor.ts'
import type { JobHandler } from '../jobs/worker.ts'
import type { FollowerJob } from '../journal/followers.ts'
import { addJobs } from '../journal/followers.ts'
import { type Kernel, systemCtx } from '../kernel.ts'
import { signLink } from '../links.ts'
import { serverTexts, translator } from '../texts.ts'
import { command } from '../work/command.ts'
import { letter } from './letter.ts'
import { contactsOf } from './notice.ts'
import { noticeText } from './rules.ts'
import * as store from './store.ts'

export const emailTask = 'notification-email'
/** With the worker's pauses (e, e², e³ … seconds) about three and a half hours. */
const mostAttempts = 10
const linkHours = 48

export function emailJob(deliveryId: string): FollowerJob {
  return {
    task: emailTask,
    payload: { delivery: deliveryId },
    maxAttempts: mostAttempts,
    key: `delivery:${deliveryId}`,
  }
}

/**
 * One attempt of one delivery. A crash before `markSent` leads to another attempt with the same Message-ID; a refusal
 * that will not change (no such mailbox) or the last attempt ends in the failure list.
 */
export const sendEmail: JobHandler = async (kernel, payload, { lastAttempt }) => {
  const { delivery: id } = z.object({ delivery: z.uuid() }).parse(payload)
  const row = await kernel.sql.maybe(store.beginAttempt(id, kernel.clock.now()))
  if (row === undefined) return
  try {
    await send(kernel, row)
  } catch (error) {
    const text = (error instanceof Error ? error.message : String(error)).slice(0, 500)
    if (lastAttempt || row.attempts >= mostAttempts || isFinal(error)) return await giveUp(kernel, row, text)
    await kernel.sql.run(store.attemptFailed(id, 'queued', text))
    throw new Error(`delivery ${id} was not accepted, attempt ${row.attempts}`)
  }
  await kernel.sql.run(store.markSent(id, kernel.clock.now()))
}

async function send(kernel: Kernel, row: store.DeliveryRow): Promise<void> {
  const { smtpUrl, smtpFrom } = kernel.config
  if (smtpUrl === undefined) throw new FinalFault('SMTP_URL is not set any more')
  const [contacts, site, texts] = await Promise.all([
    contactsOf(kernel, kernel.sql, [row.personId]),
    kernel.sql.maybe(store.siteOf(row.siteId)),
    serverTexts(),
  ])
  const contact = contacts.get(row.personId)
  const language = contact?.language ?? 'zh'
  const translate = translator(texts[language], language)
  const { subject, text } = noticeText(translate, row, { language, zone: site?.zone ?? 'Asia/Shanghai' })
  const parts = letter(translate, {
    language,
    name: contact?.name ?? '',
    site: site?.name ?? 'Foyer',
    subject,
    text,
    url: await urlOf(kernel, row, contact?.name ?? ''),
    signed: row.signed !== null,
  })
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
  })
  try {
    await transport.sendMail({
      from: smtpFrom,
      to: { name: contact?.name ?? '', address: row.address },
      messageId: row.messageId,
      subject,
      text: parts.text,
      html: parts.html,
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  } finally {
    transport.close()
  }
}

/**
 * The token is made for this mail and stored nowhere. It stands behind `#`, where the page reads it and no log of a
 * server or proxy on the way ever sees it.
 */
async function urlOf(kernel: Kernel, row: store.DeliveryRow, name: string): Promise<string | null> {
  const base = publicUrl(kernel)
  if (row.signed === null) return row.link === null ? null : `${base}${row.link}`
  const { entity, id, hours } = row.signed
  const exp = Math.floor(row.at.getTime() / 1000) + (hours ?? linkHours) * 3600
  const token = await signLink(kernel.links, {
    site: row.siteId,
    person: row.personId,
    name,
    entity,
    id,
    exp,
  })
  return `${base}${row.link ?? '/'}#link=${token}`
}

/** Where people reach the product; without PUBLIC_URL the address it listens on. */
export function publicUrl(kernel: Kernel): string {
  const { publicUrl: given, host, port } = kernel.config
  if (given !== undefined) return given.replace(/\/+$/, '')
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

class FinalFault extends Error {}

/** The receiver said no to this address or this letter. A refused sign-in is ours to mend, and worth more tries. */
function isFinal(error: unknown): boolean {
  if (error instanceof FinalFault) return true
  if (!(error instanceof Error) || !('responseCode' in error) || !('code' in error)) return false
  const { responseCode, code } = error
  return (
    typeof responseCode === 'number' && responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE')
  )
}

/** Written down, so that the failure list is live and nobody has to look for it (G2). */
async function giveUp(kernel: Kernel, row: store.DeliveryRow, error: string): Promise<void> {
  await command(systemCtx(kernel, row.siteId, systemActor), async (work) => {
    work.write(store.attemptFailed(row.id, 'failed', error))
    work.journal({
      entity: 'delivery',
      entityId: row.id,
      action: 'delivery.failed',
      after: { status: 'failed', attempts: row.attempts },
    })
  })
}

/** A job that died in its last attempt, or was lost with part of the database, leaves its letter begun: it is queued anew. */
export async function sweepDeliveries(kernel: Kernel): Promise<void> {
  const before = new Date(kernel.clock.now().getTime() - 5 * 60_000)
  const found = await kernel.sql.all(store.abandonedAttempts(before))
  if (found.length > 0) await kernel.sql.run(addJobs(found.map(({ id }) => emailJob(id))))
}

const keepDays = 180

export async function forgetNotifications(kernel: Kernel): Promise<void> {
  const before = new Date(kernel.clock.now().getTime() - keepDays * 86_400_000)
  for (const statement of store.forgetOld(before)) await kernel.sql.run(statement)
}
