import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fileRoutes } from '../../../../kernel/files/contract.ts'
import { Button } from '../../../../ui-kit/button.tsx'
import { call, routeUrl } from '../../../../ui-kit/client.ts'
import { DescriptionList } from '../../../../ui-kit/description-list.tsx'
import { Field } from '../../../../ui-kit/field.tsx'
import { Checkbox, TextArea, TextInput } from '../../../../ui-kit/inputs.tsx'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { siteId } from '../../../../ui-kit/site.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { StatusChip } from '../../../../ui-kit/status-chip.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import { specialKeys, useAct } from '../../important/ui/queries.ts'
import css from '../../important/ui/special.module.css'
import { type Incident, incidents } from '../contract.ts'
import { statusTones } from './status-tones.ts'

/** One incident: who answered, what happened, what was done; closed when it is written down (V16). */
export function IncidentPanel({
  id,
  toVisit,
  onClose,
}: {
  id: string
  /** Where whoever reads this opens a visit: a guard has the gate. */
  toVisit: '/register' | '/gate'
  onClose: () => void
}) {
  const { t } = useTranslation()
  const one = useQuery({
    queryKey: [...specialKeys.incidents, 'one', id],
    queryFn: ({ signal }) => call(incidents.get, { params: { id } }, { signal }),
  })
  const { data } = one
  return (
    <Panel
      title={data?.number ?? t('incident.whole')}
      aside={
        data ? (
          <StatusChip tone={statusTones[data.status]}>{t(`incident.status.${data.status}`)}</StatusChip>
        ) : null
      }
      onClose={onClose}
    >
      <ProblemNotice fault={one.error} onRetry={() => void one.refetch()} />
      {one.isPending ? <Skeleton rows={6} /> : null}
      {data ? (
        <div className={css.section}>
          <Acts key={`acts ${data.id}`} one={data} />
          <Facts one={data} toVisit={toVisit} />
          <RecordForm key={data.id} one={data} />
          <Photos id={data.id} />
          <Course timeline={data.timeline} />
        </div>
      ) : null}
    </Panel>
  )
}

function Facts({ one, toVisit }: { one: Incident; toVisit: '/register' | '/gate' }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  const by = (made: { at: string; byName: string } | null) =>
    made === null
      ? null
      : t('incident.by', { name: made.byName, at: formatDateTime(made.at, zone, language) })
  return (
    <DescriptionList
      rows={[
        [t('incident.field.raised'), by(one.raised)],
        [t('incident.field.acknowledged'), by(one.acknowledged)],
        [t('incident.field.onSite'), by(one.onSite)],
        [t('incident.field.closed'), by(one.closed)],
        [t('incident.field.reason'), one.falseReason],
        [
          t('incident.field.visit'),
          one.visit ? (
            <Link key={one.visit.id} to={toVisit} search={{ visit: one.visit.id }}>
              {one.visit.number} {one.visit.visitorName}
            </Link>
          ) : null,
        ],
      ]}
    />
  )
}

function Acts({ one }: { one: Incident }) {
  const { t } = useTranslation()
  const { act, busy } = useAct()
  const [reason, setReason] = useState<string | null>(null)
  const params = { id: one.id }
  const { can } = one
  return (
    <div className={css.section}>
      <div className={css.acts}>
        {can.acknowledge ? (
          <Button
            kind="primary"
            icon="check"
            busy={busy}
            onClick={() =>
              void act(() => call(incidents.acknowledge, { params }), t('incident.status.acknowledged'))
            }
          >
            {t('incident.act.acknowledge')}
          </Button>
        ) : null}
        {can.arrive ? (
          <Button
            icon="pin"
            busy={busy}
            onClick={() => void act(() => call(incidents.arrive, { params }), t('incident.status.on_site'))}
          >
            {t('incident.act.arrive')}
          </Button>
        ) : null}
        {can.close ? (
          <Button
            icon="checkCircle"
            busy={busy}
            onClick={() => void act(() => call(incidents.close, { params }), t('incident.status.closed'))}
          >
            {t('incident.act.close')}
          </Button>
        ) : null}
        {can.falseAlarm && reason === null ? (
          <Button kind="plain" icon="close" onClick={() => setReason('')}>
            {t('incident.act.falseAlarm')}
          </Button>
        ) : null}
        {can.undo ? (
          <Button
            kind="plain"
            icon="back"
            busy={busy}
            onClick={() => void act(() => call(incidents.undo, { params }), '')}
          >
            {t('incident.act.undo')}
          </Button>
        ) : null}
      </div>
      {reason !== null ? (
        <form
          className={css.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (reason.trim() === '') return
            void act(
              () => call(incidents.falseAlarm, { params, body: { reason } }),
              t('incident.status.false_alarm'),
            ).then((done) => done && setReason(null))
          }}
        >
          <Field label={t('incident.field.reason')} required>
            <TextInput value={reason} maxLength={200} onChange={setReason} />
          </Field>
          <Button type="submit" kind="danger" busy={busy}>
            {t('incident.act.falseAlarm')}
          </Button>
        </form>
      ) : null}
    </div>
  )
}

