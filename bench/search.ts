/** Finding people as one types, and visits in the register, as the tables grow; deep pages of the register besides. */
import type pg from 'pg'
import { pinyinOf } from '../src/kernel/find/spelling.ts'
import { ask, growth, openDesks, timed } from './ask.ts'
import { figures } from './output.ts'
import type { Options } from './run.ts'
import { prepareSeed, seedVisits } from './seed.ts'
import { openStage } from './stage.ts'
import { anyName, cities, firms, pick, trades } from './walk-in.ts'

const secondsEach = 4

/** What is typed, in the ways of a Chinese desk. */
const typing = {
  name: () => anyName().slice(0, 2),
  'whole-name': () => anyName(),
  surname: () => anyName().slice(0, 1),
  initials: () => pinyinOf(anyName()).initials,
  pinyin: () => pinyinOf(anyName()).pinyin.slice(0, 5),
  'phone-tail': () => String(1000 + Math.floor(Math.random() * 9000)),
  company: () => `${pick(firms)}${pick(trades)}`,
  'company-part': () => `${pick(cities)}${pick(firms)}`,
} as const

export async function run(options: Options): Promise<void> {
  const figure = figures('search')
  const stage = await openStage(options)
  await prepareSeed(stage.db)
  const kinds = Object.keys(typing) as (keyof typeof typing)[]
  const mixed = () => encodeURIComponent(typing[pick(kinds)]())
  const report = {
    known: growth(figure, 'known', 20),
    register: growth(figure, 'register-text', 20),
    deep: growth(figure, 'register-deep-page', 20),
  }
  const each = kinds.map((kind) => [kind, growth(figure, `register-${kind}`, null)] as const)
  let before = 0
  for (const size of options.sizes) {
    await seedVisits(stage.db, stage.house, before, size)
    before = size
    // Anew each time: a connection that rests while the tables grow is closed by the server.
    const open = await openDesks(stage)
    report.known(size, await timed(open, secondsEach, () => `/api/v1/visitors/known?q=${mixed()}`))
    report.register(size, await timed(open, secondsEach, () => `/api/v1/visits?q=${mixed()}`))
    for (const [kind, tell] of each) {
      tell(size, await timed(open, 1, () => `/api/v1/visits?q=${encodeURIComponent(typing[kind]())}`))
    }
    const places = await cursorsOf(stage.db, size)
    report.deep(
      size,
      await timed(open, secondsEach / 2, () => `/api/v1/visits?limit=50&cursor=${pick(places)}`),
    )
    await ask(open[0], '/api/v1/visits?limit=200&order=oldest')
  }
}

/** Places far down the register, as the product writes them. */
async function cursorsOf(db: pg.Client, size: number): Promise<string[]> {
  const { rows } = await db.query<{ at: Date; id: string }>(
    'select sort_at as at, id from visit where random() < $1 limit 200',
    [Math.min(1, 400 / size)],
  )
  return rows.map(({ at, id }) => Buffer.from(`${at.toISOString()}|${id}`).toString('base64url'))
}
