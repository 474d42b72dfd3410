import { useTranslation } from 'react-i18next'
import type { Area } from '../contract.ts'

type Responsible = NonNullable<Area['responsible']>

/** Who answers for an area, in words; a post that comes with a role has its name here, not in the directory. */
export function useResponsibleName() {
  const { t } = useTranslation()
  return ({ kind, id, name }: Responsible) =>
    kind === 'post' ? t([`todo.post.${id}`, 'area.dutyManager']) : name
}

const department = /^department:(.+)$/

/** An owner as tasks know them: the post of a department is its head and deputy. */
export function answers(owner: { readonly kind: 'person' | 'post'; readonly id: string }) {
  const led = owner.kind === 'post' ? department.exec(owner.id)?.[1] : undefined
  return led === undefined ? { kind: owner.kind, id: owner.id } : { kind: 'department' as const, id: led }
}
