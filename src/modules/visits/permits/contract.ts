import { z } from 'zod'
import {
  day,
  type ErrorStatus,
  instant,
  longText,
  pageOf,
  pageQuery,
  route,
  shortText,
  uuid,
} from '../../../kernel/contract.ts'
import { visitCard } from '../card/contract.ts'
import { permitReasons, permitStatuses } from './rules.ts'

export const permitErrors = {
  'permit.unknown': 404,
  'permit.refused': 409,
  'permit.already-inside': 409,
  'permit.ambiguous': 409,
  'permit.too-many-rows': 422,
} as const satisfies Record<string, ErrorStatus>

const paper = z.object({
  id: uuid,
  kind: z.string(),
  number: z.string(),
  expiresOn: day.nullable(),
  blocks: z.boolean(),
  state: z.enum(['good', 'soon', 'expired']),
})

const standing = z.object({
  ok: z.boolean(),
  reason: z.enum(permitReasons).nullable(),
  paper: z.string().describe('the paper the reason is about'),
  warnings: z.array(z.string()).describe('expired papers that only warn'),
})

export const permitCard = z
  .object({
    id: uuid,
    number: z.string(),
    version: z.int(),
    status: z.enum(permitStatuses),
    statusAt: instant,
    statusByName: z.string(),
    statusReason: z.string(),
    holderName: z.string(),
    organisation: z.string(),
    phoneMasked: z.string(),
    documentKind: z.string().nullable(),
    documentMasked: z.string(),
    plate: z.string(),
    kind: z.string(),
    purpose: z.string(),
    hostId: uuid.nullable(),
    hostName: z.string(),
    hostDepartment: z.string(),
    validFrom: day,
    validTo: day,
    weekdays: z.array(z.int()),
    fromMinute: z.int(),
    toMinute: z.int(),
    areas: z.array(z.string()),
    note: z.string(),
    papers: z.array(paper),
    standing,
    insideVisitId: uuid.nullable(),
    can: z.object({
      edit: z.boolean(),
      activate: z.boolean(),
      suspend: z.boolean(),
      end: z.boolean(),
      use: z.boolean(),
    }),
  })
  .meta({ id: 'Permit' })
export type PermitCard = z.infer<typeof permitCard>

const permitDetail = permitCard.extend({
  history: z
    .array(
      z.object({
        at: instant,
        action: z.string(),
        actorName: z.string(),
        reason: z.string().describe('of a state given, or of a refusal at the door'),
        paper: z.string(),
      }),
    )
    .describe('newest first'),
})
export type PermitDetail = z.infer<typeof permitDetail>

const facts = z.object({
  holderName: z.string().trim().min(1).max(80),
  organisation: shortText.optional(),
  phone: z
    .string()
    .trim()
    .max(30)
    .regex(/^[+()\-\s\d]*$/)
    .optional(),
  document: z
    .object({
      kind: z.enum(['id-card', 'passport', 'travel-permit', 'driving-licence', 'other']),
      number: z.string().trim().toUpperCase().max(30),
    })
    .optional(),
  plate: z.string().trim().toUpperCase().max(30).optional(),
  plateForeign: z.boolean().optional().describe('stated: a plate GA 36 does not know (V19)'),
  kind: z.string().max(40),
  purpose: shortText.optional(),
  hostId: uuid.nullable().optional(),
  validFrom: day,
  validTo: day,
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).optional().describe('ISO, 1 = Monday'),
  fromMinute: z.int().min(0).max(1439).optional(),
  toMinute: z.int().min(1).max(1440).optional(),
  areas: z.array(shortText.min(1)).max(30).optional(),
  note: longText.optional(),
  papers: z
    .array(
      z.object({
        kind: z.string().trim().min(1).max(60),
        number: z.string().trim().max(60).default(''),
        expiresOn: day.nullable().default(null),
        blocks: z.boolean().default(true),
      }),
    )
    .max(20)
    .optional()
    .describe('all of them: what is left out is removed'),
})

