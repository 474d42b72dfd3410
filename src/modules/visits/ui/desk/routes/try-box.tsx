import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../../ui-kit/client.ts'
import { Field } from '../../../../../ui-kit/field.tsx'
import { Checkbox, DateTimeInput, SelectNative, TextInput } from '../../../../../ui-kit/inputs.tsx'
import { useSpoken, useZone } from '../../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { fromWall } from '../../../../../ui-kit/zone-time.ts'
import { type VisitRoute, visitRoutes } from '../../../routes/contract.ts'
import { HostField } from '../../host-field.tsx'
import { Person } from '../../whom/proposal.tsx'
import css from './routes.module.css'
import { type TableCheck, tryable } from './use-table.ts'

const nobody = { id: '', name: '', place: '' }

export interface TryBoxProps {
  rows: readonly VisitRoute[]
  check: TableCheck
  onHit: (key: string | null) => void
}

/** Try it: a visitor who is not there; which row, why not those above, whom it would ask. Nobody is disturbed. */
export function TryBox({ rows, check, onHit }: TryBoxProps) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const zone = useZone()
  const kinds = check.options?.kinds ?? []
  const [kind, setKind] = useState('')
  const [topic, setTopic] = useState('')
  const [appointment, setAppointment] = useState(false)
  const [known, setKnown] = useState(false)
  const [matter, setMatter] = useState('')
  const [organisation, setOrganisation] = useState('')
  const [host, setHost] = useState(nobody)
  const [wall, setWall] = useState('')
  const topics = kinds.find(({ key }) => key === kind)?.topics ?? []
  const body = {
    kind,
    topic,
    appointment,
    known,
    matter,
    organisation,
    hostId: host.id || null,
    ...(wall ? { at: fromWall(wall, zone) } : {}),
    rows: tryable(rows),
  }
  const tried = useQuery({
    queryKey: ['visit-routes', 'try', JSON.stringify(body)],
    enabled: kind !== '',
    queryFn: ({ signal }) => call(visitRoutes.try, { body }, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  })
  const { data } = tried
  const hit = data?.route?.key ?? null
  useEffect(() => onHit(kind === '' ? null : hit), [hit, kind, onHit])
  const nameOf = (key: string) => spoken(rows.find((row) => row.key === key)?.name) || key

  return (
    <section className={css.try} aria-label={t('visitRoutes.try.title')}>
      <h2>{t('visitRoutes.try.title')}</h2>
      <p className={css.quiet}>{t('visitRoutes.try.hint')}</p>
      <div className={css.pair}>
        <Field label={t('visit.field.kind')}>
          <SelectNative
            name="tryKind"
            value={kind}
            placeholder={t('visitRoutes.choose')}
            options={kinds.map((one) => ({ value: one.key, label: spoken(one.name) }))}
            onChange={(next) => {
              setKind(next)
              setTopic('')
            }}
          />
        </Field>
        {topics.length > 0 ? (
          <Field label={t('visit.field.topic')}>
            <SelectNative
              name="tryTopic"
              value={topic}
              placeholder={t('visit.field.topicNone')}
              options={topics.map((one) => ({ value: one.key, label: spoken(one.name) }))}
              onChange={setTopic}
            />
          </Field>
        ) : null}
        <Field label={t('visit.field.organisation')}>
          <TextInput value={organisation} maxLength={200} onChange={setOrganisation} />
        </Field>
        <Field label={t('visit.field.purpose')}>
          <TextInput value={matter} maxLength={200} onChange={setMatter} />
        </Field>
        <HostField label={t('visit.field.host')} name="tryHost" value={host} onChange={setHost} />
        <Field label={t('visitRoutes.try.at')} hint={t('visitRoutes.try.now')}>
          <DateTimeInput value={wall} onChange={setWall} />
        </Field>
      </div>
      <div className={css.checks}>
        <Checkbox checked={appointment} onChange={setAppointment}>
          {t('visitRoutes.appointment.with')}
        </Checkbox>
        <Checkbox checked={known} onChange={setKnown}>
          {t('visitRoutes.person.known')}
        </Checkbox>
      </div>
      {tried.error ? <ProblemNotice fault={tried.error} /> : null}
      {data && kind !== '' ? (
        <div className={css.answer} role="status">
          <p>
            <strong>{data.route ? spoken(data.route.name) : t('visitRoutes.try.none')}</strong>
            {' → '}
            {t(`visit.whom.decision.${data.decision}`)}
          </p>
          {data.consentDue ? null : <p className={css.quiet}>{t('visitRoutes.try.notDue')}</p>}
          {data.targets.length > 0 ? (
            <ol className={css.people}>
              {data.targets.map((one, index) => (
                <li key={one.id}>
                  <Person who={one} place={index + 1} />
                </li>
              ))}
            </ol>
          ) : null}
          {data.decision === 'ask' ? (
            <p className={css.quiet}>
              {t(data.targets.length > 0 ? `visit.whom.last.${data.last}` : `visit.whom.nobody.${data.last}`)}
            </p>
          ) : null}
          {data.passed.length > 0 ? (
            <details>
              <summary>{t('visitRoutes.try.passed', { count: data.passed.length })}</summary>
              <ul className={css.passed}>
                {data.passed.map(({ key, misfits }) => (
                  <li key={key}>
                    {nameOf(key)}{' '}
                    <span className={css.quiet}>
                      {misfits.map((one) => t(`visitRoutes.misfit.${one}`)).join(t('visit.policy.comma'))}
                    </span>
                  </li>
                ))}
              </ul>
            </details>
          ) : null}
        </div>
      ) : null}
    </section>
  )
}
