/** The visits' part of the device (ui-kit/offline): what it keeps, what it answers, what it lets be done without a server. */
import { call } from '../../../../ui-kit/client.ts'
import { localRead, type OfflinePart } from '../../../../ui-kit/offline/part.ts'
import { dayIn } from '../../../../ui-kit/zone-time.ts'
import { employees } from '../../../directory/contract.ts'
import { visits } from '../../contract.ts'
import { offline } from '../../offline/contract.ts'
import { register } from '../../register/contract.ts'
import { insideStatuses } from '../../rules.ts'
import { visitOfflineCommands } from './commands.ts'
import { boardOf, cardIn, cardsOf, findHosts, kept, overBoard, overList, peopleOf } from './day.ts'
import { detailOf } from './new-card.ts'

/** Enough for a busy half day at one gate. */
const passesWanted = 20

export const visitsOffline: OfflinePart = {
  name: 'visits',
  action: 'visit.register',
  snapshots: [
    {
      name: kept.day,
      everyMinutes: 2,
      entities: ['visit'],
      fetch: (signal) => call(offline.day, {}, { signal, alone: true }),
    },
    {
      name: kept.options,
      everyMinutes: 10,
      entities: ['setting'],
      fetch: (signal) => call(visits.options, {}, { signal, alone: true }),
    },
    {
      name: kept.directory,
      everyMinutes: 60,
      entities: ['employee', 'department'],
      fetch: (signal) => call(offline.directory, {}, { signal, alone: true }),
    },
    {
      name: kept.passes,
      everyMinutes: 5,
      entities: ['pass'],
      fetch: (signal, device) =>
        call(offline.lease, { body: { device, want: passesWanted } }, { signal, alone: true }),
    },
  ],
  reads: [
    localRead(
      visits.board,
      (_, local) => boardOf(local) as never,
      (answer, _, local) => overBoard(answer, local) as never,
    ),
    localRead(
      visits.inside,
      (_, local) => {
        const items = cardsOf(local).filter((card) => insideStatuses.includes(card.status))
        return { now: new Date(local.now()).toISOString(), people: peopleOf(items), items }
      },
      (answer, _, local) => {
        const items = overList(answer.items, local, (card) => insideStatuses.includes(card.status))
        return { ...answer, items, people: peopleOf(items) }
      },
    ),
    localRead(
      visits.get,
      ({ params }, local) => {
        const card = cardIn(local, params.id)
        return card && detailOf(card, local)
      },
      (answer, { params }, local) => ({
        ...answer,
        ...overList([answer], local, (card) => card.id === params.id)[0],
      }),
    ),
    localRead(visits.options, (_, local) => local.snapshot(kept.options)),
    localRead(register.list, ({ query }, local) =>
      // The register itself is the server's; only what the gate asks of it can be told here.
      query.status === 'declined' && query.from !== undefined
        ? {
            items: cardsOf(local).filter(
              (card) =>
                card.status === 'declined' &&
                (card.arrivedAt ?? '').slice(0, 10) >= dayBefore(query.from ?? ''),
            ),
            next: null,
          }
        : undefined,
    ),
    localRead(employees.find, ({ query }, local) => ({
      items: findHosts(local, query.q, Number(query.limit ?? 8)).map((one) => ({
        ...one,
        extension: one.extension || null,
        mobile: null,
        floor: null,
        room: null,
      })),
    })),
    localRead(visits.known, ({ query }, local) => ({ items: knownHere(query.q, cardsOf(local)) })),
  ],
  commands: visitOfflineCommands,
}

/** A day of the site is compared with an instant in UTC: one day's grace either way is right for the last half hour. */
function dayBefore(day: string): string {
  return dayIn('UTC', Date.parse(`${day}T00:00:00Z`) - 86_400_000)
}

/** Only whom the day's list knows: the house's known visitors are not carried around. */
function knownHere(text: string, cards: ReturnType<typeof cardsOf>) {
  const seen = new Set<string>()
  return cards
    .filter(
      (card) =>
        card.visitorName.includes(text.trim()) && !seen.has(card.visitorId) && seen.add(card.visitorId),
    )
    .slice(0, 8)
    .map((card) => ({
      id: card.visitorId,
      name: card.visitorName,
      organisation: card.organisation,
      phoneMasked: card.phoneMasked,
      lastVisitAt: card.arrivedAt ?? card.expectedAt ?? '',
      visits: 1,
      lastKind: card.kind,
      lastHostId: card.hostId,
      lastHostName: card.hostName,
      lastPurpose: card.purpose,
      plate: card.plate,
    }))
}