const tag = 'permits'
const params = z.object({ id: uuid })
const factErrors = [
  'visit.kind-unknown',
  'visit.category-unknown',
  'visit.host-unknown',
  'visit.document-invalid',
] as const
const command = { body: z.object({ reason: shortText.default('') }), response: permitCard } as const
const commandErrors = ['entity.not-found', 'transition.refused'] as const

const filter = z.object({
  status: z
    .enum([...permitStatuses, 'expiring'])
    .optional()
    .describe('expiring: a paper or the permit within 30 days'),
  hostId: uuid.optional(),
  q: z.string().trim().max(60).optional().describe('name, pinyin, initials, organisation, number, plate'),
})

export const permits = {
  list: route({
    method: 'GET',
    path: '/permits',
    id: 'permits.list',
    tag,
    summary: 'Standing permits, what runs out first on top (V22); a host sees their own',
    action: 'permit.read',
    query: filter.extend(pageQuery.shape),
    response: pageOf(permitCard),
  }),
  export: route({
    method: 'GET',
    path: '/permits/export',
    id: 'permits.export',
    tag,
    summary: 'The list as Excel, with every paper and its last day',
    action: 'permit.manage',
    query: filter.extend({ language: z.enum(['zh', 'en']).default('zh') }),
    response: z.string(),
    raw: 'file',
    errors: ['permit.too-many-rows'],
  }),
  get: route({
    method: 'GET',
    path: '/permits/:id',
    id: 'permits.get',
    tag,
    summary: 'One permit with its papers and its course',
    action: 'permit.read',
    params,
    response: permitDetail,
    errors: ['entity.not-found'],
  }),
  create: route({
    method: 'POST',
    path: '/permits',
    id: 'permits.create',
    tag,
    summary: 'Draft a permit',
    action: 'permit.manage',
    body: facts.extend({ id: uuid.optional() }),
    response: permitCard,
    errors: factErrors,
  }),
  edit: route({
    method: 'PATCH',
    path: '/permits/:id',
    id: 'permits.edit',
    tag,
    summary: 'Change a permit; the original stays in the journal (G4)',
    action: 'permit.manage',
    params,
    body: facts.partial().extend({ version: z.int() }),
    response: permitCard,
    errors: [...commandErrors, ...factErrors, 'edit.stale'],
  }),
  activate: route({
    method: 'POST',
    path: '/permits/:id/activate',
    id: 'permits.activate',
    tag,
    summary: 'From now on the permit opens the door',
    action: 'permit.manage',
    params,
    ...command,
    errors: commandErrors,
  }),
  suspend: route({
    method: 'POST',
    path: '/permits/:id/suspend',
    id: 'permits.suspend',
    tag,
    summary: 'Not for now',
    action: 'permit.manage',
    params,
    ...command,
    errors: commandErrors,
  }),
  end: route({
    method: 'POST',
    path: '/permits/:id/end',
    id: 'permits.end',
    tag,
    summary: 'Not any more',
    action: 'permit.manage',
    params,
    ...command,
    errors: commandErrors,
  }),
  use: route({
    method: 'POST',
    path: '/permits/use',
    id: 'permits.use',
    tag,
    summary: 'Check in by permit: its code, number, plate or the holder’s name (V22)',
    description:
      'All in order: a visit without questions. Otherwise 409 `permit.refused` with the reason, which is journalled.',
    action: 'visit.register',
    body: z.object({ code: z.string().trim().min(1).max(3000), issuePass: z.boolean().default(true) }),
    response: z.object({ visit: visitCard, permit: permitCard }),
    errors: [
      'permit.unknown',
      'permit.refused',
      'permit.already-inside',
      'permit.ambiguous',
      'pass.none-left',
    ],
  }),
  paper: route({
    method: 'GET',
    path: '/permits/:id/paper',
    id: 'permits.paper',
    tag,
    summary: 'What the permit card is printed from; the code as SVG',
    action: 'permit.read',
    params,
    response: z.object({ siteName: z.string(), permit: permitCard, qrSvg: z.string() }),
    errors: ['entity.not-found'],
  }),
}
