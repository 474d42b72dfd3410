import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { OwnChannels } from '../../../../kernel/notifications/ui/channels/own-channels.tsx'
import { Card } from '../../../../ui-kit/card.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { SelectNative } from '../../../../ui-kit/inputs.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { sessionRoutes } from '../../sessions/contract.ts'
import { PasswordForm } from './account-password.tsx'
import { SessionList } from './account-sessions.tsx'
import { TwoFactor } from './account-two-factor.tsx'
import css from './page.module.css'

/** My account: language, password, second factor, sessions (K3). */
export function Account() {
  const { t } = useTranslation()
  const me = useQuery({ queryKey: ['me'], queryFn: ({ signal }) => call(sessionRoutes.me, {}, { signal }) })
  const user = me.data?.user
  return (
    <div className={`${css.page} ${css.narrow}`}>
      <h1>{t('identity.account.title')}</h1>
      <ProblemNotice fault={me.error} onRetry={() => void me.refetch()} />
      {user ? (
        <>
          <p className={css.note}>
            {t('identity.users.signsInAs', { username: user.username ?? user.name })}
          </p>
          <Card level={2} title={t('identity.language')}>
            <Language key={user.version} language={user.language} version={user.version} />
          </Card>
          <Card
            level={2}
            title={t('identity.account.password')}
            {...(user.passwordTemporary ? { tone: 'waiting' as const } : {})}
          >
            {user.passwordTemporary ? <p>{t('identity.account.temporary')}</p> : null}
            <PasswordForm username={user.username ?? ''} />
          </Card>
          <Card level={2} title={t('identity.account.twoFactor')}>
            <TwoFactor on={user.twoFactor} />
          </Card>
          <Card level={2} title={t('identity.account.sessions')}>
            <SessionList />
          </Card>
          <OwnChannels />
        </>
      ) : me.isPending ? (
        <Skeleton kind="cards" rows={4} />
      ) : null}
    </div>
  )
}

function Language({ language, version }: { language: 'zh' | 'en'; version: number }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: (next: 'zh' | 'en') => call(sessionRoutes.editMe, { body: { version, language: next } }),
    onSuccess: () => showToast({ text: t('identity.account.languageSaved') }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['me'] }),
  })
  return (
    <>
      <Field label={t('identity.account.notices')} hint={t('identity.account.noticesHint')}>
        <SelectNative
          value={save.isPending ? save.variables : language}
          onChange={(value) => save.mutate(value === 'en' ? 'en' : 'zh')}
          options={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
        />
      </Field>
      <ProblemNotice fault={save.error} />
    </>
  )
}
