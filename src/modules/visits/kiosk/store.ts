import { type RawStatement, raw } from '../../../kernel/db/sql.ts'

export interface KioskRow {
  readonly id: string
  readonly siteId: string
  readonly name: string
  readonly place: string
  readonly status: 'new' | 'paired' | 'revoked'
  readonly pairingUntil: Date | null
  readonly pinIndex: string
  readonly pairedAt: Date | null
  readonly lastSeenAt: Date | null
  readonly failures: number
  readonly failuresSince: Date | null
  readonly version: number
}

const columns = `id, site_id as "siteId", name, place, status, pairing_until as "pairingUntil", pin_index as "pinIndex",
  paired_at as "pairedAt", last_seen_at as "lastSeenAt", failures, failures_since as "failuresSince", version`

export function kiosksOf(siteId: string): RawStatement<KioskRow> {
  return raw(
    `select ${columns} from kiosk where site_id = $1 order by status = 'revoked', name, id limit 500`,
    [siteId],
  )
}

export function lockKiosk(siteId: string, id: string): RawStatement<KioskRow> {
  return raw(`select ${columns} from kiosk where site_id = $1 and id = $2 for update`, [siteId, id])
}

export interface KioskInsert {
  readonly id: string
  readonly siteId: string
  readonly name: string
  readonly place: string
  readonly pairingIndex: string
  readonly pairingUntil: Date
  readonly pinIndex: string
  readonly at: Date
  readonly by: string
}

export function insertKiosk(row: KioskInsert): RawStatement<unknown> {
  return raw(
    `insert into kiosk (id, site_id, name, place, pairing_index, pairing_until, pin_index, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[row.id, row.siteId, row.name, row.place, row.pairingIndex, row.pairingUntil, row.pinIndex, row.at],
      row.by,
    ],
  )
}

export function renameKiosk(id: string, name: string, place: string): RawStatement<unknown> {
  return raw('update kiosk set name = $2, place = $3, version = version + 1 where id = $1', [id, name, place])
}

/** The code is new, the device before is out, the PIN is another. */
export function renewKiosk(
  id: string,
  pairingIndex: string,
  until: Date,
  pinIndex: string,
): RawStatement<unknown> {
  return raw(
    `update kiosk set status = 'new', pairing_index = $2, pairing_until = $3, pin_index = $4, secret_sha256 = null,
       failures = 0, failures_since = null, version = version + 1 where id = $1`,
    [id, pairingIndex, until, pinIndex],
  )
}

export function putOut(id: string, status: 'new' | 'revoked'): RawStatement<unknown> {
  return raw(
    `update kiosk set status = $2, pairing_index = null, pairing_until = null, secret_sha256 = null,
       version = version + 1 where id = $1`,
    [id, status],
  )
}

/** Of twenty browsers with the same code one gets the row: the others find the code gone. */
export function claimPairing(pairingIndex: string, secretSha256: string, at: Date): RawStatement<KioskRow> {
  return raw(
    `update kiosk set status = 'paired', secret_sha256 = $2, paired_at = $3, last_seen_at = $3, pairing_index = null,
       pairing_until = null, failures = 0, failures_since = null, version = version + 1
     where pairing_index = $1 and pairing_until > $3 and status = 'new' returning ${columns}`,
    [pairingIndex, secretSha256, at],
  )
}

export function pairedKiosk(id: string, secretSha256: string): RawStatement<KioskRow> {
  return raw(`select ${columns} from kiosk where id = $1 and secret_sha256 = $2 and status = 'paired'`, [
    id,
    secretSha256,
  ])
}

export function seen(id: string, at: Date): RawStatement<unknown> {
  return raw('update kiosk set last_seen_at = $2 where id = $1', [id, at])
}

/** Counts from anew when the last wrong try is long ago. */
export function countFailure(id: string, at: Date, since: Date): RawStatement<unknown> {
  return raw(
    `update kiosk set failures = case when failures_since > $3 then failures + 1 else 1 end,
       failures_since = case when failures_since > $3 then failures_since else $2 end where id = $1`,
    [id, at, since],
  )
}

/** Today's appointment of exactly this name with exactly this end of the phone; two are nobody's. */
export function expectedNamed(
  siteId: string,
  name: string,
  phoneTail: string,
  from: Date,
  to: Date,
): RawStatement<{ id: string }> {
  return raw(
    `select id from visit where site_id = $1 and status in ('expected', 'no_show') and expected_at >= $4 and expected_at < $5
       and lower(visitor_name) = lower($2) and right(phone, 4) = $3 order by expected_at limit 2`,
    [siteId, name, phoneTail, from, to],
  )
}

export function kioskById(siteId: string, id: string): RawStatement<KioskRow> {
  return raw(`select ${columns} from kiosk where site_id = $1 and id = $2`, [siteId, id])
}
