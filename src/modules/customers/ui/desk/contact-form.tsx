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
import { contacts } from '../../contacts/contract.ts'
import css from '../customers.module.css'
import { CompanyPicker, type Picked } from '../pickers.tsx'
import { type Contact, useSaved } from '../queries.ts'
import { wordsOf } from './customer-form.tsx'
import { type PhoneAnswer, PhonesField, phoneAnswers, phoneBody } from './phones-field.tsx'

interface Answers {
  readonly name: string
  readonly company: Picked | null
  readonly organisation: string
  readonly sex: '' | 'female' | 'male'
  readonly title: string
  readonly email: string
  readonly dialect: string
  readonly language: string
  readonly vip: boolean
  readonly note: string
  readonly tags: string
  readonly phones: readonly PhoneAnswer[]
}

const languages = ['zh', 'en', 'ja', 'ko', 'fr', 'de', 'es', 'ru', 'ar'] as const

function answersOf(one: Contact | null, company: Picked | null): Answers {
  return {
    name: one?.name ?? '',
    company:
      one === null
        ? company
        : one.customerId === null
          ? null
          : { id: one.customerId, name: one.customerName },
    organisation: one?.organisation ?? '',
    sex: one?.sex ?? '',
    title: one?.title ?? '',
    email: one?.email ?? '',
    dialect: one?.dialect ?? '',
    language: one?.language ?? '',
    vip: one?.vip ?? false,
    note: one?.note ?? '',
    tags: (one?.tags ?? []).join('、'),
    phones: phoneAnswers(one?.phones ?? []),
  }
}

interface FormProps {
  contact: Contact | null
  /** Of whom a new one is. */
  company?: Picked | null
  onDone: (saved: Contact) => void
  onCancel?: () => void
}

export function ContactForm({ contact: one, company = null, onDone, onCancel }: FormProps) {
  const { t } = useTranslation()
  const { fieldTexts } = useProblemText()
  const saved = useSaved()
  const draft = useDraft(
    one === null ? `contact.new.${company?.id ?? ''}` : `contact.${one.id}.${one.version}`,
    answersOf(one, company),
  )
  const answers = draft.value
  const save = useMutation({
    mutationFn: () => {
      const { company: picked, sex, email, ...given } = answers
      const body = {
        ...given,
        customerId: picked?.id ?? null,
        sex: sex === '' ? null : sex,
        // A masked address that nobody touched must not be stored as its own mask.
        ...(one !== null && email === one.email ? {} : { email: email.trim() }),
        tags: wordsOf(answers.tags),
        phones: phoneBody(answers.phones),
      }
      return one === null
        ? call(contacts.create, { body })
        : call(contacts.edit, { params: { id: one.id }, body: { version: one.version, ...body } })
    },
    onSuccess: async (made) => {
      draft.clear()
      await saved.contact(made)
      showToast({ text: t('customers.saved', { name: made.name }) })
      onDone(made)
    },
  })
  const faults = fieldTexts(save.error)
  const text = (
    name: 'name' | 'title' | 'email' | 'dialect' | 'tags',
    more: { required?: boolean; autoFocus?: boolean; hint?: string } = {},
  ) => (
    <Field
      label={t(`customers.field.${name === 'title' ? 'post' : name === 'name' ? 'person' : name}`)}
      required={more.required}
      hint={more.hint}
      error={faults[name]}
    >
      <TextInput
        name={name}
        type={name === 'email' ? 'email' : 'text'}
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
      <div className={css.pair}>
        {text('name', { required: true, autoFocus: true })}
        <Field label={t('customers.field.sex')}>
          <SelectNative
            value={answers.sex}
            placeholder={t('customers.unknown')}
            onChange={(value) => draft.patch({ sex: value === 'female' || value === 'male' ? value : '' })}
            options={(['female', 'male'] as const).map((sex) => ({
              value: sex,
              label: t(`customers.sex.${sex}`),
            }))}
          />
        </Field>
        {text('title')}
      </div>
      <CompanyPicker
        label={t('customers.field.company')}
        hint={t('customers.form.companyHint')}
        error={faults.customerId}
        picked={
          answers.company ?? (answers.organisation === '' ? null : { id: '', name: answers.organisation })
        }
        onChange={(picked) => draft.patch({ company: picked, ...(picked ? { organisation: '' } : {}) })}
        onText={(organisation) => draft.patch({ organisation })}
      />
      <PhonesField phones={answers.phones} faults={faults} onChange={(phones) => draft.patch({ phones })} />
      <div className={css.pair}>
        {text('email')}
        <Field label={t('customers.field.language')}>
          <SelectNative
            value={answers.language}
            placeholder={t('customers.unknown')}
            onChange={(language) => draft.patch({ language })}
            options={languages.map((code) => ({ value: code, label: t(`customers.language.${code}`) }))}
          />
        </Field>
        {text('dialect')}
      </div>
      <Checkbox checked={answers.vip} onChange={(vip) => draft.patch({ vip })}>
        {t('customers.form.vip')}
      </Checkbox>
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
