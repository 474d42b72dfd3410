/** The signed document as a PDF: its words, who signed, when, and by which hash the words can be told (V11, V13). */
import { Paper } from '../../../kernel/paper/pdf.ts'
import { serverTexts, translator } from '../../../kernel/texts.ts'
import { visitNumber } from '../present.ts'
import type { VisitRow } from '../store.ts'
import type { DueRow } from './store.ts'

export interface Signed {
  readonly agreement: DueRow
  readonly visit: VisitRow
  readonly language: 'zh' | 'en'
  readonly signerName: string
  readonly manner: 'drawn' | 'typed' | 'read'
  readonly sha256: string
  readonly at: Date
  readonly zone: string
  readonly siteName: string
  readonly picture: Buffer | undefined
}

export async function signedPaper(signed: Signed): Promise<Buffer> {
  const { agreement, visit, language, at } = signed
  const say = translator((await serverTexts())[language], language)
  const t = (key: string, params: Record<string, string | number> = {}) => say(key, params) ?? ''
  const when = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'medium',
    timeZone: signed.zone,
  }).format(at)
  const paper = new Paper({
    title: agreement.title[language],
    language,
    author: signed.siteName,
    at,
    footer: (page, pages) => t('agreement.paper.footer', { page, pages, number: visitNumber(visit.number) }),
  })
  paper.heading().text(signed.siteName, { muted: true, align: 'center' }).space(8)
  for (const part of agreement.body[language].split(/\n{2,}/)) paper.text(part).space(6)
  paper.rule().fields([
    [t('agreement.paper.visitor'), visit.visitor_name],
    [t('agreement.paper.organisation'), visit.organisation],
    [t('agreement.paper.visit'), visitNumber(visit.number)],
    [t('agreement.paper.version'), String(agreement.number)],
    [t('agreement.paper.signedAt'), when],
    [t('agreement.paper.manner'), t(`agreement.manner.${signed.manner}`)],
  ])
  paper.text(`SHA-256 ${signed.sha256}`, { size: 8, muted: true }).space(8)
  paper.signature(t('agreement.paper.signature'), {
    words: signed.signerName,
    ...(signed.picture === undefined ? {} : { picture: signed.picture }),
  })
  return paper.bytes()
}
