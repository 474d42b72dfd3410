import { z } from 'zod'
import { type ErrorStatus, instant, route, shortText } from '../contract.ts'

export const settingErrors = {
  'setting.version-unknown': 404,
} as const satisfies Record<string, ErrorStatus>

const key = z.string().min(1).max(100)
const version = z.int().min(0).describe('0: nothing stored yet, what the product ships is in force')
const note = shortText.nullable().default(null).describe('why; shown in the history')
const can = z.object({ edit: z.boolean() })

export const settingSummary = z
  .object({
    key,
    module: z.string(),
    action: z.string().describe('needed to change it'),
    version,
    at: instant.nullable(),
    by: z.string().nullable(),
    fits: z
      .boolean()
      .describe('false: stored before an upgrade, does not fit any more, what is shipped is in force'),
    can,
  })
  .meta({ id: 'SettingSummary' })

const settingVersion = z.object({
  version,
  value: z.unknown(),
  note: z.string().nullable(),
  at: instant,
  by: z.string(),
})

export const settingDetail = z
  .object({
    key,
    module: z.string(),
    value: z.unknown(),
    shipped: z.unknown().describe('what is in force while nothing is stored'),
    schema: z.record(z.string(), z.unknown()).describe('JSON Schema of the value'),
    version,
    fits: z.boolean(),
    history: z.array(settingVersion).describe('newest first, up to 50'),
    can,
  })
  .meta({ id: 'SettingDetail' })

const params = z.object({ key })

export const settingRoutes = {
  list: route({
    method: 'GET',
    path: '/settings',
    id: 'settings.list',
    tag: 'settings',
    summary: 'Settings of the site the caller may see',
    action: 'signed-in',
    response: z.object({ items: z.array(settingSummary) }),
  }),
  read: route({
    method: 'GET',
    path: '/settings/:key',
    id: 'settings.read',
    tag: 'settings',
    summary: 'One setting: value, JSON Schema, history',
    action: 'signed-in',
    params,
    response: settingDetail,
  }),
  change: route({
    method: 'PUT',
    path: '/settings/:key',
    id: 'settings.change',
    tag: 'settings',
    summary: 'Store a new version',
    description:
      'Rules G4, G7. Validated by the schema; field problems are named `value.<path>`. Needs the action of the setting.',
    action: 'signed-in',
    params,
    body: z.object({ value: z.unknown(), version: version.describe('the one it was made from'), note }),
    response: settingDetail,
    errors: ['edit.stale'],
  }),
  restore: route({
    method: 'POST',
    path: '/settings/:key/restore',
    id: 'settings.restore',
    tag: 'settings',
    summary: 'Put an older version in force, as a new one',
    description: 'Rule G4. `restore: 0` brings back what the product ships.',
    action: 'signed-in',
    params,
    body: z.object({ restore: version, version: version.describe('the current one'), note }),
    response: settingDetail,
    errors: ['edit.stale', 'setting.version-unknown'],
  }),
} as const
