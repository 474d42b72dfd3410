import { z } from 'zod'
import { instant, route, shortText, uuid } from '../../../kernel/contract.ts'
import { refusedEntry } from '../areas/check.ts'
import { way } from '../areas/way.ts'
import { visitCard } from '../card/contract.ts'
import { passTokens } from './token.ts'

const passStatus = z.enum(['in_stock', 'issued', 'missing', 'void'])

const pass = z.object({
  number: z.string(),
  status: passStatus,
  visitId: uuid.nullable(),
  visitorName: z.string(),
  issuedAt: instant.nullable(),
  version: z.int(),
})

const number = z.string().trim().min(1).max(20)
const tag = 'passes'

export const passes = {
  list: route({
    method: 'GET',
    path: '/passes',
    id: 'passes.list',
    tag,
    summary: 'Stock of numbered passes (V11)',
    action: 'pass.read',
    query: z.object({ status: passStatus.optional() }),
    response: z.object({ items: z.array(pass), counts: z.record(passStatus, z.int()) }),
  }),
  add: route({
    method: 'POST',
    path: '/passes',
    id: 'passes.add',
    tag,
    summary: 'Add numbers to the stock: prefix and range',
    action: 'pass.manage',
    body: z.object({
      prefix: z.string().trim().max(10).default(''),
      from: z.int().min(0).max(99_999),
      to: z.int().min(0).max(99_999),
      digits: z.int().min(1).max(6).default(3),
    }),
    response: z.object({ added: z.int(), known: z.int() }),
  }),
  void: route({
    method: 'POST',
    path: '/passes/:number/void',
    id: 'passes.void',
    tag,
    summary: 'Take a number out of use',
    action: 'pass.manage',
    params: z.object({ number }),
    body: z.object({ reason: shortText.min(1) }),
    response: pass,
    errors: ['pass.unknown', 'transition.refused'],
  }),
  found: route({
    method: 'POST',
    path: '/passes/:number/found',
    id: 'passes.found',
    tag,
    summary: 'A missing or void pass is back in stock; its task is settled',
    action: 'visit.release',
    params: z.object({ number }),
    response: pass,
    errors: ['pass.unknown', 'transition.refused'],
  }),
  keys: route({
    method: 'GET',
    path: '/pass-keys',
    id: 'passes.keys',
    tag,
    summary: 'Public keys by which a gate checks a pass or an invitation without a server (V11, V13)',
    description: 'Each names its `purpose`: `pass` or `invitation`.',
    action: 'known',
    response: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
  }),
  scan: route({
    method: 'POST',
    path: '/passes/scan',
    id: 'passes.scan',
    tag,
    summary: 'A scanned code or typed number → the visit and whether the pass is good now, here',
    description:
      'Rules V9, V11, V13. Without `areaId` the gate asks; with it, the door of that area. Whatever is not good is answered with the verdict and journalled; a good scan at a door is journalled as where the visitor was seen last.',
    action: 'visit.release',
    body: z.object({
      code: z.string().trim().min(1).max(3000),
      areaId: uuid.optional().describe('the area the door leads to'),
      door: shortText.optional().describe('which of its doors'),
    }),
    response: z.object({
      verdict: z
        .enum(['valid', 'unknown', ...refusedEntry])
        .describe(
          '`other-site`: signed for another site or by another house; `void`: also a visit called off',
        ),
      token: z.enum(passTokens).describe('what was held before the reader; a typed number is a pass'),
      visit: visitCard.nullable(),
      area: z.string().describe('of the door; empty at the gate'),
    }),
    errors: ['area.unknown'],
  }),
  print: route({
    method: 'GET',
    path: '/visits/:id/paper',
    id: 'visits.paper',
    tag: 'visits',
    summary: 'What slip (stub + copy) and pass are printed from; the QR code as SVG path (V8, V11)',
    action: 'visit.register',
    params: z.object({ id: uuid }),
    response: z.object({
      siteName: z.string(),
      visit: visitCard,
      phone: z.string(),
      companions: z.array(z.string()),
      documentMasked: z.string(),
      safetyNotes: z.object({ zh: z.string(), en: z.string() }),
      ways: z.array(way).describe('how one gets to the areas allowed (V21)'),
      code: z.string().describe('signed pass, compact JWS'),
      qrSvg: z.string(),
    }),
    errors: ['entity.not-found'],
  }),
}
