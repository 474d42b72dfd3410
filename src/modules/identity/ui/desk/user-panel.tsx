import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Combobox } from '../../../../ui-kit/combobox.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, SelectNative, TextInput } from '../../../../ui-kit/inputs.tsx'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { useSession } from '../../../../ui-kit/session.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { employees } from '../../../directory/contract.ts'
import { type Role, roles } from '../../rules.ts'
import { userRoutes } from '../../users/contract.ts'
import css from './page.module.css'
import { roleName } from './role-names.ts'
import { UserActs } from './user-acts.tsx'
import { type User, UserState } from './user-rows.tsx'

interface PanelProps {
  /** Null: a new user. */
  id: string | null
  onClose: () => void
  onMade: (id: string) => void
}

export function UserPanel({ id, onClose, onMade }: PanelProps) {
  const { t } = useTranslation()
  const found = useQuery({
    queryKey: ['users', 'one', id],
    queryFn: ({ signal }) => call(userRoutes.user, { params: { user: id ?? '' } }, { signal }),
    enabled: id !== null,
  })
  const user = found.data
  const title = id === null ? t('identity.users.new') : (user?.name ?? '')
  return (
    <Panel title={title} onClose={onClose} aside={user ? <UserState user={user} /> : null}>
      <ProblemNotice fault={found.error} onRetry={() => void found.refetch()} />
      {id !== null && found.isPending ? <Skeleton rows={6} /> : null}
      {id === null ? <UserForm user={null} onDone={(made) => onMade(made.id)} /> : null}
      {user ? (
        <>
          <UserForm key={user.version} user={user} onDone={() => undefined} />
          {user.can.edit ? <UserActs user={user} /> : null}
        </>
      ) : null}
    </Panel>
  )
}

interface Answers {
  username: string
  name: string
  email: string
  language: 'zh' | 'en'
  password: string
  /** Picked from the directory; null: the account brings a new employee. */
  employeeId: string | null
  roles: readonly Role[]
}

async function suggestEmployees(q: string, signal: AbortSignal) {
  const { items } = await call(employees.find, { query: { q } }, { signal })
  return items.map(({ id, name, departmentName, extension }) => ({
    id,
    label: name,
    hint: departmentName,
    meta: extension,
  }))
}

function UserForm({ user, onDone }: { user: User | null; onDone: (user: User) => void }) {
  const { t } = useTranslation()
  const { site } = useSession()
  const { fieldTexts } = useProblemText()
  const queries = useQueryClient()
  const readOnly = user !== null && !user.can.edit
  const [answers, setAnswers] = useState<Answers>({
    username: user?.username ?? '',
    name: user?.name ?? '',
    email: user?.email ?? '',
    language: user?.language ?? 'zh',
    password: '',
    employeeId: null,
    roles: (user?.grants ?? []).filter((grant) => grant.site === site.id).map((grant) => grant.role),
  })
  const patch = (part: Partial<Answers>) => setAnswers((before) => ({ ...before, ...part }))

  const save = useMutation({
    mutationFn: () => {
      const { username, name, language, password, employeeId } = answers
      const email = answers.email.trim() === '' ? null : answers.email.trim()
      const elsewhere = (user?.grants ?? []).filter((grant) => grant.site !== site.id)
      const grants = [...elsewhere, ...answers.roles.map((role) => ({ site: site.id, role }))]
      return user === null
        ? call(userRoutes.createUser, {
            body: { username, name, language, password, email, employeeId, grants },
          })
        : call(userRoutes.editUser, {
            params: { user: user.id },
            body: { version: user.version, name, language, email, grants },
          })
    },
    onSuccess: async (saved) => {
      showToast({
        text: t(user === null ? 'identity.users.made' : 'identity.users.saved', { name: saved.name }),
      })
      queries.setQueryData(['users', 'one', saved.id], saved)
      await queries.invalidateQueries({ queryKey: ['users', 'list'] })
      onDone(saved)
    },
  })
  const faults = fieldTexts(save.error)

  function send(event: FormEvent) {
    event.preventDefault()
    if (!save.isPending) save.mutate()
  }

  return (
    <form className={css.form} noValidate onSubmit={send}>
      <Field
        label={t('identity.users.name')}
        hint={
          user === null ? t(answers.employeeId ? 'identity.users.linked' : 'identity.users.linkHint') : null
        }
        required
        error={faults.name}
      >
        {user === null ? (
          <Combobox
            name="name"
            text={answers.name}
            onTextChange={(name) => patch({ name, employeeId: null })}
            suggest={suggestEmployees}
            onPick={(one) => patch({ name: one.label, employeeId: one.id })}
            autoFocus
          />
        ) : (
          <TextInput
            name="name"
            value={answers.name}
            onChange={(name) => patch({ name })}
            maxLength={80}
            disabled={readOnly}
          />
        )}
      </Field>
      {user === null ? (
        <>
          <Field
            label={t('identity.users.username')}
            hint={t('identity.users.usernameHint')}
            required
            error={faults.username}
          >
            <TextInput
              name="username"
              value={answers.username}
              onChange={(username) => patch({ username })}
              maxLength={40}
            />
          </Field>
          <Field
            label={t('identity.users.firstPassword')}
            hint={t('identity.users.firstPasswordHint')}
            required
            error={faults.password}
          >
            <TextInput
              name="password"
              type="password"
              autoComplete="new-password"
              value={answers.password}
              onChange={(password) => patch({ password })}
            />
          </Field>
        </>
      ) : (
        <p className={css.note}>{t('identity.users.signsInAs', { username: user.username })}</p>
      )}
      <Field label={t('identity.users.email')} error={faults.email}>
        <TextInput
          name="email"
          type="email"
          inputMode="email"
          value={answers.email}
          onChange={(email) => patch({ email })}
          maxLength={200}
          disabled={readOnly}
        />
      </Field>
      <Field label={t('identity.language')}>
        <SelectNative
          value={answers.language}
          onChange={(value) => patch({ language: value === 'en' ? 'en' : 'zh' })}
          options={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
          disabled={readOnly}
        />
      </Field>
      <Field group label={t('identity.users.rolesHere', { site: site.name })}>
        <div className={css.group}>
          {roles.map((role) => (
            <Checkbox
              key={role}
              checked={answers.roles.includes(role)}
              disabled={readOnly}
              onChange={(checked) =>
                patch({
                  roles: checked ? [...answers.roles, role] : answers.roles.filter((one) => one !== role),
                })
              }
            >
              {roleName(t, role)}
            </Checkbox>
          ))}
        </div>
      </Field>
      <ProblemNotice fault={save.error} />
      {readOnly ? (
        <p className={css.note}>{t('identity.users.notYours')}</p>
      ) : (
        <Button kind="primary" type="submit" busy={save.isPending}>
          {t('identity.save')}
        </Button>
      )}
    </form>
  )
}
