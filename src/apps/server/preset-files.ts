/** The files of `presets/`: read, and refused when a mistake was made in them. Data only (design §1.4). */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const folder = fileURLToPath(new URL('../../../presets/', import.meta.url))

const bilingual = z.strictObject({ zh: z.string().trim().min(1), en: z.string().trim().min(1) })
const key = z.string().regex(/^[a-z][a-z0-9-]*$/)
const fileName = z.string().regex(/^[a-z-]+\.json$/)

const presetFile = z.strictObject({
  id: key,
  name: bilingual,
  description: bilingual,
  settings: fileName,
  demo: z
    .strictObject({
      organisation: fileName,
      accounts: fileName,
      day: fileName,
      customers: fileName,
      calls: fileName,
      house: fileName,
    })
    .optional(),
})
export type PresetFile = z.infer<typeof presetFile>

/** Values are checked by the schema of the setting they belong to. */
const settingsFile = z.record(z.string().regex(/^[a-z-]+\.[a-z-]+$/), z.unknown())

const employee = z.strictObject({
  key,
  number: z.string(),
  name: z.string().min(1),
  department: key,
  title: z.string(),
  extension: z.string(),
  mobile: z.string(),
  email: z.email(),
  floor: z.string(),
  room: z.string(),
  lineWorker: z.boolean().default(false),
  languages: z.array(z.string()),
  dialects: z.array(z.string()).default([]),
  deputy: key.optional(),
  secretary: key.optional(),
})

const organisationFile = z.strictObject({
  site: z.strictObject({ code: key, name: z.string().min(1), zone: z.string().min(1) }),
  departments: z.array(
    z.strictObject({
      key,
      name: z.string().min(1),
      parent: key.optional(),
      head: key.optional(),
      deputy: key.optional(),
      extension: z.string(),
      /** A company of its own in the house (E1). */
      tenant: z.boolean().default(false),
    }),
  ),
  employees: z.array(employee),
  /** V9: parents first. A restricted one is answered for by the head of the department. */
  areas: z
    .array(
      z.strictObject({
        key,
        name: bilingual,
        parent: key.optional(),
        restricted: z.boolean().default(false),
        department: key.optional(),
        way: bilingual.optional(),
      }),
    )
    .default([]),
  passes: z.strictObject({ prefix: z.string(), from: z.int(), to: z.int(), digits: z.int() }),
})
export type Organisation = z.infer<typeof organisationFile>

const accountsFile = z.strictObject({
  password: z.string().min(10),
  accounts: z.array(
    z.strictObject({ username: z.string(), role: z.string(), employee: key, try: bilingual }),
  ),
})
export type Accounts = z.infer<typeof accountsFile>

/** Minutes from the moment of loading (negative: ago), or a time on an earlier day. */
const moment = z.union([
  z.int(),
  z.strictObject({ day: z.int().max(-1), time: z.iso.time({ precision: -1 }) }),
])
/** `host`: whoever is asked or visited; anything else the account of that name. */
const by = z.string()

const step = z.strictObject({
  at: moment,
  do: z.enum([
    'announce',
    'register',
    'checkIn',
    'answer',
    'redirect',
    'meet',
    'sign',
    'release',
    'refuse',
    'cancel',
    'noShow',
  ]),
  by,
  expectedIn: z.int().optional(),
  document: z.strictObject({ kind: z.enum(['id-card', 'passport']) }).optional(),
  issuePass: z.boolean().optional(),
  despiteDefault: z.string().optional(),
  partySize: z.int().optional(),
  plate: z.string().optional(),
  answer: z.enum(['receive', 'wait', 'delegate', 'decline']).optional(),
  how: z.enum(['phone', 'in-person', 'chat']).optional(),
  minutes: z.int().optional(),
  to: key.optional(),
  reason: z.string().optional(),
  note: z.string().optional(),
  hostConfirmed: z.string().optional(),
  passReturned: z.boolean().optional(),
})
export type DemoStep = z.infer<typeof step>

const visit = z.strictObject({
  key,
  visitorName: z.string().min(1),
  organisation: z.string(),
  phone: z.string(),
  kind: key,
  topic: key.optional(),
  host: key.optional(),
  hostName: z.string().optional(),
  purpose: z.string(),
  plate: z.string().optional(),
  partySize: z.int().optional(),
  companions: z.array(z.string()).optional(),
  steps: z.array(step).min(1),
})
export type DemoVisit = z.infer<typeof visit>

