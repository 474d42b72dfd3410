import { setTimeout as sleep } from 'node:timers/promises'

/** Waits for something that no screen shows. @throws Error naming it after `ms` */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  ms = 45_000,
): Promise<T> {
  const end = performance.now() + ms
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (performance.now() > end) throw new Error(`waited ${ms} ms for ${what}`)
    await sleep(100)
  }
}
