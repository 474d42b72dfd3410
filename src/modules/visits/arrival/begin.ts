/** A visit begins: the row, the person behind it, the first question, the journal entry. Every way in comes through here. */
import { json } from '../../../kernel/db/sql.ts'
import { tidy } from '../../../kernel/find/spelling.ts'
import type { Ctx, Work } from '../../../kernel/work/command.ts'
import type { EmployeeCard } from '../../directory/public.ts'
import type { VisitCard } from '../card/contract.ts'
import { type House, lensOf } from '../house.ts'
import { keepLook } from '../identity/look.ts'
import { guestIsHere } from '../important/arrived.ts'
import { markIssued } from '../passes/store.ts'
import { presentCard, visitNumber } from '../present.ts'
import { type Beginning, type Details, newVisit, rememberPerson } from '../row.ts'
import type { Category } from '../settings.ts'
import { subjectOf } from '../step.ts'
import * as store from '../store.ts'
import { openStay, type TaskSubject } from '../tasks.ts'
import { heldColumns, holds, personOf, raise, screen, stopAsking } from '../watch-list/screen.ts'

export async function begin(
  ctx: Ctx,
  work: Work,
  house: House,
  category: Category,
  details: Details,
  from: Beginning & { readonly action: string },
): Promise<VisitCard> {
  const lens = await lensOf(ctx, work, house, work.now)
  const planned = newVisit(ctx, work.now, lens.viewer.id, category, details, from)
  const { row, hits, held } = await screened(ctx, work, planned)
  rememberPerson(work, row)
  work.write(store.insertVisit({ ...row, ...jsonOf(row) }))
  if (from.document) {
    work.write(store.sealVisitorDocument(row.visitor_id, from.document))
    keepLook(work, row, from.document)
  }
  if (from.passNumber) work.write(markIssued(ctx.siteId, from.passNumber, row.id, work.now))
  if (row.status === 'admitted') {
    openStay(work, subjectOf(row), work.now, from.validUntil, house.timings)
    await guestIsHere(ctx, work, category, row)
  }
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
      ...(row.topic === '' ? {} : { topic: row.topic }),
    },
    data: {
      number: visitNumber(row.number),
      askedName: row.asked_name,
      ...(row.route === '' ? {} : { route: row.route }),
      people: [row.host_id].filter((id) => id !== null),
      ...('despiteDefault' in details ? { despiteDefault: details.despiteDefault } : {}),
    },
  })
  raise(work, row, hits, row.status === 'expected' ? 'announced' : 'registered', held)
  if (held) stopAsking(work, row.id)
  return presentCard(row, lens)
}

/** V12: whoever the list holds waits where they stand; who is only announced is held when they come. */
async function screened(ctx: Ctx, work: Work, planned: store.VisitRow) {
  const hits = await screen(ctx, work, personOf(planned), work.now)
  const held = (planned.status === 'asking' || planned.status === 'admitted') && holds(hits)
  return { row: held ? { ...planned, ...heldColumns, admitted_at: null } : planned, hits, held }
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

export function taskSubject(
  id: string,
  number: number,
  details: Pick<Details, 'visitorName' | 'organisation' | 'hostName'>,
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
