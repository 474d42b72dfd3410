import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, DateTimeInput, NumberInput, SelectNative, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useSpoken, useZone } from '../../../../ui-kit/language.ts'
import { fromWall, toWall } from '../../../../ui-kit/zone-time.ts'
import { groups } from '../../groups/contract.ts'
import { type PassMode, passModes } from '../../groups/rules.ts'
import type { GroupCard, GroupDetail } from '../../groups/shapes.ts'
import { readPlate } from '../../vehicles/rules.ts'
import { HostField } from '../host-field.tsx'
import { useVisitOptions } from '../queries.ts'
import css from './groups.module.css'
import { useAct } from './queries.ts'

const texts = ['organiser', 'place', 'purpose', 'leaderName', 'leaderPhone', 'plates'] as const

function begun(group: GroupCard | undefined, zone: string) {
  return {
    title: group?.title ?? '',
    organiser: group?.organiser ?? '',
    kind: group?.kind ?? '',
    place: group?.place ?? '',
    purpose: group?.purpose ?? '',
    leaderName: group?.leaderName ?? '',
    // Only masked here: left empty it stays as it is.
    leaderPhone: '',
    plates: group?.plates.join(', ') ?? '',
    platesForeign: group?.plates.some((plate) => readPlate(plate) === null) ?? false,
    expectedAt: toWall(group ? Date.parse(group.expectedAt) : serverNow() + 1_800_000, zone),
    passMode: group?.passMode ?? ('each' as PassMode),
    size: group?.expectedSize ?? (1 as number | null),
    headcount: group?.headcount.expected ?? (0 as number | null),
    host: { id: group?.hostId ?? '', name: group?.hostName ?? '', place: group?.hostDepartment ?? '' },
  }
}

interface GroupFormProps {
  /** Given: only what was changed is sent, so that two desks do not undo each other. */
  group?: GroupCard
  onSaved: (group: GroupDetail) => void
  onCancel: () => void
}

