/** Members of a group: each is an announced visit (V22). Added with the group, pasted, imported, added late, corrected, taken off. */
import type { FastifyRequest } from 'fastify'
import type { RouteAnswer, RouteInput } from '../../../kernel/contract.ts'
import { DomainError, fail, failWith } from '../../../kernel/errors.ts'
import { tidy } from '../../../kernel/find/spelling.ts'
import { importErrors } from '../../../kernel/imports/contract.ts'
import { readRows } from '../../../kernel/imports/read.ts'
import { type Ctx, command, mustBeVersion, query, type Work } from '../../../kernel/work/command.ts'
import { type EmployeeCard, employeeCard } from '../../directory/public.ts'
import { begin } from '../arrival/begin.ts'
import { plateOf } from '../arrival/particulars.ts'
import { categoryOf, type House, houseOf } from '../house.ts'
import { normalisePhone, type SealedDocument, sealDocument } from '../people.ts'
import { apply, merge } from '../step.ts'
import { plus } from '../tasks.ts'
import { mustBePlate } from '../vehicles/service.ts'
import { heldColumns, standsStill } from '../watch-list/screen.ts'
import { detailOf, type Opened, openGroup, refuse } from './access.ts'
import type { groups, ListAnswer, MemberInput } from './contract.ts'
import { mostMembers } from './contract.ts'
import { type ReadList, readText as readLines, readRowsOf } from './read-list.ts'
import type { GroupDetail } from './shapes.ts'
import * as store from './store.ts'

/** A member as stored: telephone normalised, document sealed, before the transaction begins. */
export interface Prepared extends Omit<MemberInput, 'document' | 'documentKind' | 'plateForeign'> {
  readonly document: SealedDocument | null
}

/** @throws DomainError naming the member whose telephone, plate or document is wrong */
export async function prepare(ctx: Ctx, members: readonly MemberInput[]): Promise<Prepared[]> {
  return Promise.all(
    members.map(async ({ document, documentKind, plateForeign = false, ...member }, i) => ({
      ...member,
      plate: member.plate === '' ? '' : mustBePlate(member.plate, plateForeign, `members.${i}.plate`),
      phone: normalisePhone(member.phone, `members.${i}.phone`),
      document:
        document === ''
          ? null
          : await sealDocument(
              ctx.kernel.secrets,
              { kind: documentKind ?? 'other', number: document },
              `members.${i}.document`,
              ctx.kernel.clock.now(),
            ),
    })),
  )
}

/** Each member through the same door as every announced visitor. */
export async function beginMembers(
  ctx: Ctx,
  work: Work,
  house: House,
  group: store.GroupRow,
  host: EmployeeCard | undefined,
  members: readonly Prepared[],
): Promise<void> {
  const category = categoryOf(house, group.kind, group.category)
  const numbers = await work.all(store.nextNumbers(members.length))
  for (const [i, member] of members.entries()) {
    const card = await begin(
      ctx,
      work,
      house,
      category,
      {
        visitorName: member.visitorName,
        organisation: member.organisation || group.organiser,
        phone: member.phone,
        partySize: 1,
        companions: [],
        purpose: group.purpose || group.title,
        kind: group.kind,
        hostName: group.host_name,
        plate: member.plate,
        note: '',
      },
      {
        host,
        number: numbers[i]?.number ?? 0,
        status: 'expected',
        action: 'visit.announced',
        expectedAt: group.expected_at,
        validUntil: group.valid_until ?? plus(group.expected_at, category.stayMinutes),
        group: { id: group.id, title: group.title },
      },
    )
    // Known from the list, not yet seen at the counter: the check itself is still to be made (V12).
    if (member.document !== null) work.write(store.documentSeen(card.id, member.document))
  }
}

const keyOf = (member: { name: string; phone: string; organisation: string }) =>
  `${tidy(member.name).toLowerCase()}|${member.phone || member.organisation.toLowerCase()}`

export async function add(
  ctx: Ctx,
  { params, body }: RouteInput<typeof groups.add>,
): Promise<RouteAnswer<typeof groups.add>> {
  const [house, prepared] = await Promise.all([houseOf(ctx), prepare(ctx, body.members)])
  const { added, known } = await command(ctx, async (work) => {
    const opened = await openGroup(ctx, work, house, params.id, 'edit')
    const { group } = opened
    const [rows, host] = await Promise.all([
      work.all(store.membersOf(ctx.siteId, group.id)),
      group.host_id === null ? undefined : work.maybe(employeeCard(ctx.siteId, group.host_id)),
    ])
    const there = new Set(
      rows
        .filter((row) => row.status !== 'cancelled')
        .map((row) => keyOf({ name: row.visitor_name, phone: row.phone, organisation: row.organisation })),
    )
    const fresh = prepared.filter((one) => {
      const key = keyOf({
        name: one.visitorName,
        phone: one.phone,
        organisation: one.organisation || group.organiser,
      })
      const known = there.has(key)
      there.add(key)
      return !known
    })
    if (rows.length + fresh.length > mostMembers) refuse('group.too-large')
    await beginMembers(ctx, work, house, group, host, fresh)
    const size = Math.max(group.size, rows.filter((row) => row.status !== 'cancelled').length + fresh.length)
    note(opened, 'visit-group.members-added', { size }, { added: fresh.length })
    return { added: fresh.length, known: prepared.length - fresh.length }
  })
  return { ...(await detailOf(ctx, query(ctx), house, params.id)), added, known }
}

