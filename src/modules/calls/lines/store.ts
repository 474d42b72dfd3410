import { type RawStatement, raw } from '../../../kernel/db/sql.ts'
import { type Device, type LineState, type Said, saidLapsesHours } from './rules.ts'

export interface LineRow {
  readonly extension: string
  readonly device: Device
  readonly deviceAt: Date | null
  readonly said: Said | null
  readonly saidUntil: Date | null
  readonly saidAt: Date | null
}

const columns = `extension, device, device_at as "deviceAt", said, said_until as "saidUntil", said_at as "saidAt"`

/** In one order, so that two batches never wait for each other crosswise. */
export function lockLines(siteId: string, extensions: readonly string[]): RawStatement<LineRow> {
  return raw(
    `select ${columns} from line where site_id = $1 and extension = any($2::text[]) order by extension for update`,
    [siteId, extensions],
  )
}

/** Whoever writes a message waits for a change of the line that is under way, and the change for the message (C6). */
export function holdLine(siteId: string, extension: string): RawStatement<LineRow> {
  return raw(`select ${columns} from line where site_id = $1 and extension = $2 for share`, [
    siteId,
    extension,
  ])
}

export function allLines(siteId: string): RawStatement<LineRow> {
  return raw(`select ${columns} from line where site_id = $1 order by extension`, [siteId])
}

export function oneLine(siteId: string, extension: string): RawStatement<LineRow> {
  return raw(`select ${columns} from line where site_id = $1 and extension = $2`, [siteId, extension])
}

/** An older word that arrives late changes nothing. */
export function putDevices(
  siteId: string,
  changes: readonly { readonly extension: string; readonly state: Device; readonly at: Date }[],
): RawStatement<unknown> {
  return raw(
    `insert into line (site_id, extension, device, device_at)
     select $1, extension, device, device_at
     from unnest($2::text[], $3::text[], $4::timestamptz[]) as told (extension, device, device_at)
     on conflict (site_id, extension) do update
       set device = excluded.device, device_at = excluded.device_at, version = line.version + 1
       where line.device_at is null or line.device_at <= excluded.device_at`,
    [
      siteId,
      changes.map((one) => one.extension),
      changes.map((one) => one.state),
      changes.map((one) => one.at.toISOString()),
    ],
  )
}

export function putSaid(
  siteId: string,
  extension: string,
  said: {
    readonly said: Said | null
    readonly until: Date | null
    readonly at: Date
    readonly byName: string
  },
): RawStatement<unknown> {
  return raw(
    `insert into line (site_id, extension, said, said_until, said_at, said_by_name) values ($1, $2, $3, $4, $5, $6)
     on conflict (site_id, extension) do update set said = excluded.said, said_until = excluded.said_until,
       said_at = excluded.said_at, said_by_name = excluded.said_by_name, version = line.version + 1`,
    [siteId, extension, said.said, said.until, said.at, said.byName],
  )
}

const lapsed = `said is not null and (said_until <= $1 or (said_until is null and said_at <= $1 - interval '${saidLapsesHours} hours'))`

/** What was said of these lines holds no longer. */
export function lapsedSites(now: Date): RawStatement<{ siteId: string }> {
  return raw(`select distinct site_id as "siteId" from line where ${lapsed}`, [now])
}

export function lockLapsed(siteId: string, now: Date): RawStatement<LineRow> {
  return raw(
    `select ${columns} from line where site_id = $2 and ${lapsed} order by extension for update skip locked`,
    [now, siteId],
  )
}

export function forgetSaid(siteId: string, extensions: readonly string[]): RawStatement<unknown> {
  return raw(
    `update line set said = null, said_until = null, said_at = null, said_by_name = '', version = version + 1
     where site_id = $1 and extension = any($2::text[])`,
    [siteId, extensions],
  )
}

/** `stateOf` of rules.ts. */
const lampState = `case
  when said is not null and (said_until is null or said_until > $3) and
    (said_until is not null or said_at > $3 - interval '${saidLapsesHours} hours') and
    (said <> 'free' or device_at is null or device_at <= said_at) then said
  when device = 'idle' then 'free'
  when device in ('in-use', 'on-hold') then 'busy'
  else device end`

export interface LampRow {
  readonly extension: string
  readonly state: LineState
  readonly said: Said | null
  readonly saidUntil: Date | null
}

export function lamps(siteId: string, extensions: readonly string[], now: Date): RawStatement<LampRow> {
  return raw(
    `select extension, ${lampState} as state, said, said_until as "saidUntil" from line
     where site_id = $1 and extension = any($2::text[])`,
    [siteId, extensions, now],
  )
}

/** How many messages wait for each colleague's line (C6). */
export function waitingCounts(siteId: string): RawStatement<{ employeeId: string; n: number }> {
  return raw(
    `select to_id as "employeeId", count(*)::int as n from message
     where site_id = $1 and to_kind = 'person' and status = 'new' and presented_at is null group by to_id`,
    [siteId],
  )
}

export function exchangeState(siteId: string): RawStatement<{ enabled: boolean; state: string }> {
  return raw('select enabled, state from exchange where site_id = $1', [siteId])
}
