import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { useDraft } from '../../../../ui-kit/drafts.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, SelectNative, TextArea, TextInput } from '../../../../ui-kit/inputs.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { customers } from '../../contract.ts'
import { grades } from '../../rules.ts'
import css from '../customers.module.css'
import { type Customer, useSaved } from '../queries.ts'
import { type PhoneAnswer, PhonesField, phoneAnswers, phoneBody } from './phones-field.tsx'

interface Answers {
  readonly name: string
  readonly shortName: string
  readonly grade: Customer['grade']
  readonly industry: string
  readonly address: string
  readonly website: string
  readonly note: string
  readonly tags: string
  readonly phones: readonly PhoneAnswer[]
  readonly mine: boolean
}

export const wordsOf = (text: string) =>
  text
    .split(/[、,,;;\n]+/)
    .map((word) => word.trim())
    .filter((word) => word !== '')

function answersOf(one: Customer | null): Answers {
  return {
    name: one?.name ?? '',
    shortName: one?.shortName ?? '',
    grade: one?.grade ?? 'normal',
    industry: one?.industry ?? '',
    address: one?.address ?? '',
    website: one?.website ?? '',
    note: one?.note ?? '',
    tags: (one?.tags ?? []).join('、'),
    phones: phoneAnswers(one?.phones ?? []),
    mine: false,
  }
}

interface FormProps {
  customer: Customer | null
  onDone: (saved: Customer) => void
  onCancel?: () => void
}

export function CustomerForm({ customer: one, onDone, onCancel }: FormProps) {
  const { t } = useTranslation()
  const { fieldTexts } = useProblemText()
  const saved = useSaved()
  const draft = useDraft(one === null ? 'customer.new' : `customer.${one.id}.${one.version}`, answersOf(one))
  const answers = draft.value
  const save = useMutation({
    mutationFn: () => {
      const { mine, ...given } = answers
      const body = { ...given, tags: wordsOf(answers.tags), phones: phoneBody(answers.phones) }
      return one === null
        ? call(customers.create, { body: { ...body, mine } })
        : call(customers.edit, { params: { id: one.id }, body: { version: one.version, ...body } })
    },
    onSuccess: async (made) => {
      draft.clear()
      await saved.customer(made)
      showToast({ text: t('customers.saved', { name: made.name }) })
      onDone(made)
    },
  })
  const faults = fieldTexts(save.error)
  const text = (
    name: 'name' | 'shortName' | 'industry' | 'address' | 'website' | 'tags',
    more: { required?: boolean; autoFocus?: boolean; hint?: string } = {},
  ) => (
    <Field
      label={t(`customers.field.${name}`)}
      required={more.required}
      hint={more.hint}
      error={faults[name]}
    >
      <TextInput
        name={name}
        value={answers[name]}
        maxLength={200}
        autoFocus={more.autoFocus}
        onChange={(value) => draft.patch({ [name]: value })}
      />
    </Field>
  )
  function send(event: FormEvent) {
    event.preventDefault()
    if (!save.isPending) save.mutate()
  }
  return (
    <form className={css.form} noValidate onSubmit={send}>
      {text('name', { required: true, autoFocus: true })}
      <div className={css.pair}>
        {text('shortName')}
        <Field label={t('customers.field.grade')}>
          <SelectNative
            value={answers.grade}
            onChange={(value) => draft.patch({ grade: grades.find((grade) => grade === value) ?? 'normal' })}
            options={grades.map((grade) => ({ value: grade, label: t(`customers.grade.${grade}`) }))}
          />
        </Field>
        {text('industry')}
      </div>
      <PhonesField phones={answers.phones} faults={faults} onChange={(phones) => draft.patch({ phones })} />
      <div className={css.pair}>
        {text('address')}
        {text('website')}
      </div>
      {text('tags', { hint: t('customers.form.tagsHint') })}
      <Field label={t('customers.field.note')} error={faults.note}>
        <TextArea
          name="note"
          rows={3}
          maxLength={4000}
          value={answers.note}
          onChange={(note) => draft.patch({ note })}
        />
      </Field>
      {one === null ? (
        <Checkbox checked={answers.mine} onChange={(mine) => draft.patch({ mine })}>
          {t('customers.form.mine')}
        </Checkbox>
      ) : null}
      <ProblemNotice fault={save.error} />
      <div className={css.acts}>
        <Button kind="primary" type="submit" busy={save.isPending}>
          {t('customers.save')}
        </Button>
        {onCancel ? <Button onClick={onCancel}>{t('customers.cancel')}</Button> : null}
      </div>
    </form>
  )
}
