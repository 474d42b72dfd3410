/** Questions over HTTP, a few at a time, and how long the answers took. */
import { Connection } from './connection.ts'
import { type Figure, percentile } from './output.ts'
import { atEnd, type Stage } from './stage.ts'

/** As many desks ask at the same moment; more would measure the queue. */
const desks = 2

export async function openDesks(stage: Pick<Stage, 'port' | 'house'>): Promise<Connection[]> {
  const headers = { authorization: `Bearer ${stage.house.key.secret}`, 'foyer-site': stage.house.siteId }
  const open = await Promise.all(Array.from({ length: desks }, () => Connection.open(stage.port, headers)))
  atEnd(() => {
    for (const one of open) one.close()
  })
  return open
}

export async function ask(connection: Connection | undefined, path: string): Promise<string> {
  const answer = await connection?.get(path)
  if (answer?.status !== 200) throw new Error(`${path}: ${answer?.status} ${answer?.body}`)
  return answer.body
}

/** @returns milliseconds of each answer, warm-up left out */
export async function timed(
  open: readonly Connection[],
  seconds: number,
  next: () => string,
): Promise<number[]> {
  const took: number[] = []
  const warm = performance.now() + Math.min(1500, seconds * 300)
  const until = warm + seconds * 1000
  await Promise.all(
    open.map(async (connection) => {
      for (let now = performance.now(); now < until; now = performance.now()) {
        await ask(connection, next())
        if (now > warm) took.push(performance.now() - now)
      }
    }),
  )
  return took
}

/** Times of one question at growing sizes, and how much ten times the rows cost. */
export function growth(figure: Figure, name: string, aim: number | null) {
  let before: { size: number; p50: number; p95: number } | undefined
  return (size: number, took: readonly number[]): void => {
    const p50 = percentile(took, 0.5)
    const p95 = percentile(took, 0.95)
    const of = { rows: size, answers: took.length }
    figure(`${name}-p50`, p50, 'ms', of)
    figure(`${name}-p95`, p95, 'ms', aim === null ? of : { ...of, aim, ok: p95 < aim })
    if (before !== undefined) {
      const times = size / before.size
      figure(`${name}-growth`, p50 / before.p50, 'of p50', {
        from: before.size,
        rows: size,
        times,
        aim: 1.5,
        ok: p50 / before.p50 <= 1.5,
      })
    }
    before = { size, p50, p95 }
  }
}
