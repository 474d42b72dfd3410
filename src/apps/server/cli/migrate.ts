import { readConfig } from '../../../kernel/config.ts'
import { migrate } from '../../../kernel/db/migrate.ts'
import { openDatabase } from '../database.ts'
import { type Command, parse, print } from './command.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'bring the database up to date',
  usage: `foyer migrate

Applies the migrations that the database does not have yet. The server does the same when it starts; run this first
when several nodes are to be updated one after another.`,
  async run(args) {
    parse(args, {})
    const database = await openDatabase(readConfig(), print, async (url) => {
      const applied = await migrate(url)
      print(
        applied.length === 0
          ? 'the database is up to date'
          : applied.map((name) => `applied ${name}`).join('\n'),
      )
    })
    await database.stop()
    return 0
  },
}
