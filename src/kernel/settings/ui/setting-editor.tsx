import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import { call } from '../../../ui-kit/client.ts'
import { useDraft } from '../../../ui-kit/drafts.ts'
import { ErrorNotice } from '../../../ui-kit/error-notice.tsx'
import { Field } from '../../../ui-kit/field.tsx'
import { TextInput } from '../../../ui-kit/inputs.tsx'
import { useKeys } from '../../../ui-kit/keys.ts'
import { ApiProblem } from '../../../ui-kit/problem.ts'
import { ProblemNotice } from '../../../ui-kit/problem-notice.tsx'
import { useSession } from '../../../ui-kit/session.ts'
import { showToast } from '../../../ui-kit/toast.tsx'
import type { RouteAnswer } from '../../contract.ts'
import { settingRoutes } from '../contract.ts'
import { changesBetween } from './changes.ts'
import { SettingForm } from './form-context.ts'
import { asJson, type Json } from './json.ts'
import { useLabels } from './labels.ts'
import { Part } from './part.tsx'
import css from './settings.module.css'
import { shapeOf } from './shape.ts'
import { useValueErrors } from './value-errors.ts'

export type Detail = RouteAnswer<typeof settingRoutes.read>

/** Edits one version into the next. What was begun survives a reload; a newer version underneath is said, not overwritten. */
export function SettingEditor({ detail }: { detail: Detail }) {
  const { t } = useTranslation()
  const { site } = useSession()
  const client = useQueryClient()
  const stored = asJson(detail.value)
  const draft = useDraft<{ base: number; value: Json; note: string }>(`setting.${site.id}.${detail.key}`, {
    base: detail.version,
    value: stored,
    note: '',
  })
  const { base, value, note } = draft.value
  const labels = useLabels(detail.key)
  const [fault, setFault] = useState<unknown>(null)
  const [sent, setSent] = useState<Json>(null)
  const errors = useValueErrors(fault, sent)
  const form = useRef<HTMLFormElement>(null)
  const changed = changesBetween(stored, value).length
  const outdated = base !== detail.version

  const save = useMutation({
    mutationFn: (wanted: Json) =>
      call(settingRoutes.change, {
        params: { key: detail.key },
        body: { value: wanted, version: detail.version, note: note.trim() || null },
      }),
    onSuccess: async (answer) => {
      draft.clear()
      setFault(null)
      client.setQueryData(['settings', 'one', site.id, detail.key], answer)
      showToast({ text: t('settings.saved', { version: answer.version }) })
      await client.invalidateQueries({ queryKey: ['settings', 'list'] })
    },
    onError: async (problem, wanted) => {
      setFault(problem)
      setSent(wanted)
      if (problem instanceof ApiProblem && problem.code === 'edit.stale')
        await client.invalidateQueries({ queryKey: ['settings'] })
    },
  })
  useEffect(() => {
    if (Object.keys(errors).length === 0) return
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    // In the middle, because the foot covers what the browser would call visible.
    wrong?.scrollIntoView({ block: 'center' })
    wrong?.focus({ preventScroll: true })
  }, [errors])
  const ready = detail.can.edit && changed > 0 && !outdated && !save.isPending
  const submit = () => {
    if (ready) save.mutate(value)
  }
  function discard() {
    draft.clear()
    setFault(null)
  }
  useKeys({ 'Ctrl+s': { label: t('settings.save'), run: submit } }, { enabled: detail.can.edit })

  const shape = shapeOf(detail.schema)
  return (
    <form
      ref={form}
      // The browser's own words would be in the browser's language; the server names every field anyway.
      noValidate
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {detail.fits ? null : <ErrorNotice title={t('settings.unfit')}>{t('settings.unfitHint')}</ErrorNotice>}
      {detail.can.edit ? null : <p className={css.hint}>{t('settings.readOnly')}</p>}
      {outdated && changed > 0 ? (
        <ErrorNotice tone="waiting" title={t('settings.outdated', { base, version: detail.version })}>
          <span className={css.answers}>
            <Button onClick={() => draft.patch({ base: detail.version })}>{t('settings.keepMine')}</Button>
            <Button onClick={discard}>{t('settings.takeTheirs')}</Button>
          </span>
        </ErrorNotice>
      ) : null}
      <fieldset className={css.fields} disabled={!detail.can.edit}>
        <SettingForm value={{ labels, errors, Part, readOnly: !detail.can.edit }}>
          <Part
            shape={shape}
            value={value}
            onChange={(next) => draft.patch({ value: next })}
            path={[]}
            place={[]}
          />
        </SettingForm>
      </fieldset>
      {detail.can.edit ? (
        <footer className={css.foot}>
          <div className={css.faults}>
            {fault instanceof ApiProblem && fault.code === 'input.invalid' ? (
              <ErrorNotice title={t('settings.wrong', { count: fault.fields.length })} />
            ) : (
              <ProblemNotice fault={fault} />
            )}
          </div>
          <div className={css.note}>
            <Field label={t('settings.note')}>
              <TextInput
                value={note}
                onChange={(next) => draft.patch({ note: next })}
                maxLength={200}
                placeholder={t('settings.noteExample')}
              />
            </Field>
          </div>
          <span className={css.state} role="status">
            {changed > 0 ? t('settings.unsaved', { count: changed }) : ''}
          </span>
          <Button disabled={changed === 0} onClick={discard}>
            {t('settings.discard')}
          </Button>
          <Button kind="primary" type="submit" keyHint="Ctrl+s" busy={save.isPending} disabled={!ready}>
            {t('settings.save')}
          </Button>
        </footer>
      ) : null}
    </form>
  )
}
