import { z } from 'zod'
import { instant, route, shortText, uuid } from '../../../kernel/contract.ts'
import { visitCard } from '../card/contract.ts'

const tag = 'offline'
const device = z
  .string()
  .regex(/^[\w-]{8,64}$/)
  .describe('id the installation of the app made for itself')

const entry = z.object({
  id: uuid.describe('of the entry; also its idempotency key'),
  device,
  route: z.string().max(80),
  visitId: uuid.nullable(),
  label: shortText.describe('whom it is about'),
  occurredAt: instant,
  code: z.string().max(80).describe('why the server refused it'),
})

/** What a gate, desk or kiosk needs to go on without a server, and how it comes back (design §1.5). */
export const offline = {
  day: route({
    method: 'GET',
    path: '/offline/day',
    id: 'offline.day',
    tag,
    summary: 'Everyone inside, everyone expected until tomorrow, those who left today: what a device keeps',
    description: 'V3, V18. Kept encrypted on the device; phones are masked as on every card.',
    action: 'visit.read',
    response: z.object({ now: instant, items: z.array(visitCard) }),
  }),
  directory: route({
    method: 'GET',
    path: '/offline/directory',
    id: 'offline.directory',
    tag,
    summary: 'The least a gate needs of colleagues: name, department, extension',
    action: 'visit.register',
    response: z.object({
      items: z.array(
        z.object({
          id: uuid,
          name: z.string(),
          pinyin: z.string(),
          initials: z.string(),
          departmentId: uuid.nullable(),
          departmentName: z.string(),
          title: z.string(),
          extension: z.string(),
          lineWorker: z.boolean(),
        }),
      ),
    }),
  }),
  lease: route({
    method: 'POST',
    path: '/offline/passes',
    id: 'offline.lease',
    tag,
    summary: 'Free pass numbers this device alone may hand out while no server can be asked (V11)',
    description:
      'The highest free numbers, at most half of the stock for all devices together. Asking again keeps them; `want: 0` gives them back. What is not asked for again is free after three days.',
    action: 'visit.register',
    body: z.object({ device, want: z.int().min(0).max(100) }),
    response: z.object({ numbers: z.array(z.string()), until: instant }),
  }),
  key: route({
    method: 'POST',
    path: '/offline/key',
    id: 'offline.key',
    tag,
    summary: 'The key under which this device keeps this person’s data (G5)',
    description: 'The same for the same person, site and device; the device forgets it at sign-out.',
    action: 'visit.register',
    body: z.object({ device }),
    response: z.object({ secret: z.string() }),
  }),
  takeOver: route({
    method: 'POST',
    path: '/offline/take-over',
    id: 'offline.takeOver',
    tag,
    summary: 'Open what somebody else left on a device without sending it; journalled',
    action: 'offline.take-over',
    body: z.object({ device, userId: shortText.min(1) }),
    response: z.object({ secret: z.string() }),
  }),
  report: route({
    method: 'POST',
    path: '/offline/conflicts',
    id: 'offline.report',
    tag,
    summary: 'An entry made without a server was refused: a task, because somebody may stand inside (V12)',
    action: 'visit.register',
    body: entry,
    response: z.object({ id: uuid }),
  }),
  settle: route({
    method: 'POST',
    path: '/offline/conflicts/:id/settle',
    id: 'offline.settle',
    tag,
    summary:
      'What was decided about a refused entry: theirs stands, mine went on record another way, or it is dropped (G4)',
    action: 'visit.register',
    params: z.object({ id: uuid }),
    body: entry.extend({
      decision: z.enum(['theirs', 'mended', 'dropped']),
      reason: shortText.default(''),
      /** What was to be recorded; names only, never a document number. */
      what: z.record(z.string(), z.unknown()).default({}),
    }),
    response: z.object({ id: uuid }),
  }),
}
