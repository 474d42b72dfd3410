import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../ui-kit/inputs.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { sessionRoutes } from '../../sessions/contract.ts'
import css from './page.module.css'

const empty = { current: '', next: '', repeat: '' }

export function PasswordForm({ username }: { username: string }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { fieldTexts } = useProblemText()
  const [answers, setAnswers] = useState(empty)
  const [differs, setDiffers] = useState(false)
  const save = useMutation({
    mutationFn: () =>
      call(sessionRoutes.changePassword, { body: { current: answers.current, next: answers.next } }),
    onSuccess: async () => {
      setAnswers(empty)
      showToast({ text: t('identity.account.passwordSaved') })
      await queries.invalidateQueries({ queryKey: ['me'] })
    },
  })

  function send(event: FormEvent) {
    event.preventDefault()
    const same = answers.next === answers.repeat
    setDiffers(!same)
    if (same && answers.current !== '' && answers.next !== '' && !save.isPending) save.mutate()
  }

  const field = (name: keyof typeof empty) => ({
    name,
    type: 'password',
    value: answers[name],
    onChange: (value: string) => setAnswers((before) => ({ ...before, [name]: value })),
  })
  return (
    <form className={css.form} noValidate onSubmit={send}>
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <Field label={t('identity.account.current')} required>
        <TextInput {...field('current')} autoComplete="current-password" />
      </Field>
      <Field
        label={t('identity.account.next')}
        hint={t('identity.account.nextHint')}
        required
        error={fieldTexts(save.error).next}
      >
        <TextInput {...field('next')} autoComplete="new-password" />
      </Field>
      <Field
        label={t('identity.account.repeat')}
        required
        error={differs ? t('identity.account.repeatDiffers') : null}
      >
        <TextInput {...field('repeat')} autoComplete="new-password" />
      </Field>
      <ProblemNotice fault={save.error} />
      <div className={css.row}>
        <Button type="submit" kind="primary" busy={save.isPending}>
          {t('identity.account.changePassword')}
        </Button>
      </div>
    </form>
  )
}
