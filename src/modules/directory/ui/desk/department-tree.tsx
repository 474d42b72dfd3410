import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { IconButton } from '../../../../ui-kit/button.tsx'
import type { department } from '../../contract.ts'
import css from './directory.module.css'

export type Department = z.output<typeof department>

interface TreeProps {
  departments: readonly Department[]
  selected: string | null
  canManage: boolean
  onSelect: (id: string | null) => void
  onOpen: (id: string | null) => void
}

export function DepartmentTree(props: TreeProps) {
  const { t } = useTranslation()
  const { selected, canManage, onSelect, onOpen } = props
  return (
    <nav className={css.tree} aria-label={t('directory.departments')}>
      <div className={css.treeHead}>
        <h2>{t('directory.departments')}</h2>
        {canManage ? (
          <IconButton icon="plus" label={t('directory.department.new')} onClick={() => onOpen(null)} />
        ) : null}
      </div>
      <ul>
        <li>
          <button
            type="button"
            className={css.nodeName}
            aria-current={selected === null || undefined}
            onClick={() => onSelect(null)}
          >
            {t('directory.everyone')}
          </button>
        </li>
      </ul>
      <Branch {...props} parentId={null} />
      {props.departments.length === 0 ? <p className={css.note}>{t('directory.noDepartments')}</p> : null}
    </nav>
  )
}

function Branch({ parentId, ...props }: TreeProps & { parentId: string | null }) {
  const { t, i18n } = useTranslation()
  const children = props.departments
    .filter((one) => one.parentId === parentId && (one.active || props.canManage))
    .sort((a, b) => a.name.localeCompare(b.name, i18n.language))
  if (children.length === 0) return null
  return (
    <ul>
      {children.map((one) => (
        <li key={one.id}>
          <div className={css.node}>
            <button
              type="button"
              className={css.nodeName}
              aria-current={props.selected === one.id || undefined}
              onClick={() => props.onSelect(one.id)}
            >
              <span>
                {one.name}
                {one.active ? '' : ` ${t('directory.department.closed')}`}
                {one.tenant ? <span className={css.mark}>{t('directory.department.tenantMark')}</span> : null}
              </span>
              <span className={css.figure}>{one.members}</span>
            </button>
            {props.canManage && props.selected === one.id ? (
              <IconButton
                icon="edit"
                label={t('directory.department.edit', { name: one.name })}
                onClick={() => props.onOpen(one.id)}
              />
            ) : null}
          </div>
          <Branch {...props} parentId={one.id} />
        </li>
      ))}
    </ul>
  )
}
