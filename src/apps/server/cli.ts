/** `npm run foyer -- COMMAND`: works beside a running server and without one. */
import { DomainError } from '../../kernel/errors.ts'
import { apikeyAdd } from './cli/apikey.ts'
import { type Command, print, refusalText, UsageError } from './cli/command.ts'
import { exportCommand } from './cli/export.ts'
import { figuresCheck, figuresRebuild } from './cli/figures.ts'
import { importCommand } from './cli/import.ts'
import { journalVerify } from './cli/journal.ts'
import { migrateCommand } from './cli/migrate.ts'
import { userAdd } from './cli/user.ts'
import { table } from './terminal.ts'

const commands: readonly Command[] = [
  migrateCommand,
  userAdd,
  apikeyAdd,
  importCommand,
  exportCommand,
  journalVerify,
  figuresRebuild,
  figuresCheck,
]

const usage = `npm run foyer -- COMMAND

${table([['Command', ''], ...commands.map(({ name, summary }) => [name, summary])])}

Every command has --help. Exit code: 0 done, 1 refused or something was found, 2 wrong usage.
FOYER_HOME and DATABASE_URL say which house, as for the server.`

async function main(args: readonly string[]): Promise<number> {
  const found = commands.find(({ name }) => name.split(' ').every((word, at) => args[at] === word))
  if (found === undefined) {
    if (args.length === 0 || args[0] === '--help' || args[0] === '-h' || args[0] === 'help') {
      print(usage)
      return args.length === 0 ? 2 : 0
    }
    process.stderr.write(`unknown command: ${args.join(' ')}\n\n${usage}\n`)
    return 2
  }
  const rest = args.slice(found.name.split(' ').length)
  if (rest.includes('--help') || rest.includes('-h')) {
    print(found.usage)
    return 0
  }
  try {
    return await found.run(rest)
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n\n${found.usage}\n`)
      return 2
    }
    process.stderr.write(`${error instanceof DomainError ? refusalText(error) : messageOf(error)}\n`)
    return 1
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

process.exitCode = await main(process.argv.slice(2))