export function GroupForm({ group, onSaved, onCancel }: GroupFormProps) {
  const { t } = useTranslation()
  const zone = useZone()
  const spoken = useSpoken()
  const { busy, run, errors } = useAct()
  const errorOf = (name: string) =>
    Object.entries(errors).find(([path]) => path === name || path.startsWith(`${name}.`))?.[1]
  const { data: options } = useVisitOptions()
  const [id] = useState(() => v7())
  // As it was when the form was opened: what others change meanwhile is not taken for a change made here.
  const [opened] = useState(group)
  const [first] = useState(() => begun(group, zone))
  const [value, setValue] = useState(first)
  const patch = (part: Partial<typeof value>) => setValue({ ...value, ...part })
  const kinds = options?.kinds ?? []
  const kind = value.kind || (kinds.find((one) => one.key === 'tour') ?? kinds[0])?.key || ''
  const body = {
    title: value.title,
    organiser: value.organiser,
    place: value.place,
    purpose: value.purpose,
    leaderName: value.leaderName,
    leaderPhone: value.leaderPhone,
    passMode: value.passMode,
    kind,
    plates: value.plates
      .split(/[,，、;；]+/)
      .map((one) => one.trim())
      .filter(Boolean),
    platesForeign: value.platesForeign,
    expectedAt: fromWall(value.expectedAt, zone),
    expectedSize: value.size ?? 1,
    headcount: value.headcount ?? 0,
  }
  const host = {
    hostId: value.host.id === '' ? null : value.host.id,
    hostName: value.host.id === '' ? value.host.name : '',
  }

  async function send() {
    if (!opened) {
      const made = await run(
        // Sent twice it is still one group.
        () => call(groups.create, { body: { ...body, ...host, id } }, { idempotencyKey: id }),
        () => t('groups.created'),
      )
      if (made) onSaved(made)
      return
    }
    const changed = {
      ...(value.title === first.title ? {} : { title: body.title }),
      ...(value.organiser === first.organiser ? {} : { organiser: body.organiser }),
      ...(value.place === first.place ? {} : { place: body.place }),
      ...(value.purpose === first.purpose ? {} : { purpose: body.purpose }),
      ...(value.leaderName === first.leaderName ? {} : { leaderName: body.leaderName }),
      ...(value.leaderPhone === '' ? {} : { leaderPhone: body.leaderPhone }),
      ...(value.passMode === first.passMode ? {} : { passMode: body.passMode }),
      ...(value.kind === first.kind ? {} : { kind }),
      ...(value.plates === first.plates ? {} : { plates: body.plates, platesForeign: body.platesForeign }),
      ...(value.expectedAt === first.expectedAt ? {} : { expectedAt: body.expectedAt }),
      ...(value.size === first.size ? {} : { expectedSize: body.expectedSize }),
      ...(value.headcount === first.headcount ? {} : { headcount: body.headcount }),
      ...(value.host.id === first.host.id && value.host.name === first.host.name ? {} : host),
    }
    if (Object.keys(changed).length === 0) return onCancel()
    // Every arrival counts the version up; only a change of what stands in the form makes this one stale.
    const same = JSON.stringify(begun(group, zone)) === JSON.stringify(first)
    const version = (same ? group : opened)?.version ?? opened.version
    const saved = await run(
      () => call(groups.edit, { params: { id: opened.id }, body: { ...changed, version } }),
      () => t('groups.edit.saved'),
    )
    if (saved) onSaved(saved)
  }

  return (
    <form
      className={css.form}
      aria-label={t(opened ? 'groups.edit.open' : 'groups.new')}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Field label={t('groups.field.title')} required>
        <TextInput value={value.title} onChange={(title) => patch({ title })} maxLength={120} />
      </Field>
      <HostField
        label={t('groups.field.host')}
        value={value.host}
        onChange={(chosen) => patch({ host: chosen })}
      />
      <Field label={t('groups.field.kind')}>
        <SelectNative
          value={kind}
          onChange={(chosen) => patch({ kind: chosen })}
          options={kinds.map((one) => ({ value: one.key, label: spoken(one.name) }))}
        />
      </Field>
      <Field label={t('groups.field.expectedAt')}>
        <DateTimeInput
          kind="datetime"
          value={value.expectedAt}
          onChange={(expectedAt) => patch({ expectedAt })}
        />
      </Field>
      {texts.map((name) => (
        <Field
          key={name}
          label={t(`groups.field.${name}`)}
          hint={name === 'leaderPhone' && opened?.leaderPhoneMasked ? opened.leaderPhoneMasked : undefined}
          error={errorOf(name)}
        >
          <TextInput value={value[name]} onChange={(next) => patch({ [name]: next })} maxLength={120} />
        </Field>
      ))}
      {value.plates.trim() === '' ? null : (
        <Checkbox checked={value.platesForeign} onChange={(platesForeign) => patch({ platesForeign })}>
          {t('groups.field.platesForeign')}
        </Checkbox>
      )}
      <Field label={t('groups.field.size')}>
        <NumberInput value={value.size} onChange={(size) => patch({ size })} min={1} max={2000} />
      </Field>
      <Field label={t('groups.field.headcount')} hint={t('groups.field.headcountHint')}>
        <NumberInput
          value={value.headcount}
          onChange={(headcount) => patch({ headcount })}
          min={0}
          max={2000}
        />
      </Field>
      <Field label={t('groups.field.passMode')}>
        <SelectNative
          value={value.passMode}
          onChange={(mode) => patch({ passMode: passModes.find((one) => one === mode) ?? 'each' })}
          options={passModes.map((mode) => ({ value: mode, label: t(`groups.pass.${mode}`) }))}
        />
      </Field>
      <div className={css.wide}>
        {opened ? <p className={css.quiet}>{t('groups.edit.changed', { title: opened.title })}</p> : null}
        <div className={css.acts}>
          <Button type="submit" kind="primary" size="large" busy={busy} disabled={value.title.trim() === ''}>
            {t('groups.save')}
          </Button>
          <Button kind="plain" size="large" onClick={onCancel}>
            {t('groups.edit.cancel')}
          </Button>
        </div>
      </div>
    </form>
  )
}
