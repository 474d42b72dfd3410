/** `--demo`: preset and demo day, loaded exactly once per database; and what is printed for whoever tries it. */
import { systemActor } from '../../kernel/actor.ts'
import { type Kernel, systemCtx } from '../../kernel/kernel.ts'
import { storeSetting } from '../../kernel/settings/settings.ts'
import { command } from '../../kernel/work/command.ts'
import { sites } from '../../modules/identity/public.ts'
import { playCalls } from './demo-calls.ts'
import { demoMarker, loadCompany } from './demo-company.ts'
import { loadCustomers } from './demo-customers.ts'
import { playDay } from './demo-day.ts'
import { settleHouse } from './demo-house.ts'
import { readDemo, readPreset, readPresets } from './preset-files.ts'
import { table } from './terminal.ts'

/** Loads nothing into a house that is somebody's own: invented people do not belong among real ones. */
export async function loadDemo(kernel: Kernel, wanted: string, say: (line: string) => void): Promise<void> {
  const state = await demoState(kernel)
  if (state.kind === 'own') say('This database already holds a site of its own; the demo day was not loaded.')
  if (state.kind === 'own' || state.kind === 'loaded') return
  // One killed half way goes on with the company it began.
  const preset = state.kind === 'loading' ? state.preset : wanted
  if (!readPresets().some(({ id }) => id === preset)) throw new Error(`there is no preset "${preset}"`)
  const demo = readDemo(readPreset(preset))
  const company = await loadCompany(kernel, preset, demo)
  const now = kernel.clock.now()
  await settleHouse(kernel, company, demo.house)
  await playDay(kernel, company, demo, now)
  const contacts = await loadCustomers(kernel, company, demo.customers)
  await playCalls(kernel, company, demo, contacts, now)
  await command(systemCtx(kernel, company.siteId, systemActor), async (work) => {
    await storeSetting(work, demoMarker, { preset, state: 'loaded' }, 1, null)
  })
}

type DemoState =
  | { readonly kind: 'empty' | 'own' }
  | { readonly kind: 'loading' | 'loaded'; readonly preset: string }

async function demoState(kernel: Kernel): Promise<DemoState> {
  const all = await kernel.sql.all(sites())
  for (const site of all) {
    const { version, value } = await kernel.settings.read(site.id, demoMarker)
    if (version > 0) return { kind: value.state, preset: value.preset }
  }
  return { kind: all.length === 0 ? 'empty' : 'own' }
}

/** The accounts to try, as long as the database is a demo. */
export async function demoLines(kernel: Kernel): Promise<string[]> {
  const state = await demoState(kernel)
  if (state.kind !== 'loaded') return []
  const { accounts, organisation } = readDemo(readPreset(state.preset))
  const rows = accounts.accounts.map((one) => {
    const person = organisation.employees.find(({ key }) => key === one.employee)
    return [one.username, accounts.password, one.role, person?.name ?? '', `${one.try.en} ${one.try.zh}`]
  })
  const lines = table([['User', 'Password', 'Role', 'Person', 'What to try'], ...rows]).split('\n')
  return [`${organisation.site.name}: an invented company and its day. Sign in as one of`, '', ...lines, '']
}

export async function firstRunLines(kernel: Kernel, address: string): Promise<string[]> {
  const found = await kernel.sql.all(sites())
  return found.length > 0
    ? []
    : [`First run: open ${address}/setup to create the administrator and choose a preset.`, '']
}
