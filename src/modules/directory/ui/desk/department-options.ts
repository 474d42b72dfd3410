import { pathTo } from '../../rules.ts'
import type { Department } from './department-tree.tsx'

/** `总部 / 销售部` for every department, in the order of the tree; without the branch of `except`. */
export function departmentOptions(departments: readonly Department[], except: string | null = null) {
  const nodes = new Map(departments.map((one) => [one.id, one]))
  return departments
    .map((one) => ({ one, path: pathTo(nodes, one.id) }))
    .filter(({ one, path }) => one.active && !path.some((node) => node.id === except))
    .map(({ one, path }) => ({ value: one.id, label: path.map((node) => node.name).join(' / ') }))
    .sort((a, b) => a.label.localeCompare(b.label, 'zh'))
}
