import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { cx } from '../../../ui-kit/cx.ts'
import type { extensionList } from '../contract.ts'
import css from './extension-groups.module.css'

export type ExtensionGroups = z.output<typeof extensionList.read.response>['groups']

export type Beside = (person: ExtensionGroups[number]['people'][number]) => ReactNode

/**
 * 员工分机表: the same on the screen and on paper.
 * @param beside what another module knows of the extension now: its lamp
 */
export function ExtensionGroupsTable({
  groups,
  beside,
}: {
  groups: ExtensionGroups
  beside?: Beside | undefined
}) {
  const { t } = useTranslation()
  const field = (name: string) => t(`directory.employee.${name}`)
  return (
    <div className={css.groups}>
      {groups.map((group) => (
        <section
          key={group.departmentId ?? 'none'}
          className={cx(css.group, group.people.length > 20 && css.long)}
        >
          <h2>
            {group.path ?? t('directory.noDepartment')}
            {group.extension === null ? null : <span className={css.number}>{group.extension}</span>}
          </h2>
          {group.people.length === 0 ? null : (
            <table>
              <thead>
                <tr>
                  <th scope="col">{field('name')}</th>
                  <th scope="col">{field('title')}</th>
                  <th scope="col">{t('directory.extensions.short')}</th>
                  <th scope="col">{field('place')}</th>
                  {beside ? <th scope="col">{t('directory.extensions.now')}</th> : null}
                </tr>
              </thead>
              <tbody>
                {group.people.map((one) => (
                  <tr key={one.id}>
                    <td>{one.name}</td>
                    <td>{one.title}</td>
                    <td className={css.number}>{one.extension ?? '—'}</td>
                    <td>{[one.floor, one.room].filter(Boolean).join(' · ')}</td>
                    {beside ? <td>{beside(one)}</td> : null}
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
      ))}
    </div>
  )
}
