import { call } from '../../../ui-kit/client.ts'
import { employees } from '../contract.ts'

interface SearchContext {
  readonly go: (path: string) => void
  readonly t: (key: string) => string
  readonly actions: readonly string[]
}

/** Colleagues for the single window: name, pinyin, extension, tail of the mobile number. */
export async function searchDirectory(text: string, context: SearchContext, signal: AbortSignal) {
  if (!context.actions.includes('directory.read')) return []
  const { items } = await call(employees.find, { query: { q: text, limit: 6 } }, { signal })
  return items.map((one) => ({
    id: `employee-${one.id}`,
    label: one.name,
    hint: [one.departmentName, one.extension].filter(Boolean).join(' · '),
    group: context.t('directory.people'),
    icon: 'user' as const,
    run: () => context.go(`/directory?employee=${one.id}`),
  }))
}
