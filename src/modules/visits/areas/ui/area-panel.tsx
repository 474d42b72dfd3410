import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OwnerBox } from '../../../../kernel/tasks/ui/owner-box.tsx'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, NumberInput, SelectNative, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useSpoken } from '../../../../ui-kit/language.ts'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { type Area, areas } from '../contract.ts'
import css from './areas.module.css'
import { answers, useResponsibleName } from './responsible.ts'

/** Add, rename, move, restrict, name who answers, archive. */
export function AreaPanel(props: { area: Area | null; all: readonly Area[]; onClose: () => void }) {
  const { area, all, onClose } = props
  const { t } = useTranslation()
  const spoken = useSpoken()
  const client = useQueryClient()
  const { fieldTexts } = useProblemText()
  const [zh, setZh] = useState(area?.name.zh ?? '')
  const [en, setEn] = useState(area?.name.en ?? '')
  const [parentId, setParent] = useState(area?.parentId ?? '')
  const [restricted, setRestricted] = useState(area?.restricted ?? false)
  const responsibleName = useResponsibleName()
  const [responsible, setResponsible] = useState(area?.responsible ?? null)
  const [typed, setTyped] = useState(area?.responsible ? responsibleName(area.responsible) : '')
  // Words that name nobody are no answer: something has to be taken from the list, or the field emptied.
  const nobody = typed.trim() !== '' && responsible === null
  const [wayZh, setWayZh] = useState(area?.way.zh ?? '')
  const [wayEn, setWayEn] = useState(area?.way.en ?? '')
  const [order, setOrder] = useState<number | null>(area?.order ?? 0)
  const [fault, setFault] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [tried, setTried] = useState(false)
  const errors = fieldTexts(fault)

  async function send(more: { archived?: boolean } = {}) {
    setTried(true)
    if (busy || nobody) return
    setBusy(true)
    const body = {
      name: { zh: zh.trim(), en: en.trim() },
      parentId: parentId || null,
      restricted,
      responsible: responsible && { kind: responsible.kind, id: responsible.id },
      way: { zh: wayZh.trim(), en: wayEn.trim() },
      order: order ?? 0,
    }
    try {
      await (area
        ? call(areas.edit, { params: { id: area.id }, body: { version: area.version, ...body, ...more } })
        : call(areas.add, { body }))
      onClose()
    } catch (caught) {
      setFault(caught)
    } finally {
      setBusy(false)
      void client.invalidateQueries({ queryKey: ['areas'] })
    }
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    if (zh.trim()) void send()
  }
  return (
    <Panel title={area ? spoken(area.name) : t('area.add')} onClose={onClose}>
      <form className={css.form} onSubmit={submit}>
        <ProblemNotice fault={fault} />
        <Field label={t('area.nameZh')} required error={errors.name}>
          <TextInput value={zh} onChange={setZh} maxLength={60} autoFocus />
        </Field>
        <Field label={t('area.nameEn')}>
          <TextInput value={en} onChange={setEn} maxLength={60} />
        </Field>
        <Field label={t('area.parent')} error={errors.parentId}>
          <SelectNative
            value={parentId}
            onChange={setParent}
            placeholder={t('area.top')}
            options={all
              .filter((one) => one.id !== area?.id && !one.archived)
              .map((one) => ({ value: one.id, label: spoken(one.name) }))}
          />
        </Field>
        <Checkbox checked={restricted} onChange={setRestricted}>
          {t('area.isRestricted')}
        </Checkbox>
        <Field
          label={t('area.responsible')}
          hint={responsible ? t(`area.who.${responsible.kind}`) : t('area.responsibleHint')}
          error={tried && nobody ? t('area.who.pick') : errors.responsible}
        >
          <OwnerBox
            text={typed}
            onTextChange={(text) => {
              setTyped(text)
              setResponsible(null)
            }}
            onPick={({ kind, id }, name) => {
              setTyped(name)
              setResponsible({ ...answers({ kind, id }), name })
            }}
          />
        </Field>
        <Field label={t('area.wayZh')}>
          <TextInput value={wayZh} onChange={setWayZh} maxLength={120} />
        </Field>
        <Field label={t('area.wayEn')}>
          <TextInput value={wayEn} onChange={setWayEn} maxLength={120} />
        </Field>
        <Field label={t('area.order')}>
          <NumberInput value={order} onChange={setOrder} min={0} max={9999} />
        </Field>
        <div className={css.acts}>
          <Button kind="primary" type="submit" busy={busy} disabled={!zh.trim()}>
            {t('area.save')}
          </Button>
          {area ? (
            <Button onClick={() => void send({ archived: !area.archived })}>
              {t(area.archived ? 'area.restore' : 'area.archive')}
            </Button>
          ) : null}
        </div>
      </form>
    </Panel>
  )
}
