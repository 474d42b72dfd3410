/** What every command of `npm run foyer` is made of. */
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { systemActor } from '../../../kernel/actor.ts'
import { readConfig } from '../../../kernel/config.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { type Kernel, systemCtx } from '../../../kernel/kernel.ts'
import { makeLog } from '../../../kernel/log.ts'
import type { Ctx } from '../../../kernel/work/command.ts'
import { sites } from '../../../modules/identity/public.ts'
import { buildApp } from '../app.ts'
import { openDatabase } from '../database.ts'
import { humanLines } from '../terminal.ts'

export interface Command {
  readonly name: string
  readonly summary: string
  /** Printed by `--help`. */
  readonly usage: string
  /** @returns exit code: 0 done, 1 refused or something was found */
  run(args: readonly string[]): Promise<number>
}

/** The caller misunderstood the command: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const print = (text: string) => process.stdout.write(`${text}\n`)

/** `parseArgs` whose complaints are usage errors. */
export function parse<const T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** Opens database and modules as the server does, beside a running one or without; nothing works in the background. */
export async function withKernel<T>(use: (kernel: Kernel) => Promise<T>): Promise<T> {
  const config = { ...readConfig(), poolSize: 4 }
  const log = makeLog(
    'warn',
    humanLines((text) => process.stderr.write(text)),
  )
  const database = await openDatabase(config, () => undefined)
  try {
    const app = await buildApp({ config, databaseUrl: database.url, log })
    try {
      return await use(app.kernel)
    } finally {
      await app.stop()
    }
  } finally {
    await database.stop()
  }
}

/** @param code of the site; the only one when left out */
export async function ctxAt(kernel: Kernel, code: string | undefined): Promise<Ctx> {
  const all = await kernel.sql.all(sites())
  const codes = all.map((site) => site.code).join(', ')
  if (all.length === 0)
    throw new DomainError('site.unknown', { why: 'there is no site yet: run npm start and open /setup' })
  if (code === undefined && all.length > 1)
    throw new UsageError(`There are several sites; say which: --site CODE (${codes})`)
  const found = code === undefined ? all[0] : all.find((site) => site.code === code)
  if (found === undefined) throw new DomainError('site.unknown', { code, known: codes })
  return systemCtx(kernel, found.id, systemActor)
}

/** A refusal in one line: its code, the fields it names, what it says besides. */
export function refusalText(error: DomainError): string {
  const fields = error.fields.map(({ path, code, data }) => {
    const more = data === undefined ? '' : ` ${JSON.stringify(data)}`
    return `  ${path}: ${code}${more}`
  })
  const data = Object.entries(error.data).map(([key, value]) => `  ${key}: ${String(value)}`)
  return [`refused: ${error.code}`, ...fields, ...data].join('\n')
}
