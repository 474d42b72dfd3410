import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { useDraft } from '../../../../ui-kit/drafts.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, SelectNative, TextInput } from '../../../../ui-kit/inputs.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { useSession } from '../../../../ui-kit/session.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { departments, employees } from '../../contract.ts'
import { languageName, spokenLanguages, wordsOf } from '../../sheets/words.ts'
import { departmentOptions } from './department-options.ts'
import css from './directory.module.css'
import type { Employee } from './employee-table.tsx'
import { type Person, PersonPicker } from './person-picker.tsx'

const texts = ['number', 'name', 'title', 'extension', 'mobile', 'email', 'floor', 'room'] as const

interface Answers {
  readonly number: string
  readonly name: string
  readonly title: string
  readonly extension: string
  readonly mobile: string
  readonly email: string
  readonly floor: string
  readonly room: string
  readonly departmentId: string
  readonly lineWorker: boolean
  readonly languages: readonly string[]
  readonly dialects: string
  readonly language: 'zh' | 'en'
  readonly secretary: Person | null
  readonly deputy: Person | null
}

const person = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' })

function answersOf(one: Employee | null, departmentId: string | null): Answers {
  return {
    number: one?.number ?? '',
    name: one?.name ?? '',
    title: one?.title ?? '',
    extension: one?.extension ?? '',
    mobile: one?.mobile ?? '',
    email: one?.email ?? '',
    floor: one?.floor ?? '',
    room: one?.room ?? '',
    departmentId: one?.departmentId ?? departmentId ?? '',
    lineWorker: one?.lineWorker ?? false,
    languages: one?.languages ?? [],
    dialects: (one?.dialects ?? []).join('、'),
    language: one?.language ?? 'zh',
    secretary: one === null ? null : person(one.secretaryId, one.secretaryName),
    deputy: one === null ? null : person(one.deputyId, one.deputyName),
  }
}

function bodyOf(answers: Answers, before: Employee | null) {
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
  return {
    name: answers.name,
    number: orNull(answers.number),
    title: orNull(answers.title),
    extension: orNull(answers.extension),
    // A masked number that nobody touched must not be stored as its own mask.
    ...(before?.masked === true && answers.mobile === before.mobile
      ? {}
      : { mobile: orNull(answers.mobile) }),
    email: orNull(answers.email),
    floor: orNull(answers.floor),
    room: orNull(answers.room),
    departmentId: orNull(answers.departmentId),
    lineWorker: answers.lineWorker,
    languages: [...answers.languages],
    dialects: wordsOf(answers.dialects),
    language: answers.language,
    secretaryId: answers.secretary?.id ?? null,
    deputyId: answers.deputy?.id ?? null,
  }
}

interface FormProps {
  employee: Employee | null
  /** Where a new one starts: the department in view. */
  departmentId: string | null
  onDone: (employee: Employee) => void
}

export function EmployeeForm({ employee: one, departmentId, onDone }: FormProps) {
  const { t, i18n } = useTranslation()
  const lang = i18n.language.startsWith('zh') ? 'zh' : 'en'
  const { site } = useSession()
  const { fieldTexts } = useProblemText()
  const queries = useQueryClient()
  const draft = useDraft(
    one === null ? 'employee.new' : `employee.${one.id}.${one.version}`,
    answersOf(one, departmentId),
  )
  const answers = draft.value
  const tree = useQuery({
    queryKey: ['departments', site.id],
    queryFn: ({ signal }) => call(departments.list, {}, { signal }),
  })
  const save = useMutation({
    mutationFn: () =>
      one === null
        ? call(employees.create, { body: bodyOf(answers, null) })
        : call(employees.edit, {
            params: { id: one.id },
            body: { version: one.version, ...bodyOf(answers, one) },
          }),
    onSuccess: async (saved) => {
      draft.clear()
      queries.setQueryData(['employees', 'one', saved.id], saved)
      showToast({
        text: t(one === null ? 'directory.employee.made' : 'directory.saved', { name: saved.name }),
      })
      await queries.invalidateQueries({ queryKey: ['employees', 'list'] })
      onDone(saved)
    },
  })
  const faults = fieldTexts(save.error)
  const field = (name: string) => t(`directory.employee.${name}`)
  const text = (
    name: (typeof texts)[number],
    more: { required?: boolean; autoFocus?: boolean; hint?: string } = {},
  ) => (
    <Field label={field(name)} required={more.required} hint={more.hint} error={faults[name]}>
      <TextInput
        name={name}
        type={name === 'email' ? 'email' : name === 'mobile' ? 'tel' : 'text'}
        value={answers[name]}
        onChange={(value) => draft.patch({ [name]: value })}
        maxLength={200}
        autoFocus={more.autoFocus}
      />
    </Field>
  )

  function send(event: FormEvent) {
    event.preventDefault()
    if (!save.isPending) save.mutate()
  }

  return (
    <form className={css.form} noValidate onSubmit={send}>
      {text('name', { required: true, autoFocus: one === null })}
      <div className={css.pair}>
        {text('extension')}
        {text('mobile')}
      </div>
      <Field label={field('department')} error={faults.departmentId}>
        <SelectNative
          value={answers.departmentId}
          onChange={(value) => draft.patch({ departmentId: value })}
          placeholder={t('directory.noDepartment')}
          options={departmentOptions(tree.data?.items ?? [])}
        />
      </Field>
      <div className={css.pair}>
        {text('title')}
        {text('number')}
        {text('floor')}
        {text('room')}
      </div>
      {text('email')}
      <Checkbox checked={answers.lineWorker} onChange={(lineWorker) => draft.patch({ lineWorker })}>
        {t('directory.employee.lineWorkerHint')}
      </Checkbox>
      <PersonPicker
        label={field('deputy')}
        hint={t('directory.employee.deputyHint')}
        error={faults.deputyId}
        person={answers.deputy}
        onChange={(deputy) => draft.patch({ deputy })}
      />
      <PersonPicker
        label={field('secretary')}
        error={faults.secretaryId}
        person={answers.secretary}
        onChange={(secretary) => draft.patch({ secretary })}
      />
      <Field group label={field('languages')}>
        <div className={css.checks}>
          {spokenLanguages.map((code) => (
            <Checkbox
              key={code}
              checked={answers.languages.includes(code)}
              onChange={(speaks) =>
                draft.patch({
                  languages: speaks
                    ? [...answers.languages, code]
                    : answers.languages.filter((other) => other !== code),
                })
              }
            >
              {languageName(code, lang)}
            </Checkbox>
          ))}
        </div>
      </Field>
      <Field label={field('dialects')} hint={t('directory.employee.dialectsHint')} error={faults.dialects}>
        <TextInput
          name="dialects"
          value={answers.dialects}
          onChange={(dialects) => draft.patch({ dialects })}
        />
      </Field>
      <Field label={field('language')}>
        <SelectNative
          value={answers.language}
          onChange={(value) => draft.patch({ language: value === 'en' ? 'en' : 'zh' })}
          options={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
        />
      </Field>
      <ProblemNotice fault={save.error} />
      <Button kind="primary" type="submit" busy={save.isPending}>
        {t('directory.save')}
      </Button>
    </form>
  )
}
