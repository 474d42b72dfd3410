/** The invitation on paper (V3): a sheet to hand over or to send along, with the code for the kiosk, the way and the house rules. */
import type { FastifyReply } from 'fastify'
import { zoneOf } from '../../../kernel/calendar/site-day.ts'
import type { RouteInput } from '../../../kernel/contract.ts'
import { disposition } from '../../../kernel/files/rules.ts'
import { Paper } from '../../../kernel/paper/pdf.ts'
import { type Ctx, query } from '../../../kernel/work/command.ts'
import { qrPng } from '../passes/code.ts'
import { visitNumber } from '../present.ts'
import type { Say } from './calendar.ts'
import { signedCode } from './code.ts'
import type { invitations } from './contract.ts'
import { sayIn, spaced } from './send.ts'
import { printed } from './service.ts'
import { type InvitationSetting, invitationSetting } from './settings.ts'
import { invitedVisit } from './store.ts'

interface Sheet {
  readonly language: 'zh' | 'en'
  readonly size: 'A4' | 'A5'
  readonly siteName: string
  readonly visitorName: string
  readonly hostName: string
  readonly number: string
  readonly when: string
  readonly code: string
  readonly qr: Buffer
  /** Leads to the map; drawn only where the house has one. */
  readonly mapQr: Buffer | null
  readonly at: Date
}

export async function file(
  ctx: Ctx,
  { params, body }: RouteInput<typeof invitations.paper>,
  http: { readonly reply: FastifyReply },
): Promise<string> {
  await printed(ctx, params.id, body)
  const sql = query(ctx)
  const [visit, zone, setting, say] = await Promise.all([
    sql.one(invitedVisit(params.id)),
    zoneOf(sql, ctx.siteId),
    ctx.kernel.settings.get(ctx.siteId, invitationSetting),
    sayIn(body.language),
  ])
  const now = ctx.kernel.clock.now()
  const until = visit.validUntil ?? visit.expectedAt ?? now
  const [qr, mapQr] = await Promise.all([
    qrPng(await signedCode(ctx.kernel, ctx.siteId, visit.code, until)),
    setting.mapUrl === '' ? null : qrPng(setting.mapUrl),
  ])
  const content = await invitationPdf(
    say,
    {
      ...{ ...body, qr, mapQr, at: now, number: visitNumber(visit.number), code: spaced(visit.code) },
      ...{ siteName: visit.siteName, visitorName: visit.visitorName, hostName: visit.hostName },
      when: visit.expectedAt === null ? '' : whenOf(visit.expectedAt, zone, body.language),
    },
    setting,
  )
  const name = `${say('invitation.paper.title')} ${visitNumber(visit.number)}.pdf`
  await http.reply
    .type('application/pdf')
    .header('content-disposition', disposition('inline', name))
    .send(content)
  return ''
}

function whenOf(at: Date, zone: string, language: 'zh' | 'en'): string {
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: zone,
  }).format(at)
}

function invitationPdf(say: Say, sheet: Sheet, setting: InvitationSetting): Promise<Buffer> {
  const { language, size } = sheet
  const wide = size === 'A4'
  const body = wide ? 10.5 : 9
  const paper = new Paper({
    title: say('invitation.paper.title'),
    ...{ language, size, author: sheet.siteName, at: sheet.at },
    margin: wide ? 56 : 36,
    footer: (page, pages) => say('agreement.paper.footer', { page, pages, number: sheet.number }),
  })
  paper
    .text(sheet.siteName, { muted: true, align: 'center' })
    .heading()
    .space(wide ? 10 : 0)
  paper
    .text(say('invitation.mail.greeting', { name: sheet.visitorName }), { size: 12, bold: true })
    .space(4)
    .text(say('invitation.paper.text', { host: sheet.hostName, when: sheet.when, site: sheet.siteName }))
    .space(wide ? 14 : 8)
  paper
    .beside(sheet.qr, wide ? 140 : 110, () => {
      paper
        .text(say('invitation.paper.code'), { muted: true })
        .text(sheet.code, { size: wide ? 24 : 18, bold: true })
        .space(4)
        .text(say('invitation.paper.scan'))
        .space(6)
      // The small sheet says it above, and has no room to say it twice.
      if (!wide) return
      paper.text(`${say('invitation.paper.when')}　${sheet.when}`)
      if (sheet.hostName !== '') paper.text(`${say('invitation.paper.host')}　${sheet.hostName}`)
    })
    .space(8)
    .rule()
  const way = () => {
    section(paper, body, say('invitation.mail.address'), setting.address[language])
    section(paper, body, say('invitation.mail.directions'), setting.directions[language])
    section(paper, body, say('invitation.mail.parking'), setting.parking[language])
    section(paper, body, say('invitation.mail.contact'), setting.contact)
    if (sheet.mapQr !== null) paper.text(say('invitation.paper.map'), { muted: true, size: 9 })
  }
  if (sheet.mapQr === null) way()
  else paper.beside(sheet.mapQr, wide ? 84 : 70, way).space(6)
  section(paper, body, say('invitation.mail.houseRules'), setting.houseRules[language])
  paper.space(6).text(say('invitation.paper.private'), { muted: true, size: 9 })
  return paper.bytes()
}

function section(paper: Paper, size: number, title: string, words: string): void {
  if (words !== '')
    paper
      .text(title, { bold: true, size })
      .text(words, { size })
      .space(size / 2)
}
