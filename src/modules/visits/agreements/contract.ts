import { z } from 'zod'
import {
  type ErrorStatus,
  instant,
  pageOf,
  pageQuery,
  route,
  shortText,
  uuid,
} from '../../../kernel/contract.ts'

export const agreementErrors = {
  'agreement.draft-missing': 409,
  'agreement.not-due': 409,
  'agreement.signature-missing': 422,
  'agreement.effective-before': 422,
} as const satisfies Record<string, ErrorStatus>

export const purposes = ['safety', 'nda', 'house-rules', 'privacy', 'other'] as const
export const agreementStatuses = ['draft', 'published', 'withdrawn'] as const

const title = z.object({ zh: shortText.min(1), en: shortText.min(1) })
const words = z.object({
  zh: z.string().trim().min(1).max(20_000),
  en: z.string().trim().min(1).max(20_000),
})
const keys = z.array(z.string().trim().min(1).max(40)).max(60)

const version = z.object({
  id: uuid,
  number: z.int(),
  body: words,
  effectiveAt: instant.nullable(),
  publishedAt: instant.nullable(),
  publishedByName: z.string(),
  signatures: z.int(),
})

const agreement = z
  .object({
    id: uuid,
    purpose: z.enum(purposes),
    title,
    status: z.enum(agreementStatuses),
    kinds: z.array(z.string()),
    categories: z.array(z.string()),
    validDays: z.int(),
    needsSignature: z.boolean(),
    version: z.int(),
    /** In force now. */
    current: version.nullable(),
    /** Published, in force later. */
    coming: version.nullable(),
    draft: version.nullable(),
  })
  .meta({ id: 'Agreement' })
export type Agreement = z.infer<typeof agreement>
export type AgreementVersion = z.infer<typeof version>

/** What somebody reads before they sign. */
export const dueAgreement = z
  .object({
    versionId: uuid,
    purpose: z.enum(purposes),
    title,
    body: words,
    number: z.int(),
    needsSignature: z.boolean(),
  })
  .meta({ id: 'DueAgreement' })
export type DueAgreement = z.infer<typeof dueAgreement>

/** A hand-drawn signature as the browser gives it; without one the typed name and the tick stand for it. */
export const signing = z.object({
  versionId: uuid,
  signerName: z.string().trim().min(1).max(80),
  language: z.enum(['zh', 'en']),
  /** PNG, base64. */
  picture: z
    .string()
    .max(200_000)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/)
    .nullable()
    .default(null),
  read: z.literal(true).describe('read to the end and agreed'),
})
export type Signing = z.infer<typeof signing>

const tag = 'agreements'
const params = z.object({ id: uuid })
const errors = ['entity.not-found', 'edit.stale', 'transition.refused'] as const
const conditions = {
  title,
  kinds: keys,
  categories: keys,
  validDays: z.int().min(0).max(3650),
  needsSignature: z.boolean(),
}

export const agreements = {
  list: route({
    method: 'GET',
    path: '/agreements',
    id: 'agreements.list',
    tag,
    summary: 'Notices and agreements of the site with what is in force, coming and drafted (V11, V13)',
    action: 'agreement.manage',
    response: z.object({ items: z.array(agreement) }),
  }),
  versions: route({
    method: 'GET',
    path: '/agreements/:id/versions',
    id: 'agreements.versions',
    tag,
    summary: 'Every version with the number of its signatures, newest first',
    action: 'agreement.manage',
    params,
    response: z.object({ items: z.array(version) }),
    errors: ['entity.not-found'],
  }),
  signatures: route({
    method: 'GET',
    path: '/agreements/:id/signatures',
    id: 'agreements.signatures',
    tag,
    summary: 'Who signed which version, newest first',
    action: 'agreement.manage',
    params,
    query: pageQuery,
    response: pageOf(
      z.object({
        id: uuid,
        visitId: uuid,
        signerName: z.string(),
        number: z.int(),
        surface: z.string(),
        manner: z.string(),
        signedAt: instant,
        validUntil: instant.nullable(),
        fileId: uuid.nullable(),
      }),
    ),
    errors: ['entity.not-found'],
  }),
  create: route({
    method: 'POST',
    path: '/agreements',
    id: 'agreements.create',
    tag,
    summary: 'Begin a document; it is a draft until it is published',
    action: 'agreement.manage',
    body: z.object({
      id: uuid.optional(),
      purpose: z.enum(purposes),
      ...conditions,
      kinds: keys.default([]),
      categories: keys.default([]),
      validDays: conditions.validDays.default(0),
      needsSignature: z.boolean().default(true),
      body: words,
    }),
    response: agreement,
  }),
  edit: route({
    method: 'PATCH',
    path: '/agreements/:id',
    id: 'agreements.edit',
    tag,
    summary: 'Change to whom it applies, or write the next draft of its words',
    description: 'Published words never change: `body` goes into a draft, which is asked for once published.',
    action: 'agreement.manage',
    params,
    body: z.object(conditions).partial().extend({ version: z.int(), body: words.optional() }),
    response: agreement,
    errors,
  }),
  publish: route({
    method: 'POST',
    path: '/agreements/:id/publish',
    id: 'agreements.publish',
    tag,
    summary:
      'The draft becomes the next version, in force from now or from a day on; earlier signatures stand',
    action: 'agreement.manage',
    params,
    body: z.object({ version: z.int(), effectiveAt: instant.optional() }),
    response: agreement,
    errors: [...errors, 'agreement.draft-missing', 'agreement.effective-before'],
  }),
  withdraw: route({
    method: 'POST',
    path: '/agreements/:id/withdraw',
    id: 'agreements.withdraw',
    tag,
    summary: 'Nobody is asked to sign it any more',
    action: 'agreement.manage',
    params,
    body: z.object({ version: z.int() }),
    response: agreement,
    errors,
  }),
  restore: route({
    method: 'POST',
    path: '/agreements/:id/restore',
    id: 'agreements.restore',
    tag,
    summary: 'Undo a withdrawal',
    action: 'agreement.manage',
    params,
    body: z.object({ version: z.int() }),
    response: agreement,
    errors,
  }),
  ofVisit: route({
    method: 'GET',
    path: '/visits/:id/agreements',
    id: 'agreements.ofVisit',
    tag,
    summary: 'What a visit has signed, and what it still has to',
    action: 'visit.see',
    params,
    response: z.object({
      due: z.array(dueAgreement),
      signed: z.array(
        z.object({
          versionId: uuid,
          title,
          number: z.int(),
          signerName: z.string(),
          surface: z.string(),
          manner: z.string(),
          signedAt: instant,
          fileId: uuid.nullable(),
        }),
      ),
    }),
    errors: ['entity.not-found'],
  }),
  onPaper: route({
    method: 'POST',
    path: '/visits/:id/agreements/paper',
    id: 'agreements.onPaper',
    tag,
    summary: 'Signed on paper at the desk; the sheet can be attached to the visit',
    action: 'visit.register',
    params,
    body: z.object({ versionId: uuid, signerName: z.string().trim().min(1).max(80) }),
    response: z.object({ left: z.int().describe('documents still to sign') }),
    errors: ['entity.not-found', 'agreement.not-due'],
  }),
}
