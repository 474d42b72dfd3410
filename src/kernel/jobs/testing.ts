/** A job that shows how often it is begun and ended, and ends when the test says so; nodes in processes of their own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { raw } from '../db/sql.ts'
import type { FoyerModule } from '../module.ts'

export const slowTask = 'slow'

export const slowTables = raw(`create table slow_run (
  job text not null, attempt int not null, pid int not null default 0, ended boolean not null default false)`)

/** Waits for its row in `slow_run` with attempt 0, which the test writes. */
export const slowJobs: FoyerModule = {
  name: 'slow-jobs',
  jobs: {
    [slowTask]: async ({ sql }, payload, { attempt }) => {
      const job = String(payload)
      await sql.run(
        raw('insert into slow_run (job, attempt, pid) values ($1, $2, $3)', [job, attempt, process.pid]),
      )
      while (
        (await sql.maybe(raw('select 1 from slow_run where job = $1 and attempt = 0', [job]))) === undefined
      )
        await sleep(20)
      await sql.run(raw('update slow_run set ended = true where job = $1 and attempt = $2', [job, attempt]))
    },
  },
}

export interface NodeProcess {
  readonly pid: number
  /** SIGKILL, as a power cut: nothing is said to anybody. */
  kill(): Promise<void>
  /** SIGTERM. @returns exit code */
  stop(): Promise<number | null>
}

/** A real node on the database: the application with its background work. */
export function startNode(databaseUrl: string, home: string): NodeProcess {
  const child: ChildProcess = spawn(
    process.execPath,
    [fileURLToPath(new URL('./test-node.ts', import.meta.url)), databaseUrl, home],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  )
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return {
    pid: child.pid ?? 0,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      child.kill('SIGTERM')
      return await ended
    },
  }
}
