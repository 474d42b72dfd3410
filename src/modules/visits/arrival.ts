/** Use cases up to the door: announce, register, check in (V1, V3, V5, V8). */
import type { RouteInput } from '../../kernel/contract.ts'
import { json } from '../../kernel/db/sql.ts'
import { DomainError } from '../../kernel/errors.ts'
import { tidy } from '../../kernel/find/spelling.ts'
import { newId } from '../../kernel/ids.ts'
import { type Ctx, command, type Work } from '../../kernel/work/command.ts'
import { type EmployeeCard, employeeCard } from '../directory/public.ts'
import type { VisitCard } from './card/contract.ts'
import { type Asked, ask, askDesk } from './consent.ts'
import type { visits } from './contract.ts'
import { categoryOf, type House, houseOf, lensOf } from './house.ts'
import { freePass, markIssued } from './passes/store.ts'
import { normalisePhone, type SealedDocument, sealDocument } from './people.ts'
import { presentCard, visitNumber } from './present.ts'
import { type Beginning, newVisit, rememberPerson } from './row.ts'
import { arrivalStatus } from './rules.ts'
import type { Category } from './settings.ts'
import { type Step, step, subjectOf } from './step.ts'
import * as store from './store.ts'
import { asking, openStay, plus, type TaskSubject } from './tasks.ts'

type Announcement = RouteInput<typeof visits.announce>['body']
type Registration = RouteInput<typeof visits.register>['body']
type Details = Omit<Announcement, 'expectedAt' | 'validUntil'>

export async function announce(ctx: Ctx, input: { body: Announcement }): Promise<VisitCard> {
  const { body } = input
  const house = await houseOf(ctx)
  const category = categoryOf(house, body.kind, body.category)
  const expectedAt = new Date(body.expectedAt)
  const validUntil =
    body.validUntil === undefined ? plus(expectedAt, category.stayMinutes) : new Date(body.validUntil)
  if (validUntil <= expectedAt) {
    throw new DomainError('input.invalid', {}, [{ path: 'validUntil', code: 'before-start' }])
  }
  const phone = normalisePhone(body.phone, 'phone')
  return command(ctx, async (work) => {
    const [host, { number }, person] = await Promise.all([
      hostOf(ctx, work, body),
      work.one(store.nextNumber),
      knownPerson(ctx, work, body),
    ])
    return create(
      ctx,
      work,
      house,
      category,
      { ...body, ...whoIs(body, phone, person) },
      {
        host,
        number,
        status: 'expected',
        action: 'visit.announced',
        expectedAt,
        validUntil,
        asked: null,
        consent: null,
        document: null,
        passNumber: null,
      },
    )
  })
}

export async function register(ctx: Ctx, input: { body: Registration }): Promise<VisitCard> {
  const { body } = input
  const house = await houseOf(ctx)
  const category = categoryOf(house, body.kind, body.category)
  if (category.refuseByDefault && body.despiteDefault === undefined) {
    throw new DomainError('visit.refused-by-default', { category: category.key })
  }
  const phone = normalisePhone(body.phone, 'phone')
  const document =
    body.document === undefined
      ? null
      : await sealDocument(ctx.kernel.secrets, body.document, 'document.number')
  return command(ctx, async (work) => {
    const [host, person, consentBy, { number }, passNumber] = await Promise.all([
      hostOf(ctx, work, body),
      knownPerson(ctx, work, body),
      body.consent === undefined ? undefined : work.maybe(employeeCard(ctx.siteId, body.consent.byId)),
      work.one(store.nextNumber),
      body.issuePass ? takePass(ctx, work, body.passNumber) : null,
    ])
    if (body.consent !== undefined && consentBy === undefined) throw unknownHost('consent.byId')
    const who = whoIs(body, phone, person)
    mustHaveRequired(category, { ...body, ...who })
    const status = arrivalStatus(category, { announced: false, consentGiven: consentBy !== undefined })
    const id = body.id ?? newId()
    const subject = taskSubject(id, number, body, host)
    const asked = status === 'asking' ? firstAsked(work, house, subject, host) : null
    return create(
      ctx,
      work,
      house,
      category,
      { ...body, ...who, id },
      {
        host,
        number,
        status,
        action: 'visit.registered',
        expectedAt: null,
        validUntil: plus(work.now, category.stayMinutes),
        asked,
        consent: consentBy === undefined ? null : { by: consentBy, how: body.consent?.how ?? 'phone' },
        document,
        passNumber,
      },
    )
  })
}

