/** PURE: a group and its members as the interface gets them. */
import { z } from 'zod'
import { instant, uuid } from '../../../kernel/contract.ts'
import { statuses } from '../rules.ts'
import { groupStates, passModes } from './rules.ts'

const counts = z.object({
  size: z.int(),
  in: z.int(),
  out: z.int(),
  inside: z.int(),
  held: z.int(),
  asking: z.int(),
  missing: z.int(),
  neverCame: z.int(),
  cancelled: z.int(),
})

export const groupCard = z
  .object({
    id: uuid,
    version: z.int(),
    title: z.string(),
    organiser: z.string(),
    state: z.enum(groupStates),
    counts,
    hostId: uuid.nullable(),
    hostName: z.string(),
    hostDepartment: z.string(),
    hostExtension: z.string(),
    place: z.string(),
    kind: z.string(),
    purpose: z.string(),
    note: z.string(),
    expectedAt: instant,
    validUntil: instant.nullable(),
    leaderName: z.string(),
    leaderPhoneMasked: z.string(),
    plates: z.array(z.string()),
    expectedSize: z
      .int()
      .describe('how many were announced; the members may be fewer until the list is here'),
    headcount: z.object({ expected: z.int(), in: z.int(), out: z.int() }),
    passMode: z.enum(passModes),
    passNumber: z.string().nullable(),
    askedAt: instant.nullable(),
    consentByName: z.string(),
    consentAt: instant.nullable(),
    declinedAt: instant.nullable(),
    declineReason: z.string(),
    leaderSignedAt: instant.nullable(),
    hostSignedAt: instant.nullable(),
    hostSignedByName: z.string(),
    createdByName: z.string(),
    can: z.object({
      edit: z.boolean(),
      checkIn: z.boolean(),
      release: z.boolean(),
      sign: z.boolean(),
      answer: z.boolean(),
      ask: z.boolean(),
      cancel: z.boolean(),
      reveal: z.boolean(),
    }),
  })
  .meta({ id: 'VisitGroup' })
export type GroupCard = z.infer<typeof groupCard>

const member = z.object({
  id: uuid.describe('of the visit'),
  number: z.string(),
  version: z.int(),
  status: z.enum(statuses),
  visitorName: z.string(),
  pinyin: z.string(),
  initials: z.string(),
  organisation: z.string(),
  phoneMasked: z.string(),
  phoneTail: z.string(),
  documentTail: z.string(),
  plate: z.string(),
  people: z.int(),
  passNumber: z.string().nullable(),
  arrivedAt: instant.nullable(),
  leftAt: instant.nullable(),
  lateSignature: z.boolean(),
  escortDue: z.boolean().describe('asked for at the exit (V13)'),
  escortName: z.string(),
  crowd: z.boolean().describe('stands for the people counted without names'),
})
export type GroupMember = z.infer<typeof member>

export const groupDetail = groupCard.extend({ members: z.array(member) }).meta({ id: 'VisitGroupDetail' })
export type GroupDetail = z.infer<typeof groupDetail>
