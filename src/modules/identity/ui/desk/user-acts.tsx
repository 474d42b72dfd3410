import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, TextInput } from '../../../../ui-kit/inputs.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { sessionRoutes } from '../../sessions/contract.ts'
import { userRoutes } from '../../users/contract.ts'
import css from './page.module.css'
import type { User } from './user-rows.tsx'

/** What an administrator does to an account besides editing it; each works at once. */
export function UserActs({ user }: { user: User }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const params = { user: user.id }
  const renew = () => queries.invalidateQueries({ queryKey: ['users'] })
  const act = useMutation({
    mutationFn: async (what: 'unlock' | 'disable' | 'enable' | 'end') => {
      if (what === 'unlock') await call(userRoutes.unlockUser, { params })
      if (what === 'disable') await call(userRoutes.disableUser, { params })
      if (what === 'enable') await call(userRoutes.enableUser, { params })
      if (what === 'end') await call(sessionRoutes.endUserSessions, { params })
      return what
    },
    onSuccess: (what) =>
      showToast({
        text: t(`identity.users.done.${what}`, { name: user.name }),
        ...(what === 'disable' ? { undo: () => act.mutate('enable') } : {}),
      }),
    onSettled: renew,
  })
  return (
    <section className={css.form} aria-label={t('identity.users.acts')}>
      <h3>{t('identity.users.acts')}</h3>
      <div className={css.row}>
        {user.lockedUntil === null ? null : (
          <Button icon="lock" onClick={() => act.mutate('unlock')}>
            {t('identity.users.unlock')}
          </Button>
        )}
        <Button icon="signOut" onClick={() => act.mutate('end')}>
          {t('identity.users.endSessions')}
        </Button>
        {user.disabledAt === null ? (
          <Button kind="danger" onClick={() => act.mutate('disable')}>
            {t('identity.users.disable')}
          </Button>
        ) : (
          <Button onClick={() => act.mutate('enable')}>{t('identity.users.enable')}</Button>
        )}
      </div>
      <ProblemNotice fault={act.error} />
      <ResetPassword user={user} onDone={() => void renew()} />
    </section>
  )
}

function ResetPassword({ user, onDone }: { user: User; onDone: () => void }) {
  const { t } = useTranslation()
  const { fieldTexts } = useProblemText()
  const [password, setPassword] = useState('')
  const [withoutTwoFactor, setWithoutTwoFactor] = useState(false)
  const reset = useMutation({
    mutationFn: () =>
      call(userRoutes.resetPassword, { params: { user: user.id }, body: { password, withoutTwoFactor } }),
    onSuccess: () => {
      setPassword('')
      showToast({ text: t('identity.users.passwordReset', { name: user.name }) })
      onDone()
    },
  })
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (password !== '' && !reset.isPending) reset.mutate()
      }}
    >
      <Field
        label={t('identity.users.newPassword')}
        hint={t('identity.users.firstPasswordHint')}
        error={fieldTexts(reset.error).password}
      >
        <TextInput type="password" autoComplete="new-password" value={password} onChange={setPassword} />
      </Field>
      {user.twoFactor ? (
        <Checkbox
          checked={withoutTwoFactor}
          onChange={setWithoutTwoFactor}
          hint={t('identity.users.phoneLostHint')}
        >
          {t('identity.users.phoneLost')}
        </Checkbox>
      ) : null}
      <ProblemNotice fault={reset.error} />
      <Button type="submit" icon="key" busy={reset.isPending} disabled={password === ''}>
        {t('identity.users.resetPassword')}
      </Button>
    </form>
  )
}
