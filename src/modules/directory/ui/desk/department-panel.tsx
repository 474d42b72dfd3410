import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, SelectNative, TextInput } from '../../../../ui-kit/inputs.tsx'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { departments as routes } from '../../contract.ts'
import { departmentOptions } from './department-options.ts'
import type { Department } from './department-tree.tsx'
import css from './directory.module.css'
import { type Person, PersonPicker } from './person-picker.tsx'

interface PanelProps {
  /** Null: a new department, below the one in view. */
  id: string | null
  parentId: string | null
  departments: readonly Department[]
  onClose: () => void
}

export function DepartmentPanel({ id, parentId, departments, onClose }: PanelProps) {
  const { t } = useTranslation()
  const one = departments.find((department) => department.id === id) ?? null
  return (
    <Panel title={one === null ? t('directory.department.new') : one.name} onClose={onClose}>
      <DepartmentForm
        key={one?.version ?? 0}
        one={one}
        parentId={parentId}
        departments={departments}
        onDone={onClose}
      />
    </Panel>
  )
}

const person = (id: string | null | undefined, name: string | null | undefined): Person | null =>
  id ? { id, name: name ?? '' } : null

interface FormProps {
  one: Department | null
  parentId: string | null
  departments: readonly Department[]
  onDone: () => void
}

function DepartmentForm({ one, parentId, departments, onDone }: FormProps) {
  const { t } = useTranslation()
  const { fieldTexts } = useProblemText()
  const queries = useQueryClient()
  const [name, setName] = useState(one?.name ?? '')
  const [parent, setParent] = useState(one === null ? (parentId ?? '') : (one.parentId ?? ''))
  const [extension, setExtension] = useState(one?.extension ?? '')
  const [tenant, setTenant] = useState(one?.tenant ?? false)
  const [head, setHead] = useState(person(one?.headId, one?.headName))
  const [deputy, setDeputy] = useState(person(one?.deputyId, one?.deputyName))
  const refresh = () => queries.invalidateQueries({ queryKey: ['departments'] })

  const save = useMutation({
    mutationFn: async () => {
      const facts = {
        name: name.trim(),
        headId: head?.id ?? null,
        deputyId: deputy?.id ?? null,
        extension: extension.trim() === '' ? null : extension.trim(),
        tenant,
      }
      const under = parent === '' ? null : parent
      if (one === null) return await call(routes.create, { body: { ...facts, parentId: under } })
      const params = { id: one.id }
      const edited = await call(routes.edit, { params, body: { version: one.version, ...facts } })
      if (under === one.parentId) return edited
      return await call(routes.move, { params, body: { version: edited.version, parentId: under } })
    },
    onSettled: refresh,
    onSuccess: () => {
      showToast({ text: t('directory.saved', { name }) })
      onDone()
    },
  })
  const remove = useMutation({
    mutationFn: (gone: Department) =>
      call(routes.remove, { params: { id: gone.id }, body: { version: gone.version } }),
    onSuccess: async (_, gone) => {
      await refresh()
      const { name: called, parentId: under, headId, deputyId, extension: number } = gone
      const back = { name: called, parentId: under, headId, deputyId, extension: number, tenant: gone.tenant }
      showToast({
        text: t('directory.department.removed', { name: gone.name }),
        undo: () => void call(routes.create, { body: back }).then(refresh),
      })
      onDone()
    },
  })
  const close = useMutation({
    mutationFn: (target: Department) =>
      call(routes.edit, {
        params: { id: target.id },
        body: { version: target.version, active: !target.active },
      }),
    onSuccess: refresh,
  })
  const faults = fieldTexts(save.error)

  function send(event: FormEvent) {
    event.preventDefault()
    if (!save.isPending) save.mutate()
  }

  return (
    <form className={css.form} noValidate onSubmit={send}>
      <Field label={t('directory.department.name')} required error={faults.name}>
        <TextInput name="name" value={name} onChange={setName} maxLength={200} autoFocus={one === null} />
      </Field>
      <Field label={t('directory.department.parent')}>
        <SelectNative
          value={parent}
          onChange={setParent}
          placeholder={t('directory.department.top')}
          options={departmentOptions(departments, one?.id ?? null)}
        />
      </Field>
      <PersonPicker label={t('directory.department.head')} person={head} onChange={setHead} />
      <PersonPicker
        label={t('directory.department.deputy')}
        hint={t('directory.department.deputyHint')}
        person={deputy}
        onChange={setDeputy}
      />
      <Field label={t('directory.department.extension')} error={faults.extension}>
        <TextInput name="extension" value={extension} onChange={setExtension} maxLength={20} />
      </Field>
      <Checkbox checked={tenant} onChange={setTenant} hint={t('directory.department.tenantHint')}>
        {t('directory.department.tenant')}
      </Checkbox>
      <ProblemNotice fault={save.error ?? remove.error ?? close.error} />
      <div className={css.acts}>
        <Button kind="primary" type="submit" busy={save.isPending}>
          {t('directory.save')}
        </Button>
        {one === null ? null : (
          <>
            <Button busy={close.isPending} onClick={() => close.mutate(one)}>
              {t(one.active ? 'directory.department.close' : 'directory.department.reopen')}
            </Button>
            <Button kind="danger" icon="trash" busy={remove.isPending} onClick={() => remove.mutate(one)}>
              {t('directory.department.remove')}
            </Button>
          </>
        )}
      </div>
    </form>
  )
}
