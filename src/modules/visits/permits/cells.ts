/**
 * PURE: a permit as the cells of a line, and the cells read again: what goes out as Excel comes in again untouched (E2).
 */
import { DateTime } from 'luxon'
import { writtenPlate } from '../vehicles/rules.ts'
import type { Paper } from './rules.ts'

export type Language = 'zh' | 'en'

export interface PermitFacts {
  readonly number: string
  readonly holderName: string
  readonly organisation: string
  /** In full: who may export permits may read them. */
  readonly phone: string
  readonly plate: string
  readonly hostName: string
  readonly kindName: { readonly zh: string; readonly en: string }
  readonly purpose: string
  readonly areas: readonly string[]
  readonly validFrom: string
  readonly validTo: string
  readonly weekdays: readonly number[]
  readonly fromMinute: number
  readonly toMinute: number
  readonly papers: readonly Paper[]
  readonly note: string
}

const days = {
  zh: [...'一二三四五六日'].map((day) => `周${day}`),
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
}
const onlyWarns = { zh: '仅提醒', en: 'only warns' }

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** Parts are kept apart by a point, papers by a semicolon: neither may stand in a part. */
const part = (text: string) => text.replace(/[·;；\n]/g, ' ').trim()

/** By the importer's field; `status` is for the reader and is not read in. */
export function cellsOf(one: PermitFacts, language: Language): Record<CellKey, string> {
  return {
    number: one.number,
    holderName: one.holderName,
    organisation: one.organisation,
    phone: one.phone,
    plate: writtenPlate(one.plate, language),
    host: one.hostName,
    kind: one.kindName[language],
    purpose: one.purpose,
    areas: one.areas.join('、'),
    validFrom: one.validFrom,
    validTo: one.validTo,
    weekdays: one.weekdays.map((day) => days[language][day - 1] ?? '').join(' '),
    hours: `${clock(one.fromMinute)}-${clock(one.toMinute)}`,
    papers: one.papers
      .map((paper) =>
        [part(paper.kind), part(paper.number), paper.expiresOn ?? '', paper.blocks ? '' : onlyWarns[language]]
          .filter(Boolean)
          .join(' · '),
      )
      .join('; '),
    note: one.note,
  }
}

export const cellKeys = [
  'number',
  'holderName',
  'organisation',
  'phone',
  'plate',
  'host',
  'kind',
  'purpose',
  'areas',
  'validFrom',
  'validTo',
  'weekdays',
  'hours',
  'papers',
  'note',
] as const
export type CellKey = (typeof cellKeys)[number]

/** Whether a line says what is kept already, in either language. */
export function saysTheSame(cells: Readonly<Record<string, string>>, kept: PermitFacts): boolean {
  const folded = (text: string) => text.normalize('NFKC').replace(/\s+/g, ' ').trim()
  return (['zh', 'en'] as const).some((language) => {
    const own = cellsOf(kept, language)
    return cellKeys.every((key) => cells[key] === undefined || folded(cells[key]) === folded(own[key]))
  })
}

/** '' where nothing was written, null where it is no day. */
export function dayOf(text: string | undefined): string | null {
  const written = (text ?? '').trim().slice(0, 10).replace(/[./]/g, '-')
  if (written === '') return ''
  const read = DateTime.fromFormat(written, 'yyyy-M-d')
  return read.isValid ? read.toFormat('yyyy-MM-dd') : null
}

const dayWords = 'mon tue wed thu fri sat sun'.split(' ')

function dayNumber(word: string): number | null {
  const bare = word.toLowerCase().replace(/^(?:周|星期|礼拜)/, '')
  if (/^[1-7]$/.test(bare)) return Number(bare)
  const han = '一二三四五六日'.indexOf(bare === '天' ? '日' : bare)
  if (bare.length === 1 && han >= 0) return han + 1
  const latin = dayWords.indexOf(bare.slice(0, 3))
  return latin >= 0 && /^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?$/.test(bare)
    ? latin + 1
    : null
}

/** 周一至周五, Mon-Fri, 1-5, 周一 周三, 每天; null where it cannot be read, [] where nothing was written. */
export function weekdaysOf(text: string | undefined): number[] | null {
  const written = (text ?? '').normalize('NFKC').trim()
  if (written === '') return []
  if (/^(?:每天|全周|every ?day|daily|all)$/i.test(written)) return [1, 2, 3, 4, 5, 6, 7]
  if (/^(?:工作日|weekdays|working days)$/i.test(written)) return [1, 2, 3, 4, 5]
  const found = new Set<number>()
  for (const piece of written.replace(/\s*(?:至|到|~|–|—|-|\bto\b)\s*/gi, '-').split(/[\s,、;/]+/)) {
    if (piece === '') continue
    // 周一三五 is three days.
    const several = /^(?:周|星期)([一二三四五六日天]{2,})$/.exec(piece)?.[1]
    const ends = (several === undefined ? [piece] : [...several]).map((one) => one.split('-').map(dayNumber))
    for (const [from, to = from, ...more] of ends) {
      if (from == null || to == null || more.length > 0) return null
      for (let day = from; day !== to; day = (day % 7) + 1) found.add(day)
      found.add(to)
    }
  }
  return [...found].sort()
}

/** 08:00-18:00, 全天; null where it cannot be read, undefined where nothing was written. */
export function hoursOf(text: string | undefined): { from: number; to: number } | null | undefined {
  const written = (text ?? '').normalize('NFKC').trim()
  if (written === '') return undefined
  if (/^(?:全天|24小时|all day|24 ?h(?:ours)?)$/i.test(written)) return { from: 0, to: 1440 }
  const found = /^(\d{1,2})(?::([0-5]\d))?\s*(?:至|到|~|–|—|-|to)\s*(\d{1,2})(?::([0-5]\d))?$/i.exec(written)
  if (found === null) return null
  const [, fromHour, fromMinute = '0', toHour, toMinute = '0'] = found
  const from = Number(fromHour) * 60 + Number(fromMinute)
  const to = Number(toHour) * 60 + Number(toMinute)
  return from < to && to <= 1440 ? { from, to } : null
}

export interface PapersRead {
  readonly papers: readonly Paper[]
  /** The first that cannot be read. */
  readonly bad: string | null
}

/** 安全培训证 · A123 · 2026-12-31 · 仅提醒; 电工证 2027-01-01 */
export function papersIn(text: string | undefined): PapersRead {
  const papers: Paper[] = []
  for (const line of (text ?? '').split(/[;；\n]+/)) {
    const written = line.trim()
    if (written === '') continue
    const parts = (written.includes('·') ? written.split('·') : written.split(/\s+/)).map((one) => one.trim())
    const rest = parts.filter(Boolean)
    const blocks = !/(?:仅提醒|只提醒|only warns)/i.test(written)
    const plain = rest.filter((one) => !/^(?:仅提醒|只提醒|only|warns|only warns)$/i.test(one))
    const dated = plain.map((one) => (/^\d{4}[-./]\d/.test(one) ? dayOf(one) : undefined))
    if (dated.includes(null)) return { papers, bad: written }
    const [kind = '', ...others] = plain.filter((_, i) => dated[i] === undefined)
    if (kind === '' || dated.filter((one) => one !== undefined).length > 1) return { papers, bad: written }
    papers.push({
      kind,
      number: others.join(' '),
      expiresOn: dated.find((one) => one !== undefined) ?? null,
      blocks,
    })
  }
  return { papers, bad: null }
}
