/** The row of a visit as it begins, and the person behind it. */
import { fragmentsOf, pinyinOf, tidy } from '../../kernel/find/spelling.ts'
import { newId } from '../../kernel/ids.ts'
import type { Ctx, Work } from '../../kernel/work/command.ts'
import type { EmployeeCard } from '../directory/public.ts'
import type { Asked } from './consent.ts'
import type { SealedDocument } from './people.ts'
import type { VisitStatus } from './rules.ts'
import { visitorId } from './search.ts'
import type { Category } from './settings.ts'
import * as store from './store.ts'

export interface Details {
  readonly id?: string | undefined
  readonly visitorId?: string | undefined
  readonly visitorName: string
  readonly organisation: string
  /** Normalised already. */
  readonly phone: string
  readonly partySize: number
  readonly companions: readonly string[]
  readonly purpose: string
  readonly kind: string
  readonly hostName: string
  readonly plate: string
  readonly note: string
  /** What exactly within the kind: the post applied for, the goods brought (V6). */
  readonly topic?: string | undefined
  /** Names of the areas chosen, beside those of the category (V9). */
  readonly areas?: readonly string[] | undefined
  readonly parkingPlace?: string | undefined
  readonly driverName?: string | undefined
  /** Normalised already. */
  readonly driverPhone?: string | undefined
}

export interface Beginning {
  readonly host: EmployeeCard | undefined
  readonly number?: number
  readonly status: VisitStatus
  readonly expectedAt: Date | null
  readonly validUntil: Date
  readonly asked?: Asked | null
  readonly consent?: { readonly by: EmployeeCard; readonly how: string } | null
  readonly document?: SealedDocument | null
  readonly passNumber?: string | null
  readonly questionsAt?: Date | null
  readonly route?: string
  /** Turned away in the same moment; for the house only. */
  readonly declineReason?: string
  readonly refuseReason?: string
  /** Let in and told (V6): who receives where no host is named. */
  readonly receiver?: { readonly id: string; readonly name: string } | null
  readonly holdReason?: string
  readonly emergency?: boolean
  readonly permitId?: string | null
  readonly group?: { readonly id: string; readonly title: string } | null
  readonly via?: store.VisitRow['via']
}

export function newVisit(
  ctx: Ctx,
  now: Date,
  by: string,
  category: Category,
  details: Details,
  from: Beginning,
): store.VisitRow {
  const { host, asked = null, consent = null, document = null, passNumber = null } = from
  const name = tidy(details.visitorName)
  const organisation = tidy(details.organisation)
  const inside = from.status !== 'expected'
  return {
    id: details.id ?? newId(),
    site_id: ctx.siteId,
    number: from.number ?? 0,
    version: 1,
    status: from.status,
    previous_status: null,
    status_at: now,
    status_by: by,
    category: category.key,
    kind: details.kind,
    announced: from.status === 'expected',
    group_id: from.group?.id ?? null,
    group_title: from.group?.title ?? null,
    visitor_id: details.visitorId ?? visitorId(ctx.siteId, name, details.phone, organisation),
    visitor_name: name,
    organisation,
    phone: details.phone,
    party_size: Math.max(details.partySize, details.companions.length + 1),
    companions: details.companions,
    purpose: details.purpose,
    plate: details.plate,
    note: details.note,
    host_id: host?.id ?? null,
    host_name: host?.name ?? details.hostName,
    host_department_id: host?.departmentId ?? null,
    host_department: host?.departmentName ?? '',
    host_extension: host?.extension ?? '',
    receiver_id: from.receiver?.id ?? null,
    receiver_name: from.receiver?.name ?? '',
    asked_kind: asked?.asked_kind ?? null,
    asked_id: asked?.asked_id ?? null,
    asked_name: asked?.asked_name ?? '',
    asked_extension: asked?.asked_extension ?? '',
    asked_ids: asked === null ? [] : JSON.parse(asked.asked_ids),
    ask_due_at: asked?.ask_due_at ?? null,
    consent_by: consent?.by.id ?? null,
    consent_by_name: consent?.by.name ?? '',
    consent_how: consent?.how ?? null,
    consent_at: consent === null ? null : now,
    host_ready_at: null,
    decline_reason: from.declineReason ?? '',
    refuse_reason: from.refuseReason ?? '',
    expected_at: from.expectedAt,
    arrived_at: inside ? now : null,
    admitted_at: from.status === 'admitted' ? now : null,
    met_at: null,
    signed_at: null,
    signed_by: null,
    signed_by_name: '',
    sign_note: '',
    left_at: null,
    late_signature: false,
    release_confirmed_by: '',
    valid_until: from.validUntil,
    waiting_place: waitingPlace(category, host),
    areas: [...new Set([...category.areas, ...(details.areas ?? [])])],
    escort_id: null,
    escort_name: '',
    document_kind: document?.kind ?? null,
    document_sealed: document?.sealed ?? null,
    document_index: document?.index ?? null,
    document_tail: document?.tail ?? null,
    document_checked_at: document === null ? null : now,
    document_checked_by: document === null ? null : by,
    pass_number: passNumber,
    pass_returned: null,
    slip_returned: null,
    source: null,
    source_key: null,
    sort_at: from.expectedAt ?? now,
    created_at: now,
    created_by: by,
    created_by_name: ctx.actor.name,
    updated_at: now,
    topic: details.topic ?? '',
    questions_at: from.questionsAt ?? null,
    route: from.route ?? '',
    hold_reason: from.holdReason ?? '',
    emergency: from.emergency ?? false,
    parking_place: details.parkingPlace ?? '',
    driver_name: details.driverName ?? '',
    driver_phone: details.driverPhone ?? '',
    vehicle_in_at: null,
    vehicle_out_at: null,
    led_in_at: null,
    leaving_at: null,
    gate_told_at: null,
    driver_told_at: null,
    permit_id: from.permitId ?? null,
    via: from.via ?? (ctx.actor.kind === 'device' ? 'kiosk' : 'desk'),
    erased_at: null,
    // The trigger `visit_owes_agreements` counts.
    agreements_due: 0,
    // So does `visit_owes_approvals`.
    approvals_due: 0,
    escort_due: false,
    seen_area: '',
    seen_at: null,
  }
}

/** A line worker cannot leave the line for the reception: the guest waits at the gatehouse, the host comes there (V8). */
function waitingPlace(category: Category, host: EmployeeCard | undefined): { zh: string; en: string } {
  return host?.lineWorker === true && category.waitingPlaceLineWorker !== undefined
    ? category.waitingPlaceLineWorker
    : category.waitingPlace
}

export function rememberPerson(work: Work, row: store.VisitRow, at: Date = work.now): void {
  const { pinyin, initials } = pinyinOf(row.visitor_name)
  work.write(
    store.rememberVisitor({
      id: row.visitor_id,
      siteId: row.site_id,
      name: row.visitor_name,
      pinyin,
      initials,
      organisation: row.organisation,
      phone: row.phone,
      grams: fragmentsOf(row.visitor_name, row.organisation),
      plate: row.plate,
      visitId: row.id,
      at,
    }),
  )
}
