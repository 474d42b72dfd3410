import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import type { employee } from '../../contract.ts'
import css from './directory.module.css'

export type Employee = z.output<typeof employee>

interface TableProps {
  employees: readonly Employee[]
  selected: string | null
  onOpen: (id: string) => void
}

export function EmployeeTable({ employees, selected, onOpen }: TableProps) {
  const { t } = useTranslation()
  const field = (name: string) => t(`directory.employee.${name}`)
  const columns = ['name', 'department', 'title', 'extension', 'mobile', 'place', 'state'] as const
  return (
    <section className={css.scroll} aria-label={t('directory.people')}>
      <table className={css.table}>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {field(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {employees.map((one) => (
            <tr key={one.id} aria-current={one.id === selected || undefined}>
              <td>
                <button type="button" className={css.name} onClick={() => onOpen(one.id)}>
                  {one.name}
                </button>
              </td>
              <td>{one.departmentName}</td>
              <td>{one.title}</td>
              <td className={css.number}>{one.extension}</td>
              <td className={css.number}>{one.mobile}</td>
              <td>{[one.floor, one.room].filter(Boolean).join(' · ')}</td>
              <td>
                <EmployeeState employee={one} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

export function EmployeeState({ employee: one }: { employee: Employee }) {
  const { t } = useTranslation()
  return (
    <span className={css.chips}>
      {one.active ? null : <StatusChip tone="neutral">{t('directory.states.inactive')}</StatusChip>}
      {one.lineWorker ? <StatusChip tone="waiting">{t('directory.employee.lineWorker')}</StatusChip> : null}
    </span>
  )
}
