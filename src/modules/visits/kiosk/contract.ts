import { z } from 'zod'
import { type ErrorStatus, instant, route, shortText, uuid } from '../../../kernel/contract.ts'
import { dueAgreement, signing } from '../agreements/contract.ts'
import { way } from '../areas/way.ts'

export const kioskErrors = {
  'kiosk.code-wrong': 401,
  'kiosk.pin-wrong': 403,
  'kiosk.not-found': 404,
  'kiosk.too-many-tries': 429,
  'kiosk.ticket-invalid': 403,
  'kiosk.off': 409,
  'kiosk.at-the-desk': 409,
} as const satisfies Record<string, ErrorStatus>

const name = z.string().trim().min(1).max(80)
const language = z.enum(['zh', 'en'])
const spoken = z.object({ zh: z.string(), en: z.string() })

const kiosk = z
  .object({
    id: uuid,
    name: z.string(),
    place: z.string(),
    status: z.enum(['new', 'paired', 'revoked']),
    pairingUntil: instant.nullable(),
    pairedAt: instant.nullable(),
    lastSeenAt: instant.nullable(),
    version: z.int(),
  })
  .meta({ id: 'Kiosk' })
export type Kiosk = z.infer<typeof kiosk>

const pairing = z.object({
  kiosk,
  code: z.string().describe('typed at the kiosk once, within the quarter of an hour'),
  pin: z.string().describe('six digits with which staff leave the kiosk; shown this once'),
})

/** What the kiosk knows of a visit: enough to greet, to lead on, to print; nothing of anybody else. */
const kioskVisit = z
  .object({
    /** Proof that this kiosk has just found or begun this visit; half an hour. */
    ticket: z.string(),
    visitorName: z.string(),
    hostName: z.string(),
    expectedAt: instant.nullable(),
    state: z.enum(['expected', 'asking', 'welcome', 'desk', 'declined', 'over']),
    due: z.array(dueAgreement),
    photoTaken: z.boolean(),
    /** Where to go, once somebody said yes (V21). */
    where: z
      .object({
        waiting: spoken,
        floor: z.string(),
        room: z.string(),
        ways: z.array(way),
      })
      .nullable(),
    waitMinutes: z.int().nullable(),
    passWanted: z.boolean(),
    passNumber: z.string().nullable(),
  })
  .meta({ id: 'KioskVisit' })
export type KioskVisit = z.infer<typeof kioskVisit>

const self = z.object({
  id: uuid,
  name: z.string(),
  siteName: z.string(),
  zone: z.string(),
  walkIn: z.boolean(),
  photo: z.boolean(),
  print: z.enum(['off', 'card', 'sticker']),
  checkOut: z.boolean(),
  resetSeconds: z.int(),
  kinds: z.array(z.object({ key: z.string(), name: spoken, asks: z.array(z.string()) })),
  wording: z.object({ welcome: spoken, wait: spoken, declined: spoken, farewell: spoken }),
})
export type KioskSelf = z.infer<typeof self>

const tag = 'kiosks'
const device = 'kiosk'
const params = z.object({ id: uuid })
const ticket = z.object({ ticket: z.string().max(3000) })
const ofTicket = ['kiosk.ticket-invalid', 'entity.not-found'] as const

