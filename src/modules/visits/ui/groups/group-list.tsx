import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { DateTimeInput, NumberInput, SelectNative, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { useLiveInvalidate } from '../../../../ui-kit/live.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { SearchText } from '../../../../ui-kit/search-text.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { dayIn, formatDateTime, fromWall, toWall } from '../../../../ui-kit/zone-time.ts'
import { groups } from '../../groups/contract.ts'
import { type PassMode, passModes } from '../../groups/rules.ts'
import type { GroupCard } from '../../groups/shapes.ts'
import { HostField } from '../host-field.tsx'
import { useVisitOptions } from '../queries.ts'
import css from './groups.module.css'
import { groupKeys, useAct } from './queries.ts'

type Base = '/groups' | '/gate/groups' | '/host/groups'
const DeskGroups = () => <GroupList base="/groups" />
const GateGroups = () => <GroupList base="/gate/groups" />
const HostGroups = () => <GroupList base="/host/groups" />

export { DeskGroups, GateGroups, HostGroups }

/** Groups and tours; at the gate those of today come first (V22). */
function GroupList({ base }: { base: Base }) {
  const { t } = useTranslation()
  const zone = useZone()
  const [text, setText] = useState('')
  const [today, setToday] = useState(base === '/gate/groups')
  const [making, setMaking] = useState(false)
  useLiveInvalidate({ 'visit-group': groupKeys.all, visit: groupKeys.all })
  const day = dayIn(zone, serverNow())
  const list = useInfiniteQuery({
    queryKey: [...groupKeys.all, 'list', text, today, day],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      call(
        groups.list,
        {
          query: {
            ...(text === '' ? {} : { q: text }),
            ...(today ? { from: day, to: day } : {}),
            ...(pageParam === '' ? {} : { cursor: pageParam }),
            limit: 50,
          },
        },
        { signal },
      ),
    getNextPageParam: (page) => page.next,
  })
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('groups.title')}</h1>
        <Button kind="primary" icon="plus" size="large" onClick={() => setMaking(!making)}>
          {t('groups.new')}
        </Button>
      </header>
      {making ? <GroupForm base={base} /> : null}
      <div className={css.acts}>
        <SearchText
          label={t('groups.search')}
          hint={t('groups.searchHint')}
          value={text}
          onChange={setText}
        />
        <Button onClick={() => setToday(!today)}>{t(today ? 'groups.all' : 'groups.today')}</Button>
      </div>
      <ProblemNotice fault={list.error} onRetry={() => void list.refetch()} />
      {list.isPending ? <Skeleton kind="cards" rows={3} /> : null}
      {list.data && items.length === 0 ? (
        <Empty icon="group" title={t('groups.none')}>
          {t('groups.noneHelp')}
        </Empty>
      ) : null}
      <ul className={css.list}>
        {items.map((group) => (
          <GroupItem key={group.id} group={group} base={base} />
        ))}
      </ul>
      {list.hasNextPage ? (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('groups.more')}
        </Button>
      ) : null}
    </div>
  )
}

function GroupItem({ group, base }: { group: GroupCard; base: Base }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  return (
    <li>
      <Link to={`${base}/$id`} params={{ id: group.id }}>
        {group.title}
      </Link>{' '}
      <StatusChip tone={group.state === 'cancelled' ? 'alarm' : 'neutral'}>
        {t(`groups.state.${group.state}`)}
      </StatusChip>
      <div className={css.quiet}>
        {[
          formatDateTime(group.expectedAt, zone, language),
          group.organiser,
          group.hostName,
          t('groups.inOf', { in: group.counts.in, size: group.counts.size }),
          t('groups.outOf', { in: group.counts.in, out: group.counts.out }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
    </li>
  )
}

function GroupForm({ base }: { base: Base }) {
  const { t } = useTranslation()
  const zone = useZone()
  const spoken = useSpoken()
  const navigate = useNavigate()
  const { busy, run } = useAct()
  const { data: options } = useVisitOptions()
  const [host, setHost] = useState({ id: '', name: '', place: '' })
  const [value, setValue] = useState(() => ({
    id: v7(),
    title: '',
    organiser: '',
    kind: '',
    place: '',
    purpose: '',
    leaderName: '',
    leaderPhone: '',
    plates: '',
    expectedAt: toWall(serverNow() + 1_800_000, zone),
    passMode: 'each' as PassMode,
  }))
  const [size, setSize] = useState<number | null>(1)
  const [headcount, setHeadcount] = useState<number | null>(0)
  const kinds = options?.kinds ?? []
  const kind = value.kind || (kinds.find((one) => one.key === 'tour') ?? kinds[0])?.key || ''
  const texts = ['organiser', 'place', 'purpose', 'leaderName', 'leaderPhone', 'plates'] as const

  async function send() {
    const { id, expectedAt, plates, ...rest } = value
    const made = await run(
      () =>
        call(
          groups.create,
          {
            body: {
              ...rest,
              id,
              kind,
              hostId: host.id === '' ? null : host.id,
              hostName: host.id === '' ? host.name : '',
              expectedAt: fromWall(expectedAt, zone),
              plates: plates.split(/[,,、\s]+/).filter(Boolean),
              expectedSize: size ?? 1,
              headcount: headcount ?? 0,
            },
          },
          // Sent twice it is still one group.
          { idempotencyKey: id },
        ),
      () => t('groups.created'),
    )
    if (made) void navigate({ to: `${base}/$id`, params: { id: made.id } })
  }

  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Field label={t('groups.field.title')} required>
        <TextInput value={value.title} onChange={(title) => setValue({ ...value, title })} maxLength={120} />
      </Field>
      <HostField label={t('groups.field.host')} value={host} onChange={setHost} />
      <Field label={t('groups.field.kind')}>
        <SelectNative
          value={kind}
          onChange={(chosen) => setValue({ ...value, kind: chosen })}
          options={kinds.map((one) => ({ value: one.key, label: spoken(one.name) }))}
        />
      </Field>
      <Field label={t('groups.field.expectedAt')}>
        <DateTimeInput
          kind="datetime"
          value={value.expectedAt}
          onChange={(expectedAt) => setValue({ ...value, expectedAt })}
        />
      </Field>
      {texts.map((name) => (
        <Field key={name} label={t(`groups.field.${name}`)}>
          <TextInput
            value={value[name]}
            onChange={(next) => setValue({ ...value, [name]: next })}
            maxLength={120}
          />
        </Field>
      ))}
      <Field label={t('groups.field.size')}>
        <NumberInput value={size} onChange={setSize} min={1} max={2000} />
      </Field>
      <Field label={t('groups.field.headcount')} hint={t('groups.field.headcountHint')}>
        <NumberInput value={headcount} onChange={setHeadcount} min={0} max={2000} />
      </Field>
      <Field label={t('groups.field.passMode')}>
        <SelectNative
          value={value.passMode}
          onChange={(mode) =>
            setValue({ ...value, passMode: passModes.find((one) => one === mode) ?? 'each' })
          }
          options={passModes.map((mode) => ({ value: mode, label: t(`groups.pass.${mode}`) }))}
        />
      </Field>
      <div className={css.wide}>
        <Button type="submit" kind="primary" size="large" busy={busy} disabled={value.title.trim() === ''}>
          {t('groups.save')}
        </Button>
      </div>
    </form>
  )
}
