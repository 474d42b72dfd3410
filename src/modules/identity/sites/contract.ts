import { z } from 'zod'
import { type ErrorStatus, instant, route, shortText, uuid } from '../../../kernel/contract.ts'

export const siteErrors = {
  'site.code-taken': 409,
  'setup.done': 409,
  'setup.preset-unknown': 422,
} as const satisfies Record<string, ErrorStatus>

/** A zone the runtime knows; anything else would make every deadline of the site a guess (G6). */
const zone = z
  .string()
  .max(60)
  .refine((value) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: value })
      return true
    } catch {
      return false
    }
  }, 'zone.unknown')

const siteName = shortText.min(1)
const siteCode = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9-]{0,31}$/)

export const site = z
  .object({ id: uuid, code: z.string(), name: z.string(), zone: z.string() })
  .meta({ id: 'Site' })
export const siteDetails = z
  .object({ ...site.shape, createdAt: instant, version: z.int(), can: z.object({ edit: z.boolean() }) })
  .meta({ id: 'SiteDetails' })

const preset = z
  .object({ id: z.string(), name: z.object({ zh: z.string(), en: z.string() }) })
  .meta({ id: 'Preset' })

export const siteRoutes = {
  setup: route({
    method: 'GET',
    path: '/setup',
    id: 'setup.read',
    tag: 'setup',
    summary: 'Whether the house still has no user, and the presets to choose from',
    action: 'public',
    response: z.object({ needed: z.boolean(), presets: z.array(preset) }),
  }),
  runSetup: route({
    method: 'POST',
    path: '/setup',
    id: 'setup.run',
    tag: 'setup',
    summary: 'First run: the first site and its system administrator',
    description:
      'Rule K3. Works only while there is no user at all; of many sent at once exactly one succeeds.',
    action: 'public',
    body: z.object({
      siteName,
      zone: zone.default('Asia/Shanghai'),
      adminName: z.string().trim().min(1).max(80),
      username: z.string().min(1).max(200),
      password: z.string().min(1).max(1000),
      preset: z.string().min(1).max(60),
      language: z.enum(['zh', 'en']).default('zh'),
    }),
    response: z.object({ site, userId: z.string() }),
    errors: ['setup.done', 'setup.preset-unknown'],
  }),
  sites: route({
    method: 'GET',
    path: '/sites',
    id: 'sites.list',
    tag: 'sites',
    summary: 'Sites the caller has a role at',
    action: 'site.read',
    response: z.object({ items: z.array(siteDetails), can: z.object({ create: z.boolean() }) }),
  }),
  createSite: route({
    method: 'POST',
    path: '/sites',
    id: 'sites.create',
    tag: 'sites',
    summary: 'New site; the maker becomes its system administrator',
    action: 'site.manage',
    body: z.object({
      id: uuid.optional(),
      code: siteCode,
      name: siteName,
      zone: zone.default('Asia/Shanghai'),
      preset: z.string().min(1).max(60).optional(),
    }),
    response: siteDetails,
    errors: ['site.code-taken', 'setup.preset-unknown'],
  }),
  editSite: route({
    method: 'PATCH',
    path: '/sites/:site',
    id: 'sites.edit',
    tag: 'sites',
    summary: 'Change name or time zone',
    action: 'site.manage',
    params: z.object({ site: uuid }),
    body: z.object({ version: z.int(), name: siteName.optional(), zone: zone.optional() }),
    response: siteDetails,
  }),
}
