/** The end of the process: first signal orderly, second at once. */
import type { Logger } from 'pino'

/** npm passes Ctrl-C on to a process that already got it from the terminal: that is one wish, not two. */
const sameWishMs = 400
const patienceMs = 25_000

export interface Running {
  /** Steps run in reverse order of registration. */
  onStop(step: () => Promise<unknown>): void
  stopping(): boolean
  /** Ends the process with this code after the steps. */
  stop(code: number): Promise<never>
}

export function stopOnSignals(log: Logger, say: (line: string) => void): Running {
  const steps: (() => Promise<unknown>)[] = []
  let since: number | undefined

  async function stop(code: number): Promise<never> {
    since = performance.now()
    setTimeout(() => {
      log.error('stopping took too long; ending now')
      process.exit(1)
    }, patienceMs).unref()
    let exit = code
    // A step registered while an earlier one runs (start-up interrupted half way) is run too.
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      await step().catch((error: unknown) => {
        log.error({ err: error }, 'could not stop cleanly')
        exit = 1
      })
    }
    process.exit(exit)
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (since === undefined) {
        say('stopping; once more stops at once')
        void stop(0)
      } else if (performance.now() - since > sameWishMs) {
        process.exit(signal === 'SIGINT' ? 130 : 143)
      }
    })
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, 'a fault nobody expected; stopping')
      if (since === undefined) void stop(1)
    })
  }
  return {
    onStop: (step) => {
      steps.push(step)
    },
    stopping: () => since !== undefined,
    stop,
  }
}
