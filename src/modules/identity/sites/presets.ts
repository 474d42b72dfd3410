import type { Work } from '../../../kernel/work/command.ts'

/**
 * What first-run set-up needs of the presets (design §1.4). They stand outside the modules because they hold settings of
 * all of them; `apps/server` gives them to `identityModule`.
 */
export interface Presets {
  list(): readonly { readonly id: string; readonly name: { readonly zh: string; readonly en: string } }[]
  /** Writes the preset's settings for the site of `work.ctx`. */
  apply(work: Work, presetId: string): Promise<void>
}

export interface Ports {
  readonly presets: Presets
}

export const noPorts: Ports = {
  presets: { list: () => [], apply: async () => undefined },
}