export const kiosks = {
  list: route({
    method: 'GET',
    path: '/kiosks',
    id: 'kiosks.list',
    tag,
    summary: 'Kiosks of the site: paired, last seen',
    action: 'kiosk.manage',
    response: z.object({ items: z.array(kiosk) }),
  }),
  create: route({
    method: 'POST',
    path: '/kiosks',
    id: 'kiosks.create',
    tag,
    summary: 'A new kiosk, with the code it is paired by',
    action: 'kiosk.manage',
    body: z.object({ name, place: shortText.default('') }),
    response: pairing,
  }),
  edit: route({
    method: 'PATCH',
    path: '/kiosks/:id',
    id: 'kiosks.edit',
    tag,
    summary: 'Name and place',
    action: 'kiosk.manage',
    params,
    body: z.object({ version: z.int(), name, place: shortText }),
    response: kiosk,
    errors: ['entity.not-found', 'edit.stale'],
  }),
  renew: route({
    method: 'POST',
    path: '/kiosks/:id/pairing',
    id: 'kiosks.renew',
    tag,
    summary: 'A new code and PIN; the device paired before is out at once',
    action: 'kiosk.manage',
    params,
    response: pairing,
    errors: ['entity.not-found'],
  }),
  revoke: route({
    method: 'POST',
    path: '/kiosks/:id/revoke',
    id: 'kiosks.revoke',
    tag,
    summary: 'The device is out at once',
    action: 'kiosk.manage',
    params,
    response: kiosk,
    errors: ['entity.not-found'],
  }),
  pair: route({
    method: 'POST',
    path: '/kiosk/pair',
    id: 'kiosk.pair',
    tag: device,
    summary: 'This browser becomes the kiosk of the code; the code serves once',
    action: 'public',
    body: z.object({ code: z.string().trim().min(6).max(20) }),
    response: z.object({ name: z.string() }),
    errors: ['kiosk.code-wrong'],
  }),
  self: route({
    method: 'GET',
    path: '/kiosk/self',
    id: 'kiosk.self',
    tag: device,
    summary: 'What this kiosk offers',
    action: 'kiosk.use',
    response: self,
  }),
  find: route({
    method: 'POST',
    path: '/kiosk/find',
    id: 'kiosk.find',
    tag: device,
    summary:
      'One’s own appointment by the invitation’s code, or by name and the last four digits of the phone (V3)',
    description: 'Never a list. Too many wrong tries, and the kiosk sends to the desk for ten minutes.',
    action: 'kiosk.use',
    body: z.union([
      z.object({ code: z.string().trim().min(4).max(3000) }),
      z.object({ name, phoneTail: z.string().regex(/^\d{4}$/) }),
    ]),
    response: kioskVisit,
    errors: ['kiosk.not-found', 'kiosk.too-many-tries'],
  }),
  hosts: route({
    method: 'GET',
    path: '/kiosk/hosts',
    id: 'kiosk.hosts',
    tag: device,
    summary: 'Whom one wants to see, when one knows the name',
    description: 'Two characters of the name, or its whole pinyin; nothing when more than three fit (G5).',
    action: 'kiosk.use',
    query: z.object({ q: z.string().trim().min(2).max(60) }),
    response: z.object({
      items: z.array(z.object({ id: uuid, name: z.string(), department: z.string() })),
      more: z.boolean(),
    }),
    errors: ['kiosk.too-many-tries', 'kiosk.off'],
  }),
  agreements: route({
    method: 'GET',
    path: '/kiosk/agreements',
    id: 'kiosk.agreements',
    tag: device,
    summary: 'What somebody of this kind reads and signs before the host is called',
    action: 'kiosk.use',
    query: z.object({ kind: z.string().max(40) }),
    response: z.object({ items: z.array(dueAgreement) }),
    errors: ['visit.kind-unknown', 'visit.category-unknown'],
  }),
  register: route({
    method: 'POST',
    path: '/kiosk/register',
    id: 'kiosk.register',
    tag: device,
    summary: 'Somebody without appointment (V1, V4, V8); the host is asked',
    action: 'kiosk.use',
    body: z.object({
      id: uuid,
      visitorName: name,
      organisation: shortText.default(''),
      phone: z
        .string()
        .trim()
        .max(30)
        .regex(/^[+()\-\s\d]*$/)
        .default(''),
      kind: z.string().max(40),
      purpose: shortText.default(''),
      hostId: uuid.nullable().default(null),
      hostName: shortText.default(''),
      plate: z.string().trim().toUpperCase().max(30).default(''),
      plateForeign: z
        .boolean()
        .default(false)
        .describe('the visitor says so: no plate of the mainland (V19)'),
      partySize: z.int().min(1).max(50).default(1),
    }),
    response: kioskVisit,
    errors: [
      'kiosk.off',
      'kiosk.at-the-desk',
      'visit.kind-unknown',
      'visit.category-unknown',
      'visit.host-unknown',
    ],
  }),
  arrive: route({
    method: 'POST',
    path: '/kiosk/arrive',
    id: 'kiosk.arrive',
    tag: device,
    summary: 'The announced visitor is here (V3); the host is asked or told (V5)',
    action: 'kiosk.use',
    body: ticket,
    response: kioskVisit,
    errors: [...ofTicket, 'transition.refused', 'kiosk.at-the-desk'],
  }),
  visit: route({
    method: 'POST',
    path: '/kiosk/visit',
    id: 'kiosk.visit',
    tag: device,
    summary: 'How it stands now',
    description: 'POST, so that the ticket is in no address and no log.',
    action: 'kiosk.use',
    body: ticket,
    response: kioskVisit,
    errors: ofTicket,
  }),
  sign: route({
    method: 'POST',
    path: '/kiosk/sign',
    id: 'kiosk.sign',
    tag: device,
    summary: 'Read and signed on the screen (V11, V13)',
    action: 'kiosk.use',
    body: signing.extend(ticket.shape),
    response: z.object({ left: z.int() }),
    errors: [...ofTicket, 'agreement.not-due', 'agreement.signature-missing'],
  }),
  photo: route({
    method: 'POST',
    path: '/kiosk/photo',
    id: 'kiosk.photo',
    tag: device,
    summary: 'The visitor’s picture, kept with the visit',
    action: 'kiosk.use',
    body: z.object({
      ...ticket.shape,
      /** JPEG, base64. */
      picture: z
        .string()
        .max(900_000)
        .regex(/^[A-Za-z0-9+/]+={0,2}$/),
    }),
    response: z.object({ kept: z.literal(true) }),
    errors: [...ofTicket, 'kiosk.off', 'file.type'],
  }),
  pass: route({
    method: 'POST',
    path: '/kiosk/pass',
    id: 'kiosk.pass',
    tag: device,
    summary: 'The pass, printed here (V11)',
    action: 'kiosk.use',
    body: ticket,
    response: z.object({
      siteName: z.string(),
      visitorName: z.string(),
      organisation: z.string(),
      hostName: z.string(),
      passNumber: z.string().nullable(),
      areas: z.array(z.string()),
      validUntil: instant.nullable(),
      qrSvg: z.string(),
      safetyNotes: spoken,
    }),
    errors: [...ofTicket, 'kiosk.off', 'kiosk.at-the-desk', 'transition.refused', 'pass.none-left'],
  }),
  leave: route({
    method: 'POST',
    path: '/kiosk/leave',
    id: 'kiosk.leave',
    tag: device,
    summary: 'I am leaving: out by the code of the pass, where the site allows it (V11)',
    action: 'kiosk.use',
    body: z.object({ code: z.string().trim().min(1).max(3000) }),
    response: z.object({ visitorName: z.string() }),
    errors: ['kiosk.off', 'kiosk.not-found', 'kiosk.at-the-desk', 'kiosk.too-many-tries'],
  }),
  help: route({
    method: 'POST',
    path: '/kiosk/help',
    id: 'kiosk.help',
    tag: device,
    summary: 'Somebody at the kiosk asks for help: the desk is told',
    action: 'kiosk.use',
    body: z.object({ language }),
    response: z.object({ told: z.literal(true) }),
  }),
  unsent: route({
    method: 'POST',
    path: '/kiosk/unsent',
    id: 'kiosk.unsent',
    tag: device,
    summary: 'A registration made without the server, which it refuses now: the desk looks into it',
    action: 'kiosk.use',
    body: z.object({
      visitorName: name,
      organisation: shortText.default(''),
      purpose: shortText.default(''),
      hostName: shortText.default(''),
      code: z.string().max(60),
      occurredAt: instant,
    }),
    response: z.object({ told: z.literal(true) }),
  }),
  exit: route({
    method: 'POST',
    path: '/kiosk/exit',
    id: 'kiosk.exit',
    tag: device,
    summary: 'Staff take the browser back; it is no kiosk any more',
    action: 'kiosk.use',
    body: z.object({ pin: z.string().regex(/^\d{6}$/) }),
    response: z.object({ left: z.literal(true) }),
    errors: ['kiosk.pin-wrong', 'kiosk.too-many-tries'],
  }),
}
