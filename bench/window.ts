/** The single window (C5): each kind of term through HTTP, at a tenth and at a million people with five visits each. */
import { pinyinOf } from '../src/kernel/find/spelling.ts'
import { growth, openDesks, timed } from './ask.ts'
import { figures, percentile } from './output.ts'
import type { Options } from './run.ts'
import { openStage, type Stage } from './stage.ts'
import { companyName, mobileOf, personName, seedWindow } from './window-seed.ts'

const secondsEach = 3
const most = (n: number) => Math.floor(Math.random() * n)

/** What a switchboard types, of people and companies there are; `size` people. */
const typing: Readonly<Record<string, (size: number) => string>> = {
  surname: (size) => personName(most(size)).slice(0, 1),
  'name-beginning': (size) => personName(most(size)).slice(0, 2),
  'whole-name': (size) => personName(most(size)),
  'given-name': (size) => personName(most(size)).slice(1),
  initials: (size) => pinyinOf(personName(most(size))).initials,
  'first-letter': (size) => pinyinOf(personName(most(size))).initials.slice(0, 1),
  pinyin: (size) => pinyinOf(personName(most(size))).pinyin.slice(0, 5),
  'given-pinyin': (size) => pinyinOf(personName(most(size)).slice(1)).pinyin,
  mixed: (size) => {
    const name = personName(most(size))
    return `${name.slice(0, 1)}${pinyinOf(name.slice(1)).pinyin.slice(0, 3)}`
  },
  'phone-tail-3': () => String(100 + most(900)),
  'phone-tail-4': () => String(1000 + most(9000)),
  phone: (size) => mobileOf(most(size)),
  company: (size) => companyName(most(size / 10)).slice(0, 4),
  'company-middle': (size) => companyName(most(size / 10)).slice(2, 4),
  'company-initials': (size) => pinyinOf(companyName(most(size / 10))).initials.slice(0, 5),
  organisation: (size) => companyName(10_000_000 + most(size / 30)).slice(2, 6),
  common: () => ['公司', '科技', '先生', '有限', '电子', '上海'][most(6)] ?? '',
  plate: () => `沪A${String(most(100_000)).padStart(5, '0')}`,
  'plate-tail': () => String(10_000 + most(90_000)),
  'visit-number': (size) => `V${1 + most(size * 5)}`,
}

export async function run(options: Options): Promise<void> {
  const stage = await openStage(options)
  const measure = measuring()
  let before = 0
  for (const size of options.sizes.slice(-2)) {
    await seedWindow(stage.db, stage.house, before, size)
    before = size
    await measure(stage, size)
  }
}

/** Figures of one size after the other; the second says how much the growth costs. */
export function measuring() {
  const figure = figures('window')
  const tell = Object.fromEntries(Object.keys(typing).map((kind) => [kind, growth(figure, kind, 20)]))
  const tellAll = growth(figure, 'all', 20)
  return async (stage: Pick<Stage, 'port' | 'house'>, size: number): Promise<void> => {
    const open = await openDesks(stage)
    const path = (kind: string) => `/api/v1/find?q=${encodeURIComponent(typing[kind]?.(size) ?? '')}`
    // Statements are planned and pages read once before anything counts.
    for (const kind of Object.keys(typing)) await timed(open, 0.3, () => path(kind))
    const all: number[] = []
    for (const kind of Object.keys(typing)) {
      const took = await timed(open, secondsEach, () => path(kind))
      tell[kind]?.(size, took)
      all.push(...took.filter((_, index) => index % Math.ceil(took.length / 200) === 0))
    }
    tellAll(size, all)
    figure('all-p99', percentile(all, 0.99), 'ms', { rows: size })
    for (const one of open) one.close()
  }
}
