/** Migrates an empty database and compares what came out with db/schema.sql and db/types.ts; `--write` renews both. */
import pg from 'pg'
import { compareOrWrite } from './committed.ts'
import { withDatabase } from './database.ts'
import { dumpSchema } from './schema-dump.ts'
import { kyselyTypes } from './schema-types.ts'

await withDatabase(async (url) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await compareOrWrite('db/schema.sql', await dumpSchema(client))
    await compareOrWrite('db/types.ts', await kyselyTypes(client))
  } finally {
    await client.end()
  }
})
