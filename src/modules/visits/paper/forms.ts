/** The slip and the pass as PDF (V8, V10, V11): the same words and fields as the browser's print. */
import { DateTime } from 'luxon'
import { Paper } from '../../../kernel/paper/pdf.ts'
import { type Way, wayWords } from '../areas/ways.ts'
import type { VisitCard } from '../card/contract.ts'

export interface Printed {
  readonly siteName: string
  readonly visit: VisitCard
  readonly kindName: string
  readonly phone: string
  readonly companions: readonly string[]
  readonly documentMasked: string
  readonly ways: readonly Way[]
  readonly safetyNotes: { readonly zh: string; readonly en: string }
  /** PNG of the signed code. */
  readonly code: Buffer
  readonly zone: string
  readonly at: Date
}

const stamp = (instant: string | null, zone: string): string =>
  instant === null ? '' : DateTime.fromISO(instant, { zone }).toFormat('yyyy-MM-dd HH:mm')

export async function slipPdf(printed: Printed): Promise<Buffer> {
  const { siteName, visit, at } = printed
  const paper = new Paper({
    title: `来访人员来访登记表 ${visit.number}`,
    language: 'zh',
    author: siteName,
    at,
    margin: 34,
  })
  half(paper, printed, 'stub')
  paper.text('✂ 沿此线撕开  Tear here', { size: 8, muted: true }).rule().space(2)
  half(paper, printed, 'copy')
  return paper.bytes()
}

function half(paper: Paper, printed: Printed, part: 'stub' | 'copy'): void {
  const { visit, zone } = printed
  const time = (instant: string | null) => stamp(instant, zone)
  const host = visit.receiverName || visit.hostName
  paper
    .text(
      `${printed.siteName}    ${part === 'stub' ? '存根联（门岗留存） Stub' : '随行联（离开时交回） Copy'}    编号 ${visit.number}`,
      {
        size: 9,
        muted: true,
      },
    )
    .heading('来访人员来访登记表')
    .fields([
      ['来访人 Visitor', visit.visitorName],
      ['单位 Organisation', visit.organisation],
      ['联系电话 Phone', printed.phone],
      ['证件 Document', printed.documentMasked],
      ['人数 Party', String(visit.partySize)],
      ['来访类别 Kind', printed.kindName],
      ['被访人 Host', host],
      ['部门/分机 Dept.', [visit.hostDepartment, visit.hostExtension].filter(Boolean).join(' / ')],
      ['出入证号 Pass', visit.passNumber ?? ''],
      ['车牌 Plate', visit.plate],
      ['进入时间 Time in', time(visit.arrivedAt)],
      part === 'stub'
        ? ['离开时间 Time out', time(visit.leftAt)]
        : ['有效至 Valid until', time(visit.validUntil)],
    ])
    .fields(
      [
        ['来访事由 Purpose', visit.purpose],
        ['许可区域 Areas', visit.areas.join('、')],
        ...(part === 'copy' && printed.ways.length > 0
          ? [['怎么走 Way', waysInBoth(printed.ways)] as const]
          : []),
        ...(printed.companions.length > 0
          ? [['随行人员 Companions', printed.companions.join('、')] as const]
          : []),
      ],
      1,
    )
  if (part === 'stub') {
    paper.signature('来访人签字').signature('门岗签字')
    return
  }
  paper.beside(printed.code, 84, () =>
    paper
      .text(`安全须知：${printed.safetyNotes.zh} ${printed.safetyNotes.en}`, { size: 8.5 })
      .signature(
        '被访人签字',
        visit.signedAt === null ? undefined : { words: `${host}  ${time(visit.signedAt)}` },
      )
      .signature('门岗放行签字', visit.leftAt === null ? undefined : { words: time(visit.leftAt) }),
  )
}

/** V21: in both languages where they differ. */
function waysInBoth(ways: readonly Way[]): string {
  const [zh, en] = [wayWords(ways, 'zh'), wayWords(ways, 'en')]
  return zh
    .map((words, at) => (en[at]?.replace(': ', '：') === words ? words : `${words}  ${en[at]}`))
    .join('；')
}

/** Large enough to be read across a room; the longest still in full. */
function nameSize(name: string): number {
  const { length } = [...name]
  return length > 18 ? 10 : length > 8 ? 13 : 20
}

/** V11: name, organisation, validity, areas and number; one page, whatever a name is like. */
export async function passPdf(printed: Printed, size: 'card' | 'label'): Promise<Buffer> {
  const { siteName, visit, zone, at } = printed
  const number = visit.passNumber ?? visit.number
  const paper = new Paper({ title: `访客证 ${number}`, language: 'zh', author: siteName, at, size })
  const { doc } = paper
  const wide = size === 'card'
  const text = (words: string, height: number, look: { size: number; bold?: boolean }) => {
    const { y } = doc
    doc
      .font(look.bold === true ? 'bold' : 'regular')
      .fontSize(look.size)
      .text(words, doc.page.margins.left, y, {
        width: wide ? paper.width - 78 : paper.width,
        height,
        ellipsis: true,
        lineGap: 0,
      })
    doc.y = y + height
  }
  text(`${siteName}  访客证 VISITOR`, 14, { size: 8 })
  // What fits on a card: the first way, in one line (V21); name and areas give up the room.
  const [way] = wayWords(printed.ways, 'zh')
  const tall = way === undefined ? { name: wide ? 44 : 52, areas: 22 } : { name: wide ? 34 : 40, areas: 20 }
  text(visit.visitorName, tall.name, { size: nameSize(visit.visitorName), bold: true })
  text(visit.organisation, 26, { size: 8.5 })
  text(`被访人 ${visit.receiverName || visit.hostName}`, 13, { size: 8 })
  text(`区域 ${visit.areas.join('、') || '—'}`, tall.areas, { size: 7.5 })
  if (way !== undefined) text(way, 12, { size: 7 })
  text(`有效至 ${stamp(visit.validUntil, zone)}`, 13, { size: 8.5, bold: true })
  const { margins, width } = doc.page
  const at_ = wide
    ? { x: width - margins.right - 72, y: margins.top + 22 }
    : { x: (width - 92) / 2, y: doc.y + 4 }
  const side = wide ? 72 : 92
  doc.image(printed.code, at_.x, at_.y, { fit: [side, side] })
  doc
    .font('bold')
    .fontSize(12)
    .text(number, at_.x, at_.y + side + 2, { width: side, align: 'center', lineBreak: false })
  return paper.bytes()
}
