/** Presets as first-run set-up uses them: a list to choose from, and the settings of the chosen one. */
import { seedNewSite } from '../../kernel/calendar/service.ts'
import { storeSetting } from '../../kernel/settings/settings.ts'
import type { Work } from '../../kernel/work/command.ts'
import type { Presets } from '../../modules/identity/sites/presets.ts'
import { readPreset, readPresetSettings, readPresets } from './preset-files.ts'

let known: ReturnType<Presets['list']> | undefined

export const presets: Presets = {
  list() {
    known ??= readPresets().map(({ id, name }) => ({ id, name }))
    return known
  },
  apply: applyPreset,
}

/**
 * Writes every setting of the preset and the holidays published for this year and the next, inside the transaction that
 * makes the site.
 * @throws DomainError `input.invalid` when a value does not fit its setting
 */
export async function applyPreset(work: Work, presetId: string): Promise<void> {
  const { settings } = work.ctx.kernel.modules
  for (const [key, value] of Object.entries(readPresetSettings(readPreset(presetId)))) {
    const definition = settings.get(key)
    if (definition === undefined) throw new Error(`preset ${presetId} sets ${key}, which no module knows`)
    await storeSetting(work, definition, value, 0, `preset ${presetId}`)
  }
  const year = work.now.getFullYear()
  seedNewSite(work, [year - 1, year, year + 1])
}