/** An announced visitor stands at the gate, or one who had been given up (V3). */
export async function checkIn(ctx: Ctx, input: RouteInput<typeof visits.checkIn>): Promise<VisitCard> {
  const { body, params } = input
  const document =
    body.document === undefined
      ? null
      : await sealDocument(ctx.kernel.secrets, body.document, 'document.number')
  return step(ctx, params.id, 'checkIn', async (at) => {
    const { work, house, visit } = at
    const category = categoryOf(house, visit.kind, visit.category)
    const [host, consentBy, passNumber] = await Promise.all([
      visit.host_id === null ? undefined : work.maybe(employeeCard(ctx.siteId, visit.host_id)),
      body.consent === undefined ? undefined : work.maybe(employeeCard(ctx.siteId, body.consent.byId)),
      body.issuePass ? takePass(ctx, work, body.passNumber) : null,
    ])
    if (body.consent !== undefined && consentBy === undefined) throw unknownHost('consent.byId')
    const to = arrivalStatus(category, { announced: visit.announced, consentGiven: consentBy !== undefined })
    if (passNumber !== null) work.write(markIssued(ctx.siteId, passNumber, visit.id, work.now))
    if (document !== null) work.write(store.sealVisitorDocument(visit.visitor_id, document))
    const validUntil = validityFrom(work.now, visit.valid_until, category)
    return {
      to,
      action: 'visit.checked-in',
      patch: {
        arrived_at: work.now,
        sort_at: work.now,
        valid_until: validUntil,
        ...(body.partySize === undefined ? {} : { party_size: body.partySize }),
        ...(body.plate === undefined ? {} : { plate: body.plate }),
        ...documentColumns(document, work.now, at.viewer.id),
        ...(passNumber === null ? {} : { pass_number: passNumber, pass_returned: null }),
        ...(to === 'admitted' ? admit(at, validUntil) : firstAsked(work, house, subjectOf(visit), host)),
        ...(consentBy === undefined
          ? {}
          : {
              consent_by: consentBy.id,
              consent_by_name: consentBy.name,
              consent_how: body.consent?.how ?? 'phone',
              consent_at: work.now,
            }),
      },
      data: { passNumber },
    }
  })
}

/** A visit planned for the morning and begun in the afternoon is not overstayed on arrival. */
function validityFrom(now: Date, planned: Date | null, category: Category): Date {
  const usual = plus(now, category.stayMinutes)
  return planned !== null && planned > usual ? planned : usual
}

/** Consent is there: the guest waits, looked after (V17) and watched (V18). */
function admit({ work, house, visit, subject }: Step, validUntil: Date): store.VisitPatch {
  work.settleTasks(subject, asking, 'admitted')
  openStay(work, subjectOf(visit), work.now, validUntil, house.timings)
  return { admitted_at: work.now }
}

async function create(
  ctx: Ctx,
  work: Work,
  house: House,
  category: Category,
  details: Details,
  from: Beginning & { readonly action: string },
): Promise<VisitCard> {
  const lens = await lensOf(ctx, work, house, work.now)
  const row = newVisit(ctx, work.now, lens.viewer.id, category, details, from)
  rememberPerson(work, row)
  work.write(store.insertVisit({ ...row, ...jsonOf(row) }))
  if (from.document) work.write(store.sealVisitorDocument(row.visitor_id, from.document))
  if (from.passNumber) work.write(markIssued(ctx.siteId, from.passNumber, row.id, work.now))
  if (row.status === 'admitted') openStay(work, subjectOf(row), work.now, from.validUntil, house.timings)
  work.journal({
    entity: 'visit',
    entityId: row.id,
    action: from.action,
    version: 1,
    after: {
      status: row.status,
      visitor_name: row.visitor_name,
      organisation: row.organisation,
      host_name: row.host_name,
      category: row.category,
      kind: row.kind,
      party_size: row.party_size,
      expected_at: row.expected_at,
      pass_number: row.pass_number,
    },
    data: {
      number: visitNumber(row.number),
      askedName: row.asked_name,
      people: [row.host_id].filter((id) => id !== null),
      ...('despiteDefault' in details ? { despiteDefault: details.despiteDefault } : {}),
    },
  })
  return presentCard(row, lens)
}