const customersFile = z.strictObject({
  customers: z.array(
    z.strictObject({
      key,
      name: z.string().min(1),
      shortName: z.string(),
      grade: z.enum(['normal', 'key', 'vip']),
      owner: key.optional(),
      phones: z.array(z.string()),
      tags: z.array(z.string()),
      team: z.array(key),
      note: z.string(),
      industry: z.string(),
      contacts: z.array(
        z.strictObject({
          key,
          name: z.string().min(1),
          phones: z.array(z.string()),
          title: z.string(),
          sex: z.enum(['female', 'male']).optional(),
          vip: z.boolean(),
          dialect: z.string(),
        }),
      ),
    }),
  ),
})
export type DemoCustomer = z.infer<typeof customersFile>['customers'][number]

/** Seconds count from the first ring; `at` is minutes from the moment of loading. */
const demoCall = z.strictObject({
  key,
  at: z.int().max(-1),
  number: z.string(),
  ring: z.int().positive(),
  missed: z.boolean().default(false),
  contact: key.optional(),
  name: z.string().optional(),
  organisation: z.string().optional(),
  reason: z.string().optional(),
  route: key.optional(),
  wanted: key.optional(),
  hops: z
    .array(
      z.strictObject({
        step: z.int(),
        after: z.int().positive(),
        result: z.enum(['answered', 'busy', 'no-answer', 'refused', 'not-in']),
      }),
    )
    .default([]),
  outcome: z.enum(['put-through', 'message', 'callback', 'declined', 'resolved']).optional(),
  matter: z.string().optional(),
  urgent: z.boolean().optional(),
  phone: z.string().optional(),
  minutes: z.int().positive().optional(),
  end: z.int().positive().optional(),
})
export type DemoCall = z.infer<typeof demoCall>

const callsFile = z.strictObject({ duty: z.record(key, key), calls: z.array(demoCall) })

/** `@person:key`, `@visit:key`, `@thing:key` (the `as` of an act before), `@now-20` minutes, `@day+30` stand for what they name. */
const act = z.strictObject({
  at: moment,
  do: z.string(),
  by,
  as: key.optional(),
  params: z.record(z.string(), z.string()).optional(),
  body: z.record(z.string(), z.unknown()).optional(),
})
export type DemoAct = z.infer<typeof act>

const houseFile = z.strictObject({ settings: z.record(z.string(), z.unknown()), acts: z.array(act) })
export type DemoHouse = z.infer<typeof houseFile>

const demoDayFile = z.strictObject({ visits: z.array(visit) })

function read<T>(preset: string, file: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(JSON.parse(readFileSync(`${folder}${preset}/${file}`, 'utf8')))
  if (!parsed.success) throw new Error(`presets/${preset}/${file}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

/** In the order of their names. */
export function readPresets(): PresetFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => read(entry.name, 'preset.json', presetFile))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

export function readPreset(id: string): PresetFile {
  return read(id, 'preset.json', presetFile)
}

export function readPresetSettings(preset: PresetFile): Record<string, unknown> {
  return read(preset.id, preset.settings, settingsFile)
}

export interface Demo {
  readonly organisation: Organisation
  readonly accounts: Accounts
  readonly visits: readonly DemoVisit[]
  readonly customers: readonly DemoCustomer[]
  /** Post → who stands in today. */
  readonly duty: Readonly<Record<string, string>>
  readonly calls: readonly DemoCall[]
  readonly house: DemoHouse
}

/** The invented company of a preset and its day. */
export function readDemo(preset: PresetFile): Demo {
  if (preset.demo === undefined) throw new Error(`preset ${preset.id} has no demo`)
  const { organisation, accounts, day, customers, calls, house } = preset.demo
  return {
    organisation: read(preset.id, organisation, organisationFile),
    accounts: read(preset.id, accounts, accountsFile),
    visits: read(preset.id, day, demoDayFile).visits,
    customers: read(preset.id, customers, customersFile).customers,
    ...read(preset.id, calls, callsFile),
    house: read(preset.id, house, houseFile),
  }
}
