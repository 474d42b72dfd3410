/** One attempt of one letter to a guest; the same Message-ID again after a crash between sending and storing. */
import bwipjs from 'bwip-js/node'
import { createTransport } from 'nodemailer'
import { z } from 'zod'
import { systemActor } from '../../../kernel/actor.ts'
import type { JobHandler } from '../../../kernel/jobs/worker.ts'
import { type Kernel, systemCtx } from '../../../kernel/kernel.ts'
import { signLink } from '../../../kernel/links.ts'
import { publicUrl } from '../../../kernel/notifications/email.ts'
import { serverTexts, translator } from '../../../kernel/texts.ts'
import { command } from '../../../kernel/work/command.ts'
import { waysOf, wayWords } from '../areas/ways.ts'
import { findVisit } from '../store.ts'
import { type CalendarVisit, calendarOf, type Say } from './calendar.ts'
import { signedCode } from './code.ts'
import { guestLetter, qrContentId } from './letter.ts'
import { invitationSetting } from './settings.ts'
import * as store from './store.ts'

/** After the end the guest may still look, say for the way to the lost-property desk. */
const graceMs = 24 * 3_600_000

export async function guestUrl(
  kernel: Kernel,
  visit: Pick<store.InvitedVisit, 'siteId' | 'key' | 'visitorName'>,
  until: Date,
): Promise<string> {
  const token = await signLink(kernel.links, {
    site: visit.siteId,
    // What the guest does is on record under the invitation, not under an id made from their name (G5).
    person: visit.key,
    name: visit.visitorName,
    entity: 'invitation',
    id: visit.key,
    exp: Math.floor((until.getTime() + graceMs) / 1000),
    guest: true,
  })
  return `${publicUrl(kernel)}/i#link=${token}`
}

export async function sayIn(language: 'zh' | 'en'): Promise<Say> {
  const translate = translator((await serverTexts())[language], language)
  return (key, params = {}) => {
    const found = translate(key, params)
    if (found === undefined) throw new Error(`no ${language} text for ${key}`)
    return found
  }
}

export const sendLetter: JobHandler = async (kernel, payload, { lastAttempt }) => {
  const { letter: id } = z.object({ letter: z.uuid() }).parse(payload)
  if ((await kernel.sql.maybe(store.beginLetter(id))) === undefined) return
  const letter = await kernel.sql.one(store.letterToSend(id))
  try {
    await send(kernel, letter)
  } catch (error) {
    const text = (error instanceof Error ? error.message : String(error)).slice(0, 300)
    if (lastAttempt || isFinal(error)) return await giveUp(kernel, id, letter, text)
    await kernel.sql.run(store.endLetter(id, 'queued', text, kernel.clock.now()))
    throw new Error(`letter ${id} was not accepted, attempt ${letter.attempts}`)
  }
  await kernel.sql.run(store.endLetter(id, 'sent', null, kernel.clock.now()))
}

async function giveUp(kernel: Kernel, id: string, letter: store.LetterToSend, error: string): Promise<void> {
  await command(systemCtx(kernel, letter.siteId, systemActor), async (work) => {
    work.write(store.endLetter(id, 'failed', error, work.now))
    work.journal({
      entity: 'visit',
      entityId: letter.visitId,
      action: 'visit.invitation-failed',
      data: { kind: letter.letterKind },
    })
  })
}

/** The receiver said no to this address or this letter. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof Error) || !('responseCode' in error) || !('code' in error)) return false
  const { responseCode, code } = error
  return (
    typeof responseCode === 'number' && responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE')
  )
}

async function send(kernel: Kernel, letter: store.LetterToSend): Promise<void> {
  const { smtpUrl, smtpFrom } = kernel.config
  if (smtpUrl === undefined) throw new Error('SMTP_URL is not set any more')
  const { expectedAt, validUntil, language } = letter
  if (expectedAt === null || validUntil === null) throw new Error('the visit has no time')
  const visit: CalendarVisit = { ...letter, expectedAt, validUntil }
  const cancelled = letter.letterKind === 'cancel'
  const [setting, say, url, code, visiting] = await Promise.all([
    kernel.settings.get(letter.siteId, invitationSetting),
    sayIn(language),
    guestUrl(kernel, letter, validUntil),
    signedCode(kernel, letter.siteId, letter.code, validUntil),
    kernel.sql.maybe(findVisit(letter.siteId, letter.visitId)),
  ])
  const ways = visiting === undefined ? [] : await waysOf(kernel.sql, visiting, kernel.clock.now())
  const when = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: letter.zone,
  }).format(expectedAt)
  const { subject, text, html } = guestLetter(
    say,
    {
      ...{ kind: letter.letterKind, language, url, when, code: spaced(letter.code) },
      ...{ name: letter.visitorName, site: letter.siteName, host: letter.hostName },
      ways: wayWords(ways, language),
    },
    setting,
  )
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
  })
  try {
    await transport.sendMail({
      from: smtpFrom,
      to: { name: letter.visitorName, address: letter.address },
      messageId: letter.messageId,
      ...{ subject, text, html },
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
      icalEvent: {
        method: cancelled ? 'CANCEL' : 'REQUEST',
        filename: 'visit.ics',
        content: calendarOf(kernel, visit, setting, { say, url, sequence: letter.letterSequence, cancelled }),
      },
      attachments: cancelled
        ? []
        : [
            {
              filename: 'entry-code.png',
              content: await qrPng(code),
              cid: qrContentId,
              contentType: 'image/png',
            },
          ],
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  } finally {
    transport.close()
  }
}

export const spaced = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`

function qrPng(text: string): Promise<Buffer> {
  return bwipjs.toBuffer({ bcid: 'qrcode', text, scale: 4, paddingwidth: 4, paddingheight: 4 })
}
