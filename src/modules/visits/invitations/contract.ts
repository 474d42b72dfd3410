import { z } from 'zod'
import { type ErrorStatus, instant, route, shortText, uuid } from '../../../kernel/contract.ts'
import { dueAgreement, signing } from '../agreements/contract.ts'
import { way } from '../areas/way.ts'
import { documentCheck } from '../card/contract.ts'

export const invitationErrors = {
  'invitation.too-late': 409,
  'invitation.no-address': 422,
} as const satisfies Record<string, ErrorStatus>

export const letterKinds = ['invite', 'update', 'cancel', 'resend'] as const
const language = z.enum(['zh', 'en'])
const spoken = z.object({ zh: z.string(), en: z.string() })

/** The two fields an announcement takes for it. */
export const invited = {
  email: z.email().max(200).optional().describe('an invitation is sent there (V3)'),
  language: language.optional().describe('the guest’s; Chinese unless given'),
}

const invitation = z.object({
  emailMasked: z.string(),
  language,
  code: z.string().describe('typed at the kiosk'),
  openedAt: instant.nullable(),
  completedAt: instant.nullable(),
  letters: z.array(
    z.object({
      id: uuid,
      kind: z.enum(letterKinds),
      status: z.enum(['queued', 'sending', 'sent', 'failed', 'skipped']),
      attempts: z.int(),
      lastError: z.string().nullable(),
      at: instant,
      sentAt: instant.nullable(),
    }),
  ),
})
export type Invitation = z.infer<typeof invitation>

const own = z
  .object({
    siteName: z.string(),
    zone: z.string(),
    language,
    state: z.enum(['open', 'here', 'over', 'cancelled']),
    visitorName: z.string(),
    organisation: z.string(),
    hostName: z.string(),
    expectedAt: instant.nullable(),
    validUntil: instant.nullable(),
    phoneMasked: z.string(),
    plate: z.string(),
    partySize: z.int(),
    companions: z.array(z.string()),
    documentGiven: z.boolean(),
    completed: z.boolean(),
    code: z.string(),
    qrSvg: z.string(),
    place: z.object({
      address: spoken,
      mapUrl: z.string(),
      directions: spoken,
      parking: spoken,
      houseRules: spoken,
      contact: z.string(),
    }),
    ways: z.array(way).describe('to the areas they may go to (V21)'),
    due: z.array(dueAgreement),
    signed: z.array(z.object({ title: spoken, signedAt: instant })),
  })
  .meta({ id: 'OwnInvitation', description: 'What a guest sees of their own visit, and no more' })
export type OwnInvitation = z.infer<typeof own>

const tag = 'invitations'
const params = z.object({ id: uuid })
const gone = ['entity.not-found', 'invitation.too-late'] as const

export const invitations = {
  ofVisit: route({
    method: 'GET',
    path: '/visits/:id/invitation',
    id: 'invitations.ofVisit',
    tag,
    summary: 'The invitation of a visit and what became of its letters',
    action: 'visit.see',
    params,
    response: z.object({
      invitation: invitation.nullable(),
      can: z.object({ send: z.boolean() }),
    }),
    errors: ['entity.not-found'],
  }),
  send: route({
    method: 'POST',
    path: '/visits/:id/invitation',
    id: 'invitations.send',
    tag,
    summary: 'Invite the announced visitor by e-mail, again or at another address',
    description: 'Another address makes the links sent before worthless.',
    action: 'visit.announce',
    params,
    body: z.object(invited),
    response: invitation,
    errors: [...gone, 'invitation.no-address'],
  }),
  link: route({
    method: 'POST',
    path: '/visits/:id/invitation/link',
    id: 'invitations.link',
    tag,
    summary: 'The guest’s own link, to be sent another way; journalled',
    action: 'visit.announce',
    params,
    response: z.object({ url: z.string() }),
    errors: gone,
  }),
  paper: route({
    method: 'POST',
    path: '/visits/:id/invitation/paper',
    id: 'invitations.paper',
    tag,
    summary: 'The invitation as a sheet of paper (PDF): code, way, house rules; journalled',
    description: 'Also for a guest without e-mail: the code is made with the first sheet.',
    action: 'visit.announce',
    params,
    body: z.object({ language: language.default('zh'), size: z.enum(['A4', 'A5']).default('A4') }),
    response: z.string(),
    raw: 'file',
    errors: gone,
  }),
  own: route({
    method: 'GET',
    path: '/guest/invitation',
    id: 'guest.invitation',
    tag: 'guest',
    summary: 'The guest’s own visit: when, where, whom, the code for the kiosk, what is to be signed',
    action: 'guest.use',
    response: own,
    errors: ['entity.not-found'],
  }),
  complete: route({
    method: 'PATCH',
    path: '/guest/invitation',
    id: 'guest.complete',
    tag: 'guest',
    summary: 'The guest completes their particulars before coming',
    action: 'guest.use',
    body: z.object({
      phone: z
        .string()
        .trim()
        .max(30)
        .regex(/^[+()\-\s\d]*$/)
        .optional(),
      organisation: shortText.optional(),
      plate: z.string().trim().toUpperCase().max(30).optional(),
      plateForeign: z.boolean().optional().describe('stated: a plate GA 36 does not know (V19)'),
      companions: z.array(z.string().trim().min(1).max(80)).max(50).optional(),
      document: documentCheck.optional(),
    }),
    response: own,
    errors: [...gone, 'visit.document-invalid'],
  }),
  sign: route({
    method: 'POST',
    path: '/guest/agreements',
    id: 'guest.sign',
    tag: 'guest',
    summary: 'Read and signed beforehand (V11, V13)',
    action: 'guest.use',
    body: signing,
    response: z.object({ left: z.int() }),
    errors: [...gone, 'agreement.not-due', 'agreement.signature-missing'],
  }),
  cancel: route({
    method: 'POST',
    path: '/guest/cancel',
    id: 'guest.cancel',
    tag: 'guest',
    summary: 'The guest cannot come',
    action: 'guest.use',
    body: z.object({ reason: shortText.default('') }),
    response: own,
    errors: gone,
  }),
  calendar: route({
    method: 'GET',
    path: '/guest/calendar',
    id: 'guest.calendar',
    tag: 'guest',
    summary: 'The visit as a calendar file (RFC 5545)',
    action: 'guest.use',
    response: z.string(),
    raw: 'file',
    errors: ['entity.not-found'],
  }),
}
