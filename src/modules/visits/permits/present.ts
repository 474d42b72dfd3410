/** PURE: row → what the interface gets, with today's judgement. */
import { DateTime } from 'luxon'
import { maskNumber } from '../../../kernel/telephone/mask.ts'
import { allows } from '../../../kernel/transitions.ts'
import { texts } from '../present.ts'
import { maskDocument } from '../rules.ts'
import type { PermitCard } from './contract.ts'
import { judge, type Paper, permitTransitions, type Terms } from './rules.ts'
import type { PaperRow, PermitRow } from './store.ts'

export interface PermitLens {
  readonly now: Date
  readonly zone: string
  readonly warnDays: number
  readonly manages: boolean
  readonly registers: boolean
}

export function permitNumber(number: number): string {
  return `P${String(number).padStart(5, '0')}`
}

export function numberOfPermit(text: string): number | null {
  const found = /^[Pp]?0*(\d{1,12})$/.exec(text.trim())
  return found?.[1] === undefined ? null : Number(found[1])
}

export const paperOf = (row: PaperRow): Paper => ({
  kind: row.kind,
  number: row.number,
  expiresOn: row.expires_on,
  blocks: row.blocks,
})

const numbers = (value: unknown): number[] =>
  Array.isArray(value) ? value.filter((one): one is number => typeof one === 'number') : []

export function termsOf(row: PermitRow, papers: readonly PaperRow[]): Terms {
  return {
    status: row.status,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    weekdays: numbers(row.weekdays),
    fromMinute: row.from_minute,
    toMinute: row.to_minute,
    papers: papers.map(paperOf),
  }
}

export function presentPermit(row: PermitRow, papers: readonly PaperRow[], lens: PermitLens): PermitCard {
  const terms = termsOf(row, papers)
  const found = judge(terms, lens.now, lens.zone)
  const local = DateTime.fromJSDate(lens.now, { zone: lens.zone })
  const today = local.toISODate() ?? ''
  const soon = local.plus({ days: lens.warnDays }).toISODate() ?? ''
  const may = (command: 'edit' | 'activate' | 'suspend' | 'end') =>
    lens.manages && allows(permitTransitions, row.status, command)
  return {
    id: row.id,
    number: permitNumber(row.number),
    version: row.version,
    status: row.status,
    statusAt: row.status_at.toISOString(),
    statusByName: row.status_by_name,
    statusReason: row.status_reason,
    holderName: row.holder_name,
    organisation: row.organisation,
    phoneMasked: row.phone === '' ? '' : maskNumber(row.phone),
    documentKind: row.document_kind,
    documentMasked: row.document_tail === null ? '' : maskDocument(row.document_tail),
    plate: row.plate,
    kind: row.kind,
    purpose: row.purpose,
    hostId: row.host_id,
    hostName: row.host_name,
    hostDepartment: row.host_department,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    weekdays: [...terms.weekdays],
    fromMinute: row.from_minute,
    toMinute: row.to_minute,
    areas: texts(row.areas),
    note: row.note,
    papers: papers.map((paper) => ({
      id: paper.id,
      ...paperOf(paper),
      state:
        paper.expires_on === null || paper.expires_on > soon
          ? 'good'
          : paper.expires_on < today
            ? 'expired'
            : 'soon',
    })),
    standing: found.ok
      ? { ok: true, reason: null, paper: '', warnings: found.warnings.map((one) => one.kind) }
      : { ok: false, reason: found.reason, paper: found.paper?.kind ?? '', warnings: [] },
    insideVisitId: row.inside_visit_id,
    can: {
      edit: may('edit'),
      activate: may('activate'),
      suspend: may('suspend'),
      end: may('end'),
      use: lens.registers && found.ok && row.inside_visit_id === null,
    },
  }
}
