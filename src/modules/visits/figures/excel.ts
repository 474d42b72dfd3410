/** The report as a workbook: one sheet per figure, the same numbers as on the screen. */
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import type { RouteAnswer } from '../../../kernel/contract.ts'
import type { House } from '../house.ts'
import type { visitFigures } from './contract.ts'
import type { Measured } from './rules.ts'

type Report = RouteAnswer<typeof visitFigures.report>
type People = RouteAnswer<typeof visitFigures.people>
type Language = 'zh' | 'en'

const words = {
  title: ['来访统计', 'Visit figures'],
  days: ['走势', 'Course'],
  hours: ['时段', 'Hours'],
  kinds: ['种类', 'Kinds'],
  departments: ['部门', 'Departments'],
  hosts: ['被访人', 'Hosts'],
  waits: ['等候时间', 'Waiting'],
  organisations: ['来访单位', 'Organisations'],
  again: ['回访', 'Return visits'],
  from: ['从', 'From'],
  to: ['到', 'To'],
  name: ['名称', 'Name'],
  visits: ['登记', 'Entries'],
  arrived: ['到访', 'Arrived'],
  people: ['人数', 'People'],
  announced: ['预约', 'Announced'],
  walkIn: ['未预约', 'Walk-in'],
  first: ['首次', 'First visit'],
  repeat: ['再次', 'Return'],
  noShow: ['未到', 'No-show'],
  declined: ['谢绝', 'Declined'],
  refused: ['拒入', 'Refused'],
  cancelled: ['取消', 'Cancelled'],
  answered: ['按时答复', 'Answered in time'],
  signed: ['离开前签字', 'Signed before leaving'],
  late: ['按时补签', 'Signed late in time'],
  overdue: ['补签超期', 'Signature overdue'],
  passes: ['出入证交回', 'Pass returned'],
  met: ['等候有人照应', 'Waiting looked after'],
  prompt: ['按时接待', 'Met in time'],
  of: ['应计', 'of'],
  weekday: ['星期', 'Weekday'],
  hour: ['小时', 'Hour'],
  minutes: ['分钟', 'Minutes'],
  admit: ['到达至放行', 'Arrival to entry'],
  meet: ['放行至见面', 'Entry to meeting'],
  times: ['次数', 'Times'],
  visitors: ['来访人', 'Visitors'],
  others: ['其他', 'Others'],
  total: ['合计', 'Total'],
  before: ['上一期', 'Period before'],
  nobody: ['(未指定)', '(none)'],
} as const satisfies Record<string, readonly [string, string]>

type Word = keyof typeof words

const figures: readonly (readonly [Word, (row: Measured) => number])[] = [
  ['visits', (row) => row.visits],
  ['arrived', (row) => row.arrived],
  ['people', (row) => row.people],
  ['announced', (row) => row.announced],
  ['walkIn', (row) => row.walkIn],
  ['first', (row) => row.first],
  ['repeat', (row) => row.again],
  ['noShow', (row) => row.noShow],
  ['declined', (row) => row.declined],
  ['refused', (row) => row.refused],
  ['cancelled', (row) => row.cancelled],
  ['answered', (row) => row.rules.answered.kept],
  ['of', (row) => row.rules.answered.of],
  ['signed', (row) => row.rules.signed.kept],
  ['of', (row) => row.rules.signed.of],
  ['late', (row) => row.rules.signed.late],
  ['overdue', (row) => row.rules.signed.overdue],
  ['passes', (row) => row.rules.passes.kept],
  ['of', (row) => row.rules.passes.of],
  ['met', (row) => row.rules.met.kept],
  ['of', (row) => row.rules.met.of],
  ['prompt', (row) => row.rules.met.prompt],
]

export async function figuresBook(
  report: Report,
  who: People,
  house: House,
  language: Language,
): Promise<{ name: string; content: Buffer }> {
  const word = (key: Word) => words[key][language === 'zh' ? 0 : 1]
  const sheet = (name: Word, head: readonly string[], lines: readonly (readonly (string | number)[])[]) => ({
    sheet: word(name),
    stickyRowsCount: 1,
    columns: head.map((text) => ({ width: Math.max(12, text.length + 4) })),
    data: [
      head.map((value) => ({ value, fontWeight: 'bold' as const })),
      // Text cells stay text: a name that begins with "=" must not become a formula in somebody's Excel.
      ...lines.map((line) =>
        line.map((value) => (typeof value === 'number' ? { value, type: Number } : { value, type: String })),
      ),
    ] satisfies SheetData,
  })
  const measured = (row: Measured) => figures.map(([, value]) => value(row))
  const heads = figures.map(([key]) => word(key))
  const kindName = (key: string) => house.kinds.get(key)?.name[language] ?? key
  const named = (row: Measured & { name: string }) => [row.name || word('nobody'), ...measured(row)]
  const content = await writeXlsxFile([
    sheet(
      'days',
      [word('from'), word('to'), ...heads],
      [
        ...report.series.map((row) => [row.from, row.to, ...measured(row)]),
        [word('total'), `${report.from} – ${report.to}`, ...measured(report.total)],
        [word('before'), `${report.before.from} – ${report.before.to}`, ...measured(report.previous)],
      ],
    ),
    sheet(
      'hours',
      [word('weekday'), word('hour'), word('arrived'), word('people')],
      report.hours.map((row) => [row.weekday, row.hour, row.arrived, row.people]),
    ),
    sheet(
      'kinds',
      [word('name'), ...heads],
      report.kinds.map((row) => [kindName(row.key), ...measured(row)]),
    ),
    sheet('departments', [word('name'), ...heads], report.departments.map(named)),
    sheet(
      'hosts',
      [word('name'), ...heads],
      [
        ...report.hosts.map(named),
        ...(report.otherHosts === null ? [] : [[word('others'), ...measured(report.otherHosts)]]),
      ],
    ),
    sheet(
      'waits',
      [word('minutes'), word('admit'), word('meet')],
      [...new Set([...report.admit.minutes, ...report.meet.minutes].map((row) => row.minutes))]
        .sort((a, b) => a - b)
        .map((minutes) => [
          minutes,
          report.admit.minutes.find((row) => row.minutes === minutes)?.visits ?? 0,
          report.meet.minutes.find((row) => row.minutes === minutes)?.visits ?? 0,
        ]),
    ),
    sheet(
      'organisations',
      [word('name'), word('arrived'), word('people')],
      [
        ...who.organisations.map((row) => [row.name, row.arrived, row.people]),
        ...(who.otherOrganisations === null
          ? []
          : [[word('others'), who.otherOrganisations.arrived, who.otherOrganisations.people]]),
      ],
    ),
    sheet(
      'again',
      [word('times'), word('visitors')],
      who.times.map((row) => [row.times, row.visitors]),
    ),
  ]).toBuffer()
  return { name: `${word('title')} ${report.from} – ${report.to}`, content }
}
