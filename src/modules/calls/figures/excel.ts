/** The report of calls as a workbook: one sheet per figure, the same numbers as on the screen. */
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import type { Route } from '../settings.ts'
import type { Figures } from './rules.ts'

type Language = 'zh' | 'en'
type Both = readonly [zh: string, en: string]
type Cell = string | number

const words = {
  title: ['来电统计', 'Call figures'],
  rules: ['规则遵守', 'Rules'],
  days: ['每天', 'Days'],
  hours: ['时段', 'Hours'],
  rings: ['响铃', 'Rings'],
  outcomes: ['来电结果', 'Outcomes'],
  hops: ['逐级转接', 'Cascade'],
  routes: ['来电事由', 'Matters'],
  people: ['按人', 'People'],
  satisfaction: ['回访满意度', 'Satisfaction'],
  figure: ['项目', 'Figure'],
  count: ['数量', 'Count'],
  of: ['应计', 'of'],
  day: ['日期', 'Day'],
  weekday: ['星期', 'Weekday'],
  hour: ['小时', 'Hour'],
  in: ['来电', 'Incoming'],
  answered: ['已接', 'Answered'],
  missed: ['未接', 'Missed'],
  out: ['去电', 'Outgoing'],
  internal: ['内线', 'Internal'],
  privateLong: ['超时私人电话', 'Private calls over time'],
  threeRings: ['三声内接听', 'Answered within three rings'],
  late: ['超过三声', 'After three rings'],
  callbacksKept: ['回电按时', 'Callbacks kept in time'],
  messagesSeen: ['留言及时看到', 'Messages seen in time'],
  messagesReported: ['留言已回复来电人', 'Callers told of their message'],
  ring: ['响铃次数', 'Rings before the answer'],
  name: ['名称', 'Name'],
  step: ['第几步', 'Step'],
  result: ['结果', 'Result'],
  putThrough: ['转通', 'Put through'],
  person: ['同事', 'Colleague'],
  calls: ['通话', 'Calls'],
  talk: ['通话分钟', 'Minutes of talk'],
  private: ['私人', 'Private'],
  score: ['分数', 'Score'],
  nobody: ['(无人)', '(nobody)'],
} as const satisfies Record<string, Both>
type Word = keyof typeof words

const outcomes: Readonly<Record<string, Both>> = {
  'put-through': ['已转接', 'Put through'],
  message: ['留言', 'Message'],
  callback: ['承诺回电', 'Callback promised'],
  declined: ['谢绝', 'Declined'],
  resolved: ['当场解决', 'Resolved'],
  missed: ['未接', 'Missed'],
  'wrong-number': ['打错', 'Wrong number'],
  private: ['私人', 'Private'],
}
const results: Readonly<Record<string, Both>> = {
  answered: ['接听', 'Answered'],
  busy: ['占线', 'Busy'],
  'no-answer': ['无人接', 'No answer'],
  refused: ['不接', 'Refused'],
  'not-in': ['不在', 'Not in'],
  callback: ['答应回电', 'Calls back'],
}

const totals = ['in', 'answered', 'missed', 'out', 'internal'] as const
const shares = ['threeRings', 'callbacksKept', 'messagesSeen', 'messagesReported'] as const

export async function figuresBook(
  figures: Figures,
  span: { readonly from: string; readonly to: string },
  routes: readonly Route[],
  language: Language,
): Promise<{ name: string; content: Buffer }> {
  const said = (both: Both) => both[language === 'zh' ? 0 : 1]
  const word = (key: Word) => said(words[key])
  const named = (list: Readonly<Record<string, Both>>, key: string) => {
    const known = list[key]
    return known === undefined ? key : said(known)
  }
  const sheet = (name: Word, head: readonly Word[], lines: readonly (readonly Cell[])[]) => ({
    sheet: word(name),
    stickyRowsCount: 1,
    columns: head.map((key) => ({ width: Math.max(12, word(key).length + 4) })),
    data: [
      head.map((key) => ({ value: word(key), fontWeight: 'bold' as const })),
      // Text cells stay text: a name that begins with "=" must not become a formula in somebody's Excel.
      ...lines.map((line) =>
        line.map((value) => (typeof value === 'number' ? { value, type: Number } : { value, type: String })),
      ),
    ] satisfies SheetData,
  })
  const content = await writeXlsxFile([
    sheet(
      'rules',
      ['figure', 'count', 'of'],
      [
        ...shares.map((key) => [word(key), figures[key].kept, figures[key].of]),
        ...totals.map((key) => [word(key), figures.total[key], '']),
        [word('privateLong'), figures.privateLong, ''],
      ],
    ),
    sheet(
      'days',
      ['day', 'in', 'threeRings', 'of', 'callbacksKept', 'of'],
      figures.days.map((row) => [
        row.day,
        row.in,
        row.threeRings.kept,
        row.threeRings.of,
        row.callbacksKept.kept,
        row.callbacksKept.of,
      ]),
    ),
    sheet(
      'hours',
      ['weekday', 'hour', 'in', 'missed', 'late', 'of'],
      figures.hours.map((row) => [
        row.weekday,
        row.hour,
        row.in,
        row.missed,
        row.lateShare.kept,
        row.lateShare.of,
      ]),
    ),
    sheet(
      'rings',
      ['ring', 'calls'],
      figures.ring.map(({ rings, count }) => [rings >= 10 ? '≥ 10' : rings, count]),
    ),
    sheet(
      'outcomes',
      ['name', 'calls'],
      figures.outcomes.map(({ outcome, count }) => [named(outcomes, outcome), count]),
    ),
    sheet(
      'hops',
      ['step', 'result', 'count'],
      figures.hops.map(({ step, result, count }) => [step + 1, named(results, result), count]),
    ),
    sheet(
      'routes',
      ['name', 'calls', 'putThrough'],
      figures.routes.map(({ route, count, putThrough }) => [
        routes.find(({ key }) => key === route)?.name[language] ?? route,
        count,
        putThrough,
      ]),
    ),
    sheet(
      'people',
      ['person', 'calls', 'threeRings', 'of', 'talk', 'callbacksKept', 'of', 'private'],
      figures.people.map((row) => [
        row.name || word('nobody'),
        row.calls,
        row.threeRings.kept,
        row.threeRings.of,
        Math.round(row.talkSeconds / 60),
        row.callbacksKept.kept,
        row.callbacksKept.of,
        row.privateCalls,
      ]),
    ),
    sheet(
      'satisfaction',
      ['score', 'calls'],
      figures.satisfaction.map(({ score, count }) => [score, count]),
    ),
  ]).toBuffer()
  return { name: `${word('title')} ${span.from} – ${span.to}`, content }
}
