import type pg from 'pg'

interface Column {
  readonly table_name: string
  readonly column_name: string
  readonly type: string
  readonly required: boolean
  readonly identity: '' | 'a' | 'd'
  readonly generated: boolean
  readonly defaulted: boolean
  readonly labels: string[] | null
  readonly checks: string[] | null
}

/** What the driver of src/kernel/db/pool.ts hands out, and what it takes. */
const types: Readonly<Record<string, string>> = {
  uuid: 'string',
  text: 'string',
  citext: 'string',
  'character varying': 'string',
  character: 'string',
  name: 'string',
  smallint: 'number',
  integer: 'number',
  // Ids and counts stay far below 2^53; the pool parses int8 to number.
  bigint: 'number',
  numeric: 'number',
  real: 'number',
  'double precision': 'number',
  boolean: 'boolean',
  'timestamp with time zone': 'Instant',
  // A day of the site's calendar has no time zone, so it stays text.
  date: 'string',
  'time without time zone': 'string',
  interval: 'string',
  xid8: 'string',
  tsvector: 'string',
  tstzrange: 'string',
  daterange: 'string',
  int4range: 'string',
  inet: 'string',
  json: 'Json',
  jsonb: 'Json',
  bytea: 'Buffer',
}

const header = `// Made by \`npm run schema\` from db/migrations; never edited. \`npm run check\` fails when it differs.
import type { ColumnType, GeneratedAlways } from 'kysely'

/** Has a default: may be left out on insert. */
type Defaulted<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>
type Instant = ColumnType<Date, Date | string, Date | string>
/** Read as unknown: parse it. Written as JSON text, because the driver sends an array as a PostgreSQL array. */
type Json = ColumnType<unknown, string, string>
`

/** The tables as Kysely wants them; a CHECK that lists a column's values becomes a union of literals. */
export async function kyselyTypes(client: pg.Client): Promise<string> {
  const { rows } = await client.query<Column>(
    `select c.relname as table_name, a.attname as column_name,
       format_type(coalesce(nullif(t.typbasetype, 0), t.oid), null) as type,
       a.attnotnull as required, a.attidentity as identity, a.attgenerated <> '' as generated,
       a.atthasdef and a.attgenerated = '' as defaulted,
       (select array_agg(e.enumlabel::text order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid) as labels,
       (select array_agg(pg_get_constraintdef(k.oid) order by k.conname) from pg_constraint k
        where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]) as checks
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     join pg_type t on t.oid = a.atttypid
     where c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
       and c.relnamespace = (select oid from pg_namespace where nspname = 'public')
       and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     order by c.relname, a.attnum`,
  )
  const tables = [...Map.groupBy(rows, (row) => row.table_name)]
  const bodies = tables.map(([table, columns]) => {
    const fields = columns.map((column) => `  ${column.column_name}: ${typeOf(column)}`)
    return `interface ${interfaceName(table)} {\n${fields.join('\n')}\n}\n`
  })
  const db = tables.map(([table]) => `  ${table}: ${interfaceName(table)}`)
  return [header, ...bodies, `export interface DB {\n${db.join('\n')}\n}\n`].join('\n')
}

/** `visit_party` → `VisitPartyTable`; the suffix keeps `File` and `Notification` away from the globals of that name. */
function interfaceName(table: string): string {
  const words = table.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return `${words.join('')}Table`
}

function typeOf(column: Column): string {
  const array = column.type.endsWith('[]')
  const element = array ? column.type.slice(0, -2) : column.type
  const base = literals(column) ?? types[element]
  if (base === undefined)
    throw new Error(`${column.table_name}.${column.column_name}: no type known for ${column.type}`)
  // Kysely takes a column apart into read, insert and update only where it stands alone, not within an array.
  if (array && (base === 'Instant' || base === 'Json'))
    return `${base === 'Instant' ? 'Date' : 'unknown'}[]${column.required ? '' : ' | null'}`
  const wrapped = array ? `${base.includes(' ') ? `(${base})` : base}[]` : base
  const nullable = column.required ? wrapped : `${wrapped} | null`
  if (column.identity === 'a' || column.generated) return `GeneratedAlways<${nullable}>`
  return column.defaulted || column.identity === 'd' ? `Defaulted<${nullable}>` : nullable
}

/** \`status in ('a', 'b')\` and \`roles <@ array['a', 'b']\` as PostgreSQL prints them. */
function literals({ labels, checks }: Column): string | undefined {
  if (labels) return union(labels)
  for (const check of checks ?? []) {
    const flat = check.replaceAll(/[()]/g, '')
    const list = /^CHECK (?:\S+ IS NULL OR )?\S+ (?:= ANY|<@) ARRAY\[(.*)\](?:::\w+\[\])?$/.exec(flat)?.[1]
    const values = list?.match(/'(?:[^']|'')*'/g)
    if (values && values.length > 0)
      return union(values.map((value) => value.slice(1, -1).replaceAll("''", "'")))
  }
  return undefined
}

function union(values: readonly string[]): string {
  return values.map((value) => `'${value.replaceAll("'", "\\'")}'`).join(' | ')
}
