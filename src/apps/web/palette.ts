import type { PaletteHit } from '../../ui-kit/command-palette.tsx'

/** Goes to a place: what `router.navigate` takes, reduced to a path. */
export type Go = (path: string) => void

export interface SearchContext {
  go: Go
  t: (key: string) => string
  actions: readonly string[]
}

export type SearchProvider = (
  text: string,
  context: SearchContext,
  signal: AbortSignal,
) => Promise<readonly PaletteHit[]>

/**
 * The single window's sources, asked together; a module adds a line. Loaded with the first search, e.g.
 * `() => import('../../modules/visits/ui/search.ts').then((module) => module.searchVisits)`
 */
const providers: readonly (() => Promise<SearchProvider>)[] = [
  () => import('../../modules/directory/ui/search.ts').then((module) => module.searchDirectory),
]

/** One failing source does not hide the others; only when all fail the search has failed. */
export async function searchAll(text: string, context: SearchContext, signal: AbortSignal) {
  const answers = await Promise.allSettled(
    providers.map(async (load) => {
      const provider = await load()
      return provider(text, context, signal)
    }),
  )
  if (answers.length > 0 && answers.every((answer) => answer.status === 'rejected'))
    throw new Error('search failed')
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
}