function jsonOf(row: store.VisitRow) {
  const { companions, areas, waiting_place, asked_ids } = row
  return {
    companions: json(companions),
    areas: json(areas),
    waiting_place: json(waiting_place),
    asked_ids: json(asked_ids),
    group_title: undefined,
  }
}

export function documentColumns(document: SealedDocument | null, now: Date, by: string): store.VisitPatch {
  if (document === null) return {}
  return {
    document_kind: document.kind,
    document_sealed: document.sealed,
    document_index: document.index,
    document_tail: document.tail,
    document_checked_at: now,
    document_checked_by: by,
  }
}

async function hostOf(
  ctx: Ctx,
  work: Work,
  details: Pick<Details, 'hostId'>,
): Promise<EmployeeCard | undefined> {
  if (details.hostId === null) return undefined
  const host = await work.maybe(employeeCard(ctx.siteId, details.hostId))
  if (host === undefined) throw unknownHost('hostId')
  return host
}

/**
 * @throws DomainError `input.invalid` for somebody this site does not know: ids are not a way into another site's people
 */
async function knownPerson(
  ctx: Ctx,
  work: Work,
  { visitorId }: Pick<Announcement, 'visitorId'>,
): Promise<{ name: string; phone: string } | undefined> {
  if (visitorId === undefined) return undefined
  const found = await work.maybe(store.visitorContact(ctx.siteId, visitorId))
  if (found === undefined)
    throw new DomainError('input.invalid', {}, [{ path: 'visitorId', code: 'unknown' }])
  return found
}

/** The desk saw only a masked phone (G5): the known one is taken over. Another name is another person. */
function whoIs(
  body: Pick<Announcement, 'visitorId' | 'visitorName'>,
  phone: string,
  known: { readonly name: string; readonly phone: string } | undefined,
): { phone: string; visitorId: string | undefined } {
  if (known === undefined || tidy(body.visitorName) !== known.name) return { phone, visitorId: undefined }
  return { phone: phone === '' ? known.phone : phone, visitorId: body.visitorId }
}

function unknownHost(path: string): DomainError {
  return new DomainError('visit.host-unknown', {}, [{ path, code: 'unknown' }])
}

function taskSubject(
  id: string,
  number: number,
  details: Details,
  host: EmployeeCard | undefined,
): TaskSubject {
  return {
    id,
    number,
    visitorName: tidy(details.visitorName),
    organisation: tidy(details.organisation),
    hostName: host?.name ?? details.hostName,
    hostId: host?.id ?? null,
  }
}

/** The host is asked first; a host nobody knows is the desk's to find. */
function firstAsked(work: Work, house: House, visit: TaskSubject, host: EmployeeCard | undefined): Asked {
  if (host === undefined) return askDesk(work, visit, [])
  return ask(work, house, visit, { kind: 'person', id: host.id, name: host.name }, [])
}

/**
 * @throws DomainError `pass.not-free` for a named number in use, `pass.none-left`
 */
export async function takePass(ctx: Ctx, work: Work, wanted: string | undefined): Promise<string> {
  const found = await work.maybe(freePass(ctx.siteId, wanted ?? null))
  if (found === undefined)
    throw new DomainError(wanted === undefined ? 'pass.none-left' : 'pass.not-free', { number: wanted })
  return found.number
}

function mustHaveRequired(category: Category, body: Registration): void {
  const given = {
    organisation: body.organisation !== '',
    phone: body.phone !== '',
    purpose: body.purpose !== '',
    plate: body.plate !== '',
    host: body.hostId !== null || body.hostName !== '',
  }
  const missing = category.required.filter((field) => !given[field])
  if (missing.length === 0) return
  const fields = missing.map((field) => ({ path: field === 'host' ? 'hostId' : field, code: 'required' }))
  throw new DomainError('input.invalid', {}, fields)
}
