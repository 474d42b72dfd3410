import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { Button } from '../../../../ui-kit/button.tsx'
import { useSession } from '../../../../ui-kit/session.ts'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import type { user } from '../../users/contract.ts'
import css from './page.module.css'
import { roleName } from './role-names.ts'

export type User = z.output<typeof user>

export function UserRows({
  users,
  selected,
  onOpen,
}: {
  users: readonly User[]
  selected: string | null
  onOpen: (id: string) => void
}) {
  const { t } = useTranslation()
  const { site } = useSession()
  return (
    <section className={css.scroll} aria-label={t('identity.users.title')}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('identity.users.name')}</th>
            <th scope="col">{t('identity.users.username')}</th>
            <th scope="col">{t('identity.users.rolesHere', { site: site.name })}</th>
            <th scope="col">{t('identity.users.state')}</th>
          </tr>
        </thead>
        <tbody>
          {users.map((one) => (
            <tr key={one.id} aria-current={one.id === selected || undefined}>
              <td>
                <Button kind="plain" onClick={() => onOpen(one.id)}>
                  {one.name}
                </Button>
              </td>
              <td>{one.username}</td>
              <td>
                {one.grants
                  .filter((grant) => grant.site === site.id)
                  .map((grant) => roleName(t, grant.role))
                  .join(t('identity.listSeparator'))}
              </td>
              <td>
                <UserState user={one} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

export function UserState({ user: one }: { user: User }) {
  const { t } = useTranslation()
  return (
    <span className={css.chips}>
      {one.disabledAt === null ? null : (
        <StatusChip tone="neutral">{t('identity.users.disabled')}</StatusChip>
      )}
      {one.lockedUntil === null ? null : <StatusChip tone="alarm">{t('identity.users.locked')}</StatusChip>}
      {one.passwordTemporary ? <StatusChip tone="waiting">{t('identity.users.temporary')}</StatusChip> : null}
      {one.twoFactor ? <StatusChip tone="good">{t('identity.users.twoFactor')}</StatusChip> : null}
    </span>
  )
}
