import type { FoyerModule } from '../module.ts'

/** What the kernel itself gives to every house. The stream's route is bound by the server, which owns the hub. */
export const liveModule: FoyerModule = {
  name: 'live',
  onEntry(kernel, entry) {
    if (entry.entity === 'setting') kernel.settings.forget(entry.siteId)
  },
}
