/** An evacuation where there is no network (V18, design §1.5): the list is kept, marks wait and are merged. */

import { call } from '../../../../ui-kit/client.ts'
import { type Local, localCommand, localRead, type OfflinePart } from '../../../../ui-kit/offline/part.ts'
import { ApiProblem } from '../../../../ui-kit/problem.ts'
import { type MusterPersonCard, musters } from '../contract.ts'

type Current = Awaited<ReturnType<typeof fetchCurrent>>
interface Kept {
  readonly id: string
  readonly revision: number
  readonly items: readonly MusterPersonCard[]
}

const fetchCurrent = (signal: AbortSignal) => call(musters.current, {}, { signal })

async function fetchPeople(signal: AbortSignal): Promise<Kept | null> {
  const { muster, rights } = await fetchCurrent(signal)
  if (muster === null || !(rights.mark || rights.read)) return null
  const { revision, items } = await call(musters.people, { params: { id: muster.id }, query: {} }, { signal })
  return { id: muster.id, revision, items }
}

interface Sent {
  readonly params: { readonly id: string }
  readonly body: {
    readonly id?: string | undefined
    readonly name?: string | undefined
    readonly organisation?: string | undefined
    readonly zone?: string | undefined
    readonly point?: string | undefined
    readonly at?: string | undefined
    readonly marks?:
      | readonly { personId: string; safe: boolean; at: string; point?: string | undefined }[]
      | undefined
  }
}

function added({ body }: Sent, by: string): MusterPersonCard {
  const at = body.at ?? ''
  return {
    id: body.id ?? '',
    kind: 'other',
    name: body.name ?? '',
    organisation: body.organisation ?? '',
    hostName: '',
    detail: '',
    zone: { zh: body.zone ?? '', en: body.zone ?? '' },
    addedHow: 'found',
    addedAt: at,
    addedByName: by,
    safe: true,
    markedAt: at,
    markedByName: by,
    point: body.point ?? '',
    missingAt: null,
    outcome: null,
    outcomeNote: '',
    outcomeByName: '',
    outcomeAt: null,
  }
}

/** What waits here, laid over what is known: later counts, and "safe" at the same moment; as on the server. */
function overlay(items: readonly MusterPersonCard[], sent: readonly Sent[], by: string): MusterPersonCard[] {
  const all = new Map(items.map((person) => [person.id, person]))
  for (const one of sent) {
    for (const mark of one.body.marks ?? []) {
      const person = all.get(mark.personId)
      if (!person) continue
      const known = Math.max(Date.parse(person.markedAt ?? '') || 0, Date.parse(person.missingAt ?? '') || 0)
      if (Date.parse(mark.at) < known) continue
      all.set(
        person.id,
        mark.safe
          ? person.safe
            ? person
            : { ...person, safe: true, markedAt: mark.at, markedByName: by, point: mark.point ?? '' }
          : { ...person, safe: false, markedAt: null, markedByName: '', point: '', missingAt: mark.at },
      )
    }
    if (one.body.name !== undefined && !all.has(one.body.id ?? '')) all.set(one.body.id ?? '', added(one, by))
  }
  return [...all.values()]
}

const waiting = (local: Local, id: string) =>
  local.entries
    .filter(
      (entry) => entry.subject === id && (entry.route === musters.mark.id || entry.route === musters.add.id),
    )
    .map((entry) => entry.parts as Sent)

function listOf(local: Local, id: string): Kept | undefined {
  const kept = local.snapshot<Kept | null>('muster.people')
  if (kept?.id !== id) return undefined
  return { ...kept, items: overlay(kept.items, waiting(local, id), local.owner.name) }
}

function current(local: Local): Current | undefined {
  const kept = local.snapshot<Current>('muster.current')
  const list = kept?.muster ? listOf(local, kept.muster.id) : undefined
  if (!kept?.muster || !list) return kept
  const safe = list.items.filter((person) => person.safe).length
  return { ...kept, muster: { ...kept.muster, total: list.items.length, safe } }
}

function act(parts: Sent, local: Local) {
  const kept = listOf(local, parts.params.id)
  if (!kept) throw new ApiProblem({ code: 'network.unreachable', status: 0 })
  const touched = new Set([...(parts.body.marks ?? []).map((mark) => mark.personId), parts.body.id])
  const of = (items: readonly MusterPersonCard[]) => items.filter((person) => touched.has(person.id))
  const after = of(overlay(kept.items, [parts], local.owner.name))
  return {
    label: after
      .map((person) => person.name)
      .join('、')
      .slice(0, 120),
    before: of(kept.items),
    after,
    answer: { revision: kept.revision, items: after },
  }
}

export const musterPart: OfflinePart = {
  name: 'muster',
  action: 'muster.see',
  snapshots: [
    { name: 'muster.current', everyMinutes: 5, entities: ['muster'], fetch: fetchCurrent },
    { name: 'muster.people', everyMinutes: 5, entities: ['muster'], fetch: fetchPeople },
    {
      name: 'muster.inside',
      everyMinutes: 2,
      entities: ['visit', 'outing', 'staff-presence'],
      fetch: async (signal) => {
        const { rights } = await fetchCurrent(signal)
        return rights.read ? await call(musters.inside, {}, { signal }) : undefined
      },
    },
  ],
  reads: [
    localRead(musters.current, (_, local) => current(local)),
    localRead(musters.inside, (_, local) => local.snapshot('muster.inside')),
    localRead(
      musters.people,
      ({ params }, local) => {
        const list = listOf(local, params.id)
        const muster = current(local)?.muster
        return list && muster ? { revision: list.revision, items: [...list.items], muster } : undefined
      },
      (answer, { params }, local) => ({
        ...answer,
        items: overlay(answer.items, waiting(local, params.id), local.owner.name),
      }),
    ),
  ],
  commands: [
    localCommand(musters.mark, {
      subject: ({ params }) => params.id,
      act: (parts, local) => act(parts, local),
    }),
    localCommand(musters.add, {
      subject: ({ params }) => params.id,
      act: (parts, local) => act(parts, local),
    }),
  ],
}
