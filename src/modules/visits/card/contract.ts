import { z } from 'zod'
import { day, type ErrorStatus, instant, uuid } from '../../../kernel/contract.ts'
import { storedKinds } from '../identity/kinds.ts'
import { hopResults } from '../routes/rules.ts'
import { commands, requirements, statuses } from '../rules.ts'

export const visitErrors = {
  'visit.requirements-missing': 409,
  'visit.host-not-asked': 403,
  'visit.host-unknown': 422,
  'visit.host-must-confirm': 409,
  'visit.category-unknown': 422,
  'visit.kind-unknown': 422,
  'visit.undo-too-late': 409,
  'visit.refused-by-default': 409,
  'visit.questions-missing': 422,
  'visit.hop-answered': 409,
  'visit.topic-unknown': 422,
  'visit.document-invalid': 422,
  'visit.too-many-rows': 422,
  'pass.not-free': 409,
  'pass.none-left': 409,
  'pass.unknown': 404,
  'pass.not-yours': 409,
} as const satisfies Record<string, ErrorStatus>

const documentKind = z.enum(storedKinds)

export const documentCheck = z.object({
  kind: documentKind,
  /** Empty: seen, but the number is not recorded. */
  number: z.string().trim().max(40).default(''),
  nameOnDocument: z.string().trim().max(80).optional(),
  expiresOn: day.nullable().optional().describe('null: none written on it, or valid for ever (长期)'),
  issuingCountry: z
    .string()
    .trim()
    .toUpperCase()
    .max(3)
    .optional()
    .describe('ISO 3166, two or three letters'),
  suspicion: z.string().trim().max(200).optional().describe('what seemed odd; stays inside'),
})

export const visitCard = z
  .object({
    id: uuid,
    number: z.string(),
    status: z.enum(statuses),
    version: z.int(),
    category: z.string(),
    important: z.boolean(),
    kind: z.string(),
    visitorId: uuid,
    visitorName: z.string(),
    organisation: z.string(),
    phoneMasked: z.string(),
    partySize: z.int(),
    purpose: z.string(),
    hostId: uuid.nullable(),
    hostName: z.string(),
    hostDepartment: z.string(),
    hostExtension: z.string(),
    receiverId: uuid.nullable(),
    receiverName: z.string(),
    askedName: z.string(),
    askedKind: z.enum(['person', 'post']).nullable(),
    askedId: z.string().nullable(),
    askedExtension: z.string(),
    askDueAt: instant.nullable(),
    hostReadyAt: instant.nullable(),
    expectedAt: instant.nullable(),
    arrivedAt: instant.nullable(),
    admittedAt: instant.nullable(),
    metAt: instant.nullable(),
    signedAt: instant.nullable(),
    leftAt: instant.nullable(),
    validUntil: instant.nullable(),
    waitingPlace: z.object({ zh: z.string(), en: z.string() }),
    areas: z.array(z.string()),
    passNumber: z.string().nullable(),
    documentChecked: z.boolean(),
    lateSignature: z.boolean(),
    plate: z.string(),
    groupTitle: z.string().nullable(),
    say: z
      .object({ zh: z.string(), en: z.string() })
      .optional()
      .describe(
        'of `declined`: the courteous words of the row that led here (V5, V6); absent: the house’s usual ones',
      ),
    outstanding: z.array(z.enum(requirements)),
    can: z.partialRecord(
      z.enum([...commands, 'signAgreement', 'settleArea', 'nameEscort', 'reveal', 'remind', 'print']),
      z.boolean(),
    ),
  })
  .meta({ id: 'VisitCard' })
export type VisitCard = z.infer<typeof visitCard>

/** One who was asked about a visitor, and the answer (V5, V6). */
export const visitHop = z.object({
  n: z.int(),
  target: z.string(),
  kind: z.enum(['person', 'post']),
  id: z.string(),
  name: z.object({ zh: z.string(), en: z.string() }),
  department: z.string(),
  extension: z.string(),
  askedAt: instant,
  askedByName: z.string(),
  how: z.string(),
  result: z.enum(hopResults).nullable(),
  endedAt: instant.nullable(),
  endedByName: z.string(),
  seconds: z.int().nullable(),
  note: z.string().describe('only for those who may know it'),
})
export type VisitHop = z.infer<typeof visitHop>

export const visitDetail = visitCard
  .extend({
    companions: z.array(z.string()),
    note: z.string(),
    consentHow: z.string().nullable(),
    consentByName: z.string(),
    declineReason: z.string().describe('only for those who may know it; never for the visitor (V5)'),
    refuseReason: z.string(),
    documentKind: documentKind.nullable(),
    documentMasked: z.string(),
    documentChecks: z
      .array(
        z.object({
          at: instant,
          byName: z.string(),
          kind: documentKind,
          masked: z.string(),
          nameOnDocument: z.string(),
          nameAgrees: z.enum(['unknown', 'same', 'close', 'differs']),
          expiresOn: day.nullable(),
          issuingCountry: z.string(),
          suspicion: z.string(),
        }),
      )
      .describe('each look at a document (V12); only for those who may know it'),
    escortId: uuid.nullable(),
    escortName: z.string(),
    passReturned: z.boolean().nullable(),
    slipReturned: z.boolean().nullable(),
    releaseConfirmedBy: z.string(),
    signedByName: z.string(),
    createdAt: instant,
    createdByName: z.string(),
    timeline: z.array(
      z.object({
        at: instant,
        action: z.string(),
        actorName: z.string(),
        data: z.record(z.string(), z.unknown()),
      }),
    ),
    visitsBefore: z.int(),
    topic: z.string(),
    questionsAt: instant.nullable().describe('when the three questions were answered (V4)'),
    route: z.object({ key: z.string(), name: z.object({ zh: z.string(), en: z.string() }) }).nullable(),
    hops: z.array(visitHop).describe('who was asked, in order (V5, V6)'),
  })
  .meta({ id: 'VisitDetail' })
export type VisitDetail = z.infer<typeof visitDetail>