/** The group's own entry: changed columns, next version. */
export function note(
  { work, group, subject }: Opened,
  action: string,
  patch: store.GroupPatch,
  data: Readonly<Record<string, unknown>> = {},
): void {
  const version = group.version + 1
  work.write(store.updateGroup(group.id, { ...patch, version }))
  const old: Readonly<Record<string, unknown>> = group
  work.journal({
    entity: subject.entity,
    entityId: subject.id,
    action,
    version,
    before: Object.fromEntries(Object.keys(patch).map((key) => [key, old[key] ?? null])),
    after: patch,
    data: { ...data, title: group.title, people: group.host_id === null ? [] : [group.host_id] },
  })
}

async function memberOf(ctx: Ctx, { work, group }: Opened, memberId: string) {
  const [row] = await work.all(store.lockMembers(ctx.siteId, group.id, [memberId], null, 1))
  return row ?? fail('entity.not-found')
}

export async function editMember(
  ctx: Ctx,
  { params, body }: RouteInput<typeof groups.editMember>,
): Promise<GroupDetail> {
  const house = await houseOf(ctx)
  const phone = body.phone === undefined ? undefined : normalisePhone(body.phone, 'phone')
  const plate = body.plate === undefined ? undefined : plateOf(ctx, body.plate, body.plateForeign)
  await command(ctx, async (work) => {
    const opened = await openGroup(ctx, work, house, params.id, 'edit')
    const visit = await memberOf(ctx, opened, params.memberId)
    mustBeVersion(visit.version, body.version)
    // The desk corrects whoever is here; a host only those who have not come.
    if (!opened.lens.viewer.atDesk && visit.status !== 'expected')
      throw new DomainError('visit.host-not-asked')
    const patch = {
      ...(body.visitorName === undefined ? {} : { visitor_name: tidy(body.visitorName) }),
      ...(body.organisation === undefined ? {} : { organisation: tidy(body.organisation) }),
      ...(phone === undefined ? {} : { phone }),
      ...(plate === undefined ? {} : { plate }),
    }
    // V12: who was corrected is somebody else to the list.
    const still = await standsStill(work, merge(visit, { ...patch, version: visit.version + 1 }), 'edited')
    await apply(work, house, opened.lens.viewer, visit, 'edit', async () => ({
      ...(still ? { to: heldColumns.status } : {}),
      action: 'visit.edited',
      patch: still ? { ...patch, hold_reason: heldColumns.hold_reason } : patch,
      data: { groupId: params.id },
    }))
    return { id: params.memberId }
  })
  return detailOf(ctx, query(ctx), house, params.id)
}

export async function removeMember(
  ctx: Ctx,
  { params }: RouteInput<typeof groups.removeMember>,
): Promise<GroupDetail> {
  const house = await houseOf(ctx)
  await command(ctx, async (work) => {
    const opened = await openGroup(ctx, work, house, params.id, 'edit')
    const visit = await memberOf(ctx, opened, params.memberId)
    if (visit.status !== 'expected')
      throw new DomainError('transition.refused', { from: visit.status, command: 'remove' })
    await apply(work, house, opened.lens.viewer, visit, 'cancel', async () => ({
      to: 'cancelled',
      action: 'visit.cancelled',
      data: { groupId: params.id },
    }))
    return { id: params.memberId }
  })
  return detailOf(ctx, query(ctx), house, params.id)
}

function answerOf(read: ReadList): ListAnswer {
  if (read.members.length > mostMembers) return refuse('group.too-large')
  // A telephone that only looks like one is a bad line too: what is shown as good can be stored.
  const bad = [...read.bad]
  const members = read.members.filter((member) => {
    try {
      normalisePhone(member.phone, 'phone')
      return true
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      bad.push({ line: member.line, text: member.visitorName, code: 'phone', value: member.phone })
      return false
    }
  })
  bad.sort((a, b) => a.line - b.line)
  return {
    members: members.map((member) => ({ ...member })),
    bad,
    heading: read.heading === null ? null : [...read.heading],
  }
}

export async function readText(_ctx: Ctx, { body }: RouteInput<typeof groups.readText>): Promise<ListAnswer> {
  return answerOf(readLines(body.text))
}

const refuseFile = failWith(importErrors)

/** The kernel reads the sheet, in its own thread with limited memory; the lines are understood like pasted ones. */
export async function readFile(
  _ctx: Ctx,
  _input: unknown,
  http: { readonly request: FastifyRequest },
): Promise<ListAnswer> {
  if (!http.request.isMultipart()) refuseFile('import.no-file')
  const part = (await http.request.file()) ?? refuseFile('import.no-file')
  const { rows } = await readRows(await part.toBuffer())
  return answerOf(readRowsOf(rows))
}
