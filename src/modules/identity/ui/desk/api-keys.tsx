import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { SelectNative, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../../ui-kit/keys.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { useSession } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import { keyRoutes } from '../../keys/contract.ts'
import { isRole, type Role } from '../../rules.ts'
import css from './page.module.css'
import { roleName, roleOptions } from './role-names.ts'

/** Keys with which other systems act here, each in one role (K3). */
export function ApiKeys() {
  const { t, i18n } = useTranslation()
  const { site } = useSession()
  const queries = useQueryClient()
  const [making, setMaking] = useState(false)
  useLiveInvalidate({ 'api-key': ['api-keys'] })
  useKeys({ n: { label: t('identity.keys.new'), run: () => setMaking(true) } }, { layer: 'screen' })
  const keys = useQuery({
    queryKey: ['api-keys', site.id],
    queryFn: ({ signal }) => call(keyRoutes.keys, {}, { signal }),
  })
  const remove = useMutation({
    mutationFn: (key: string) => call(keyRoutes.deleteKey, { params: { key } }),
    onSuccess: () => showToast({ text: t('identity.keys.removed') }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['api-keys'] }),
  })
  const items = keys.data?.items ?? []
  const when = (instant: string) => formatDateTime(instant, site.zone, i18n.language === 'en' ? 'en' : 'zh')
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('identity.keys.title')}</h1>
        <Button kind="primary" icon="plus" keyHint="n" onClick={() => setMaking(true)}>
          {t('identity.keys.new')}
        </Button>
      </header>
      <p className={css.note}>{t('identity.keys.help', { site: site.name })}</p>
      <ProblemNotice fault={keys.error} onRetry={() => void keys.refetch()} />
      <ProblemNotice fault={remove.error} />
      <div className={css.beside}>
        <div className={css.page}>
          {keys.isPending ? <Skeleton rows={3} /> : null}
          {keys.data && items.length === 0 ? (
            <Empty title={t('identity.keys.none')}>{t('identity.keys.noneHelp')}</Empty>
          ) : null}
          {items.length > 0 ? (
            <section className={css.scroll} aria-label={t('identity.keys.title')}>
              <table className={css.table}>
                <thead>
                  <tr>
                    <th scope="col">{t('identity.keys.name')}</th>
                    <th scope="col">{t('identity.keys.role')}</th>
                    <th scope="col">{t('identity.keys.start')}</th>
                    <th scope="col">{t('identity.keys.made')}</th>
                    <th scope="col">{t('identity.keys.act')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((key) => (
                    <tr key={key.id}>
                      <td>{key.name}</td>
                      <td>{roleName(t, key.role)}</td>
                      <td>
                        <code>{key.start}…</code>
                      </td>
                      <td>
                        {when(key.createdAt)} {key.createdByName}
                      </td>
                      <td>
                        <Button
                          kind="danger"
                          icon="trash"
                          busy={remove.isPending && remove.variables === key.id}
                          onClick={() => remove.mutate(key.id)}
                        >
                          {t('identity.keys.remove')}
                        </Button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          ) : null}
        </div>
        {making ? <NewKey onClose={() => setMaking(false)} /> : null}
      </div>
    </div>
  )
}

function NewKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { fieldTexts } = useProblemText()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('receptionist')
  const make = useMutation({
    mutationFn: () => call(keyRoutes.createKey, { body: { name, role } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['api-keys'] }),
  })

  function send(event: FormEvent) {
    event.preventDefault()
    if (!make.isPending) make.mutate()
  }

  async function copy(secret: string) {
    await navigator.clipboard.writeText(secret)
    showToast({ text: t('identity.keys.copied') })
  }

  const secret = make.data?.secret
  return (
    <Panel title={t('identity.keys.new')} onClose={onClose}>
      {secret === undefined ? (
        <form className={css.form} noValidate onSubmit={send}>
          <Field
            label={t('identity.keys.name')}
            hint={t('identity.keys.nameHint')}
            required
            error={fieldTexts(make.error).name}
          >
            <TextInput value={name} onChange={setName} maxLength={200} autoFocus />
          </Field>
          <Field label={t('identity.keys.role')}>
            <SelectNative
              value={role}
              onChange={(value) => (isRole(value) ? setRole(value) : undefined)}
              options={roleOptions(t)}
            />
          </Field>
          <ProblemNotice fault={make.error} />
          <Button kind="primary" type="submit" busy={make.isPending}>
            {t('identity.keys.make')}
          </Button>
        </form>
      ) : (
        <div className={css.form}>
          <p role="status">{t('identity.keys.once')}</p>
          <code className={css.secret}>{secret}</code>
          <div className={css.row}>
            <Button kind="primary" icon="copy" onClick={() => void copy(secret)}>
              {t('identity.keys.copy')}
            </Button>
            <Button onClick={onClose}>{t('identity.keys.kept')}</Button>
          </div>
        </div>
      )}
    </Panel>
  )
}
