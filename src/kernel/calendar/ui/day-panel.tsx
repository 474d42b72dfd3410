import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { Button, IconButton } from '../../../ui-kit/button.tsx'
import { call } from '../../../ui-kit/client.ts'
import { Field } from '../../../ui-kit/field.tsx'
import { TextInput } from '../../../ui-kit/inputs.tsx'
import { Panel } from '../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../ui-kit/problem-notice.tsx'
import { RadioCards } from '../../../ui-kit/radio-cards.tsx'
import { showToast } from '../../../ui-kit/toast.tsx'
import { type calendarDay, calendarRoutes } from '../contract.ts'
import css from './calendar.module.css'

type Day = z.output<typeof calendarDay>
type Kind = Day['kind']
const kinds: readonly Kind[] = ['workday', 'makeup', 'holiday', 'restday']

interface DayPanelProps {
  day: string
  special: Day | undefined
  onClose: () => void
  onChanged: () => Promise<unknown>
}

/** One day: what it is, what it is called, its own hours if it has some; and the way back to the published value. */
export function DayPanel({ day, special, onClose, onChanged }: DayPanelProps) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<Kind>(special?.kind ?? 'holiday')
  const [zh, setZh] = useState(special?.name.zh ?? '')
  const [en, setEn] = useState(special?.name.en ?? '')
  const [hours, setHours] = useState(special?.hours ?? [])
  const working = kind === 'workday' || kind === 'makeup'
  const finished = async (text: string) => {
    await onChanged()
    showToast({ text: `${day} · ${text}` })
    onClose()
  }
  const save = useMutation({
    mutationFn: () =>
      call(calendarRoutes.putDay, {
        params: { day },
        body: { kind, name: { zh, en }, ...(working && hours.length > 0 ? { hours } : {}) },
      }),
    onSuccess: () => finished(t('calendar.day-set')),
  })
  const reset = useMutation({
    mutationFn: () => call(calendarRoutes.resetDay, { params: { day } }),
    onSuccess: () => finished(t('calendar.day-reset')),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  const setHour = (index: number, part: 'from' | 'to', value: string) =>
    setHours((now) => now.map((one, at) => (at === index ? { ...one, [part]: value } : one)))
  return (
    <Panel title={day} onClose={onClose}>
      <form className={css.form} onSubmit={submit}>
        <RadioCards
          label={t('calendar.what')}
          value={kind}
          onChange={setKind}
          columns={2}
          options={kinds.map((value) => ({ value, label: t(`calendar.kind.${value}`) }))}
        />
        <Field label={t('calendar.nameZh')}>
          <TextInput value={zh} onChange={setZh} />
        </Field>
        <Field label={t('calendar.nameEn')}>
          <TextInput value={en} onChange={setEn} />
        </Field>
        {working ? (
          <Field label={t('calendar.ownHours')} hint={t('calendar.ownHoursHint')} group>
            {hours.map((one, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: periods have no identity besides their place
              <div key={index} className={css.head}>
                <TextInput
                  value={one.from}
                  onChange={(value) => setHour(index, 'from', value)}
                  aria-label={t('calendar.from')}
                />
                <TextInput
                  value={one.to}
                  onChange={(value) => setHour(index, 'to', value)}
                  aria-label={t('calendar.to')}
                />
                <IconButton
                  icon="close"
                  label={t('calendar.removePeriod')}
                  onClick={() => setHours((now) => now.filter((_, at) => at !== index))}
                />
              </div>
            ))}
            <Button icon="plus" onClick={() => setHours((now) => [...now, { from: '09:00', to: '12:00' }])}>
              {t('calendar.addPeriod')}
            </Button>
          </Field>
        ) : null}
        <ProblemNotice fault={save.error ?? reset.error} />
        <div className={css.head}>
          <Button kind="primary" type="submit" busy={save.isPending}>
            {t('calendar.save')}
          </Button>
          {special?.source === 'edited' ? (
            <Button busy={reset.isPending} onClick={() => reset.mutate()}>
              {t('calendar.reset')}
            </Button>
          ) : null}
        </div>
      </form>
    </Panel>
  )
}
