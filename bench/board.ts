/** Today's board with 500 on site, while the register behind it grows. */
import { ask, growth, openDesks, timed } from './ask.ts'
import { figures } from './output.ts'
import type { Options } from './run.ts'
import { prepareSeed, seedToday, seedVisits } from './seed.ts'
import { openStage } from './stage.ts'

export async function run(options: Options): Promise<void> {
  const figure = figures('board')
  const stage = await openStage(options)
  await prepareSeed(stage.db)
  await seedToday(stage.db, stage.house)
  const report = growth(figure, 'board', 10)
  let before = 0
  for (const size of options.sizes) {
    await seedVisits(stage.db, stage.house, before, size)
    before = size
    // Anew each time: a connection that rests while the tables grow is closed by the server.
    const open = await openDesks(stage)
    const body = await ask(open[0], '/api/v1/visits/board')
    const { items, inside }: { items: unknown[]; inside: number } = JSON.parse(body)
    figure('cards', items.length, 'cards', { rows: size, people: inside, bytes: Buffer.byteLength(body) })
    // One desk at a time: the board is fetched on opening and after changes, not typed.
    report(size, await timed(open.slice(0, 1), 5, () => '/api/v1/visits/board'))
  }
}
