import { z } from 'zod'
import {
  changesOf,
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
import { lineFaults, memberFields } from './read-list.ts'
import { passModes } from './rules.ts'
import { groupCard, groupDetail } from './shapes.ts'

/** Beyond this many a request would hold its locks too long; the screen sends the next three hundred. */
export const mostAtOnce = 300
export const mostMembers = 2000

export const groupErrors = {
  'group.nobody-waiting': 409,
  'group.nobody-inside': 409,
  'group.counted-too-many': 409,
  'group.no-headcount': 422,
  'group.closed': 409,
  'group.too-large': 422,
  'group.not-asked': 409,
} as const satisfies Record<string, ErrorStatus>

const memberInput = z.object({
  visitorName: z.string().trim().min(1).max(80),
  organisation: shortText.default(''),
  phone: z
    .string()
    .trim()
    .max(30)
    .regex(/^[+()\-\s\d]*$/)
    .default(''),
  documentKind: z
    .enum(['id-card', 'passport', 'travel-permit', 'driving-licence', 'other'])
    .nullable()
    .default(null),
  document: z.string().trim().toUpperCase().max(30).default(''),
  plate: z.string().trim().toUpperCase().max(30).default(''),
  plateForeign: z.boolean().optional().describe('stated: a plate GA 36 does not know (V19)'),
})
export type MemberInput = z.infer<typeof memberInput>

const facts = z.object({
  title: z.string().trim().min(1).max(120),
  organiser: shortText.default(''),
  hostId: uuid.nullable().default(null),
  hostName: shortText.default(''),
  place: shortText.default(''),
  kind: z.string().max(40),
  purpose: shortText.default(''),
  note: longText.default(''),
  expectedAt: instant,
  validUntil: instant.optional(),
  leaderName: z.string().trim().max(80).default(''),
  leaderPhone: z
    .string()
    .trim()
    .max(30)
    .regex(/^[+()\-\s\d]*$/)
    .default(''),
  plates: z.array(z.string().trim().toUpperCase().min(1).max(30)).max(20).default([]),
  platesForeign: z.boolean().default(false).describe('stated: plates GA 36 does not know are among them'),
  expectedSize: z.int().min(1).max(mostMembers).default(1),
  headcount: z.int().min(0).max(mostMembers).default(0).describe('people counted without names'),
  passMode: z.enum(passModes).default('each'),
})

const listAnswer = z.object({
  members: z.array(memberInput.extend({ line: z.int() })),
  bad: z.array(z.object({ line: z.int(), text: z.string(), code: z.enum(lineFaults), value: z.string() })),
  heading: z.array(z.enum(memberFields).nullable()).nullable(),
})
export type ListAnswer = z.infer<typeof listAnswer>

const whom = z.object({
  memberIds: z
    .array(uuid)
    .max(mostAtOnce)
    .optional()
    .describe('left out: everybody, at most 300 in one request'),
})

/** `left`: how many the same request would still find; the screen sends it again. */
const done = z.object({
  done: z.int(),
  held: z.int(),
  asking: z.int(),
  already: z.int(),
  left: z.int(),
  passes: z.array(z.object({ memberId: uuid, number: z.string() })),
  group: groupCard,
})
export type GroupDone = z.infer<typeof done>

const tag = 'groups'
const params = z.object({ id: uuid })
const memberParams = z.object({ id: uuid, memberId: uuid })
const here = ['entity.not-found', 'visit.host-not-asked', 'group.closed'] as const
const hostErrors = ['visit.host-unknown', 'visit.kind-unknown', 'visit.category-unknown'] as const

export const groups = {
  list: route({
    method: 'GET',
    path: '/visit-groups',
    id: 'groups.list',
    tag,
    summary: 'Groups and tours, newest first; a host sees their own (V22)',
    action: 'visit.announce',
    query: pageQuery.extend({
      from: day.optional(),
      to: day.optional().describe('included'),
      order: z.enum(['newest', 'soonest']).default('newest'),
      q: z.string().trim().max(60).optional().describe('title, organiser, leader, host'),
    }),
    response: pageOf(groupCard),
  }),
  board: route({
    method: 'GET',
    path: '/visit-groups/board',
    id: 'groups.board',
    tag,
    summary: 'Groups of today, and those still inside: n of m',
    action: 'visit.read',
    response: z.object({ items: z.array(groupCard) }),
  }),
  get: route({
    method: 'GET',
    path: '/visit-groups/:id',
    id: 'groups.get',
    tag,
    summary: 'One group with its members',
    action: 'visit.announce',
    params,
    response: groupDetail,
    errors: ['entity.not-found'],
  }),
  create: route({
    method: 'POST',
    path: '/visit-groups',
    id: 'groups.create',
    tag,
    summary: 'Announce a group, with its members or with a number only (V22)',
    action: 'visit.announce',
    body: facts.extend({ id: uuid.optional(), members: z.array(memberInput).max(500).default([]) }),
    response: groupDetail,
    errors: [...hostErrors, 'group.no-headcount', 'visit.document-invalid'],
  }),
  edit: route({
    method: 'PATCH',
    path: '/visit-groups/:id',
    id: 'groups.edit',
    tag,
    summary: 'Change a group; members who have not come yet follow its host, time and place (G4)',
    action: 'visit.announce',
    params,
    body: changesOf(facts).extend({ version: z.int() }),
    response: groupDetail,
    errors: [...here, ...hostErrors, 'edit.stale', 'group.no-headcount'],
  }),
  readText: route({
    method: 'POST',
    path: '/visit-groups/read-text',
    id: 'groups.readText',
    tag,
    summary: 'What a pasted list says, and every line that cannot be understood; stores nothing',
    action: 'visit.announce',
    body: z.object({ text: z.string().max(200_000) }),
    response: listAnswer,
    errors: ['group.too-large'],
  }),
  readFile: route({
    method: 'POST',
    path: '/visit-groups/read-file',
    id: 'groups.readFile',
    tag,
    summary: 'The same for an Excel or CSV file (multipart field `file`)',
    action: 'visit.announce',
    response: listAnswer,
    errors: [
      'group.too-large',
      'import.no-file',
      'import.empty',
      'import.unreadable',
      'import.old-excel',
      'import.too-long',
    ],
    raw: 'multipart',
  }),
  add: route({
    method: 'POST',
    path: '/visit-groups/:id/members',
    id: 'groups.add',
    tag,
    summary: 'Add members, also late ones; who is on the list already is not doubled',
    action: 'visit.announce',
    params,
    body: z.object({ members: z.array(memberInput).min(1).max(500) }),
    response: groupDetail.extend({ added: z.int(), known: z.int() }),
    errors: [
      ...here,
      'visit.kind-unknown',
      'visit.category-unknown',
      'visit.document-invalid',
      'group.too-large',
    ],
  }),
  editMember: route({
    method: 'PATCH',
    path: '/visit-groups/:id/members/:memberId',
    id: 'groups.editMember',
    tag,
    summary: 'Correct a member who has not left yet',
    action: 'visit.announce',
    params: memberParams,
    body: changesOf(
      memberInput.pick({
        visitorName: true,
        organisation: true,
        phone: true,
        plate: true,
        plateForeign: true,
      }),
    ).extend({ version: z.int() }),
    response: groupDetail,
    errors: [...here, 'transition.refused', 'edit.stale'],
  }),
  removeMember: route({
    method: 'POST',
    path: '/visit-groups/:id/members/:memberId/remove',
    id: 'groups.removeMember',
    tag,
    summary: 'Take a member off the list who has not come; the record stays (G4)',
    action: 'visit.announce',
    params: memberParams,
    response: groupDetail,
    errors: [...here, 'transition.refused'],
  }),
  checkInMember: route({
    method: 'POST',
    path: '/visit-groups/:id/members/:memberId/check-in',
    id: 'groups.checkInMember',
    tag,
    summary: 'One member is here',
    action: 'visit.register',
    params: memberParams,
    response: done,
    errors: [...here, 'transition.refused', 'pass.none-left'],
  }),
  checkIn: route({
    method: 'POST',
    path: '/visit-groups/:id/check-in',
    id: 'groups.checkIn',
    tag,
    summary: 'Several members, or all who are missing, are here: one transaction with their passes',
    description:
      'A member the watch list stops is held and does not stop the others. Nobody left to check in: 409, so that of several callers one succeeds.',
    action: 'visit.register',
    params,
    body: whom,
    response: done,
    errors: [...here, 'group.nobody-waiting', 'pass.none-left'],
  }),
  count: route({
    method: 'POST',
    path: '/visit-groups/:id/count',
    id: 'groups.count',
    tag,
    summary: 'People without names are counted in or out',
    action: 'visit.register',
    params,
    body: z.object({ direction: z.enum(['in', 'out']), people: z.int().min(1).max(mostMembers) }),
    response: groupDetail,
    errors: [...here, 'group.no-headcount', 'group.counted-too-many'],
  }),
  release: route({
    method: 'POST',
    path: '/visit-groups/:id/release',
    id: 'groups.release',
    tag,
    summary: 'Several members, or all inside, go out: passes collected, escorts asked for (V10, V11, V13)',
    action: 'visit.release',
    params,
    body: whom.extend({
      missingPasses: z.array(z.string().trim().max(20)).max(mostAtOnce).default([]).describe('not handed in'),
      hostConfirmed: z.object({ byName: shortText.min(1) }).optional(),
      crowd: z.boolean().default(true).describe('with everybody: those counted without names go out too'),
      escortPresent: z.boolean().optional().describe('the escorts came to the exit with them (V13)'),
    }),
    response: done,
    errors: [...here, 'group.nobody-inside', 'visit.host-must-confirm', 'visit.escort-missing'],
  }),
  sign: route({
    method: 'POST',
    path: '/visit-groups/:id/sign',
    id: 'groups.sign',
    tag,
    summary: 'The host signs once for all; after the exit it is the late signature (V10)',
    action: 'visit.sign',
    params,
    body: z.object({ note: shortText.default('') }),
    response: done,
    errors: [...here, 'group.nobody-inside'],
  }),
  leaderSigned: route({
    method: 'POST',
    path: '/visit-groups/:id/leader-signed',
    id: 'groups.leaderSigned',
    tag,
    summary: 'The leader has signed the slip for all (V8)',
    action: 'visit.register',
    params,
    response: groupDetail,
    errors: here,
  }),
  ask: route({
    method: 'POST',
    path: '/visit-groups/:id/ask',
    id: 'groups.ask',
    tag,
    summary: 'Ask the host once for the whole group (V5)',
    action: 'visit.register',
    params,
    response: groupDetail,
    errors: here,
  }),
  answer: route({
    method: 'POST',
    path: '/visit-groups/:id/answer',
    id: 'groups.answer',
    tag,
    summary: 'The host’s word for the whole group, or the desk’s after a call (V5)',
    action: 'visit.answer',
    params,
    body: z.object({
      answer: z.enum(['receive', 'decline']),
      reason: shortText.default(''),
      how: z.enum(['phone', 'in-person', 'chat']).optional(),
    }),
    response: groupDetail,
    errors: [...here, 'group.not-asked'],
  }),
  find: route({
    method: 'POST',
    path: '/visit-groups/:id/find',
    id: 'groups.find',
    tag,
    summary: 'A scanned pass, a document number or a telephone → the members it may mean',
    action: 'visit.register',
    params,
    body: z.object({ code: z.string().trim().min(1).max(3000) }),
    response: z.object({ memberIds: z.array(uuid) }),
    errors: ['entity.not-found'],
  }),
  cancel: route({
    method: 'POST',
    path: '/visit-groups/:id/cancel',
    id: 'groups.cancel',
    tag,
    summary: 'The group does not come; nobody may be inside',
    action: 'visit.cancel',
    params,
    body: z.object({ reason: shortText.default('') }),
    response: groupDetail,
    errors: here,
  }),
  close: route({
    method: 'POST',
    path: '/visit-groups/:id/close',
    id: 'groups.close',
    tag,
    summary: 'Whoever is missing now does not come any more',
    action: 'visit.register',
    params,
    response: groupDetail,
    errors: [...here, 'group.nobody-waiting'],
  }),
  export: route({
    method: 'GET',
    path: '/visit-groups/:id/export',
    id: 'groups.export',
    tag,
    summary:
      'The list with times in and out as Excel; phones complete only for those who may reveal them (G5)',
    action: 'visit.export',
    params,
    query: z.object({ language: z.enum(['zh', 'en']).default('zh') }),
    response: z.string(),
    raw: 'file',
    errors: ['entity.not-found'],
  }),
}
