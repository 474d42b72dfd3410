/** SQL of unannounced visits (V15). */
import { type RawStatement, raw } from '../../../kernel/db/sql.ts'

export interface UnannouncedRow {
  readonly visit_id: string
  readonly claim: string
  readonly charge_kind: 'person' | 'post'
  readonly charge_id: string
  readonly charge_name: string
  readonly instruction: 'receive' | 'wait' | 'decline' | 'other' | null
  readonly instruction_words: string
  readonly instructed_by_name: string
  readonly instructed_how: 'phone' | 'in-person' | 'chat' | null
  readonly instructed_at: Date | null
  readonly recorded_by_name: string
}

const columns = `visit_id, claim, charge_kind, charge_id, charge_name, instruction, instruction_words, instructed_by_name,
  instructed_how, instructed_at, recorded_by_name`

export function unannouncedOf(siteId: string, visitId: string): RawStatement<UnannouncedRow> {
  return raw(`select ${columns} from visit_unannounced where site_id = $1 and visit_id = $2`, [
    siteId,
    visitId,
  ])
}

export function putUnannounced(siteId: string, row: UnannouncedRow): RawStatement<unknown> {
  return raw(
    `insert into visit_unannounced (visit_id, site_id, claim, charge_kind, charge_id, charge_name, instruction,
       instruction_words, instructed_by_name, instructed_how, instructed_at, recorded_by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (visit_id) do update set charge_kind = excluded.charge_kind, charge_id = excluded.charge_id,
       charge_name = excluded.charge_name, instruction = excluded.instruction,
       instruction_words = excluded.instruction_words, instructed_by_name = excluded.instructed_by_name,
       instructed_how = excluded.instructed_how, instructed_at = excluded.instructed_at,
       recorded_by_name = excluded.recorded_by_name`,
    [
      row.visit_id,
      siteId,
      row.claim,
      row.charge_kind,
      row.charge_id,
      row.charge_name,
      row.instruction,
      row.instruction_words,
      row.instructed_by_name,
      row.instructed_how,
      row.instructed_at,
      row.recorded_by_name,
    ],
  )
}