const longFields = ['persons', 'course', 'measures', 'report'] as const

function RecordForm({ one }: { one: Incident }) {
  const { t } = useTranslation()
  const { fieldTexts } = useProblemText()
  const { act } = useAct()
  const start = {
    place: one.place,
    policeCalled: one.policeCalled,
    persons: one.persons,
    course: one.course,
    measures: one.measures,
    report: one.report,
  }
  const [value, setValue] = useState(start)
  const [fault, setFault] = useState<unknown>(null)
  const patch = (part: Partial<typeof value>) => setValue((old) => ({ ...old, ...part }))
  const errors = fieldTexts(fault)
  const readOnly = !one.can.edit
  async function send() {
    setFault(null)
    await act(async () => {
      try {
        return await call(incidents.edit, {
          params: { id: one.id },
          body: { version: one.version, ...value },
        })
      } catch (problem) {
        setFault(problem)
        throw problem
      }
    }, t('incident.saved'))
  }
  if (readOnly)
    return (
      <DescriptionList
        rows={[
          [t('incident.field.place'), one.place],
          ...longFields.map((name): [string, string] => [t(`incident.field.${name}`), one[name]]),
          [t('incident.field.police'), t(one.policeCalled ? 'incident.yes' : 'incident.no')],
        ]}
      />
    )
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Field label={t('incident.field.place')} error={errors.place}>
        <TextInput value={value.place} maxLength={200} onChange={(place) => patch({ place })} />
      </Field>
      {longFields.map((name) => (
        <Field key={name} label={t(`incident.field.${name}`)} error={errors[name]}>
          <TextArea
            value={value[name]}
            rows={name === 'persons' ? 1 : 3}
            onChange={(next) => patch({ [name]: next })}
          />
        </Field>
      ))}
      <Checkbox checked={value.policeCalled} onChange={(policeCalled) => patch({ policeCalled })}>
        {t('incident.field.police')}
      </Checkbox>
      <div className={css.acts}>
        <Button type="submit" kind="primary" icon="check">
          {t('incident.act.save')}
        </Button>
      </div>
    </form>
  )
}

/** Pictures of the spot; the kernel's files keep who added what. */
function Photos({ id }: { id: string }) {
  const { t } = useTranslation()
  const { act, busy } = useAct()
  const files = useQuery({
    queryKey: [...specialKeys.incidents, 'files', id],
    queryFn: ({ signal }) => call(fileRoutes.list, { query: { entity: 'incident', id } }, { signal }),
  })
  const shown = (files.data?.items ?? []).filter((file) => file.removedAt === null)
  function add(file: File | undefined) {
    if (!file) return
    const form = new FormData()
    form.set('subjectEntity', 'incident')
    form.set('subjectId', id)
    form.set('file', file)
    void act(() => call(fileRoutes.add, {}, { form, timeoutMs: 120_000 }), t('incident.saved'))
  }
  return (
    <section className={css.section}>
      <h3>{t('incident.photos')}</h3>
      {shown.map((file) => (
        <a
          key={file.id}
          href={routeUrl(fileRoutes.read, {
            params: { id: file.id },
            query: { inline: file.can.show, site: siteId() || undefined },
          })}
          target="_blank"
          rel="noreferrer"
        >
          {file.name}
        </a>
      ))}
      {files.data?.can.add ? (
        <input
          type="file"
          accept="image/*"
          aria-label={t('incident.addPhoto')}
          disabled={busy}
          onChange={(event) => add(event.target.files?.[0])}
        />
      ) : null}
    </section>
  )
}

const known = [
  'raised',
  'acknowledged',
  'arrived',
  'edited',
  'closed',
  'false-alarm',
  'undone',
  'escalated',
  'file-attached',
  'file-removed',
  'file-restored',
]

function Course({ timeline }: { timeline: readonly { at: string; action: string; actorName: string }[] }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  return (
    <section className={css.section}>
      <h3>{t('incident.timeline')}</h3>
      <ol className={css.body}>
        {timeline.map((line) => {
          const name = line.action.replace(/^incident\./, '').replace('.', '-')
          return (
            <li key={`${line.at} ${line.action}`}>
              <span className={css.quiet}>{formatDateTime(line.at, zone, language)}</span>{' '}
              {known.includes(name) ? t(`incident.course.${name}`) : line.action}{' '}
              <span className={css.quiet}>{line.actorName}</span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
