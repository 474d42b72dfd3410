import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { formatTime } from '../../../../ui-kit/zone-time.ts'
import { groups } from '../../groups/contract.ts'
import { mayArrive } from '../../groups/rules.ts'
import type { GroupDetail, GroupMember } from '../../groups/shapes.ts'
import { readPlate } from '../../vehicles/rules.ts'
import { useStable } from '../desk/use-stable.ts'
import { PlateForeign } from '../plate-foreign.tsx'
import css from './groups.module.css'
import { useAct } from './queries.ts'

const columns = ['name', 'organisation', 'phone', 'pass', 'state', 'times', 'acts'] as const

interface MembersProps {
  group: GroupDetail
  selected: readonly string[]
  onSelect: (ids: readonly string[]) => void
}

export function Members({ group, selected, onSelect }: MembersProps) {
  const { t } = useTranslation()
  const [missing, setMissing] = useState(false)
  const [editing, setEditing] = useState<string>()
  const toggle = useStable((id: string, on: boolean) =>
    onSelect(on ? [...selected, id] : selected.filter((one) => one !== id)),
  )
  const close = useStable(() => setEditing(undefined))
  const shown = group.members.filter((one) => !missing || mayArrive.includes(one.status))
  if (group.members.length === 0) {
    return (
      <Empty icon="group" title={t('groups.member.none')}>
        {t('groups.member.noneHelp')}
      </Empty>
    )
  }
  return (
    <>
      <Checkbox checked={missing} onChange={setMissing}>
        {t('groups.member.missing')}
      </Checkbox>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard */}
      <section className={css.scroll} tabIndex={0} aria-label={t('groups.list.title')}>
        <table className={css.table}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`groups.member.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((one) =>
              one.id === editing ? (
                <MemberForm key={one.id} groupId={group.id} member={one} onClose={close} />
              ) : (
                <MemberRow
                  key={one.id}
                  groupId={group.id}
                  member={one}
                  checked={selected.includes(one.id)}
                  mayCheckIn={group.can.checkIn}
                  mayEdit={group.can.edit}
                  onToggle={toggle}
                  onEdit={setEditing}
                />
              ),
            )}
          </tbody>
        </table>
      </section>
    </>
  )
}

interface RowProps {
  groupId: string
  member: GroupMember
  checked: boolean
  mayCheckIn: boolean
  mayEdit: boolean
  onToggle: (id: string, on: boolean) => void
  onEdit: (id: string) => void
}

/** Drawn anew only when this member changes: with two hundred rows the others must not wait for it. */
const MemberRow = memo(function MemberRow(props: RowProps) {
  const { t } = useTranslation()
  const { busy, run } = useAct()
  const zone = useZone()
  const language = useUiLanguage()
  const { member } = props
  const params = { id: props.groupId, memberId: member.id }
  const time = (at: string | null) => (at === null ? '–' : formatTime(at, zone, language))
  return (
    <tr>
      <th scope="row">
        <Checkbox checked={props.checked} onChange={(on) => props.onToggle(member.id, on)}>
          {member.visitorName}
        </Checkbox>
      </th>
      <td>{member.organisation}</td>
      <td>{member.phoneMasked}</td>
      <td>{member.passNumber}</td>
      <td>{t(`visit.status.${member.status}`)}</td>
      <td>
        {time(member.arrivedAt)} / {time(member.leftAt)}
      </td>
      <td>
        {props.mayCheckIn && mayArrive.includes(member.status) ? (
          <Button
            busy={busy}
            onClick={() =>
              void run(
                () => call(groups.checkInMember, { params }),
                () => t('groups.counter.done', { name: member.visitorName }),
              )
            }
          >
            {t('groups.member.arrive')}
          </Button>
        ) : null}
        {props.mayEdit && member.status === 'expected' ? (
          <>
            <Button kind="plain" onClick={() => props.onEdit(member.id)}>
              {t('groups.member.edit')}
            </Button>
            <Button
              kind="plain"
              busy={busy}
              onClick={() =>
                void run(
                  () => call(groups.removeMember, { params }),
                  () => t('groups.member.removed', { name: member.visitorName }),
                )
              }
            >
              {t('groups.member.remove')}
            </Button>
          </>
        ) : null}
      </td>
    </tr>
  )
})

interface FormProps {
  groupId: string
  member: GroupMember
  onClose: () => void
}

function MemberForm({ groupId, member, onClose }: FormProps) {
  const { t } = useTranslation()
  const { busy, run, errors } = useAct()
  // Compared with what was there when the form was opened; its version makes an overtaken change fail.
  const [first] = useState(member)
  const [value, setValue] = useState({
    visitorName: member.visitorName,
    organisation: member.organisation,
    phone: '',
    plate: member.plate,
    plateForeign: member.plate !== '' && readPlate(member.plate) === null,
  })

  async function save() {
    const changed = {
      ...(value.visitorName === first.visitorName ? {} : { visitorName: value.visitorName }),
      ...(value.organisation === first.organisation ? {} : { organisation: value.organisation }),
      ...(value.phone === '' ? {} : { phone: value.phone }),
      ...(value.plate === first.plate ? {} : { plate: value.plate, plateForeign: value.plateForeign }),
    }
    if (Object.keys(changed).length === 0) return onClose()
    const saved = await run(
      () =>
        call(groups.editMember, {
          params: { id: groupId, memberId: first.id },
          body: { ...changed, version: first.version },
        }),
      () => t('groups.member.saved', { name: value.visitorName }),
    )
    if (saved) onClose()
  }

  return (
    <tr>
      <td colSpan={columns.length}>
        <form
          className={css.form}
          aria-label={t('groups.member.edit')}
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
        >
          <Field label={t('groups.member.name')} required>
            <TextInput
              autoFocus
              value={value.visitorName}
              onChange={(visitorName) => setValue({ ...value, visitorName })}
              maxLength={80}
            />
          </Field>
          <Field label={t('groups.member.organisation')}>
            <TextInput
              value={value.organisation}
              onChange={(organisation) => setValue({ ...value, organisation })}
              maxLength={120}
            />
          </Field>
          <Field label={t('groups.member.phone')} hint={first.phoneMasked || undefined} error={errors.phone}>
            <TextInput
              value={value.phone}
              onChange={(phone) => setValue({ ...value, phone })}
              maxLength={30}
            />
          </Field>
          <Field label={t('groups.member.plate')} error={errors.plate}>
            <TextInput
              value={value.plate}
              onChange={(plate) => setValue({ ...value, plate })}
              maxLength={20}
            />
          </Field>
          <PlateForeign draft={value} patch={(part) => setValue({ ...value, ...part })} />
          <div className={css.acts}>
            <Button type="submit" kind="primary" busy={busy} disabled={value.visitorName.trim() === ''}>
              {t('groups.save')}
            </Button>
            <Button kind="plain" onClick={onClose}>
              {t('groups.edit.cancel')}
            </Button>
          </div>
        </form>
      </td>
    </tr>
  )
}
