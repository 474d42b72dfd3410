import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../../ui-kit/button.tsx'
import { call, fetchFile, saveFile } from '../../../../../ui-kit/client.ts'
import { Field } from '../../../../../ui-kit/field.tsx'
import { Icon } from '../../../../../ui-kit/icon.tsx'
import { TextInput } from '../../../../../ui-kit/inputs.tsx'
import { useSpoken, useUiLanguage } from '../../../../../ui-kit/language.ts'
import { ApiProblem } from '../../../../../ui-kit/problem.ts'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../../ui-kit/skeleton.tsx'
import { formatDateTime } from '../../../../../ui-kit/zone-time.ts'
import type { Signing } from '../../../agreements/contract.ts'
import { invitations, type OwnInvitation } from '../../../invitations/contract.ts'
import { ReadAndSign } from '../../signing/read-and-sign.tsx'
import css from './guest.module.css'
import { GuestForm } from './guest-form.tsx'

const key = ['guest-invitation']

/** The visitor's own page (V3): their visit and nothing of the house; works with one thumb. */
export function GuestPage() {
  const { t } = useTranslation()
  // What stays in the address bar would be passed on with the next screenshot or copied address.
  useEffect(() => {
    if (location.hash) history.replaceState(history.state, '', location.pathname)
  }, [])
  const own = useQuery({
    queryKey: key,
    retry: false,
    refetchInterval: 30_000,
    queryFn: ({ signal }) => call(invitations.own, {}, { signal }),
  })
  const { error, data } = own
  if (!data && error instanceof ApiProblem && error.status !== 0 && error.status < 500) {
    return (
      <div className={css.plea}>
        <Icon name={error.code === 'link.expired' ? 'clock' : 'lock'} size={32} />
        <h1>{t(error.code === 'link.expired' ? 'guest.plea.expired' : 'guest.plea.invalid')}</h1>
        <p>{t('guest.plea.help')}</p>
      </div>
    )
  }
  return (
    <div className={css.page}>
      <ProblemNotice fault={error} onRetry={() => void own.refetch()} />
      {data ? <Own own={data} /> : error ? null : <Skeleton rows={6} />}
    </div>
  )
}

function Own({ own }: { own: OwnInvitation }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const spoken = useSpoken()
  const open = own.state === 'open'
  const { place } = own
  const [fault, setFault] = useState<unknown>(null)
  const calendar = () =>
    void fetchFile(invitations.calendar, {})
      .then(saveFile)
      .catch((problem: unknown) => setFault(problem))
  const notes = (['address', 'directions', 'parking', 'houseRules'] as const).filter((name) =>
    spoken(place[name]),
  )
  return (
    <>
      <header>
        <h1>{t('guest.title', { site: own.siteName })}</h1>
        <p className={css.state}>{t(`guest.state.${own.state}`)}</p>
        <p className={css.quiet}>{t(`guest.stateHelp.${own.state}`)}</p>
      </header>
      <dl className={css.facts}>
        {own.expectedAt ? (
          <div>
            <dt>{t('guest.when')}</dt>
            <dd>{formatDateTime(own.expectedAt, own.zone, language)}</dd>
          </div>
        ) : null}
        <div>
          <dt>{t('guest.host')}</dt>
          <dd>{own.hostName}</dd>
        </div>
      </dl>
      {open ? (
        <section className={css.code} aria-label={t('guest.code')}>
          <img
            alt={t('guest.qr')}
            src={`data:image/svg+xml;utf8,${encodeURIComponent(own.qrSvg)}`}
            width={200}
            height={200}
          />
          <p>
            {t('guest.code')} <strong>{own.code}</strong>
          </p>
          <Button size="large" icon="calendar" onClick={calendar}>
            {t('guest.calendar')}
          </Button>
          {fault ? <ProblemNotice fault={fault} /> : null}
        </section>
      ) : null}
      <Documents own={own} />
      {open ? <GuestForm own={own} cacheKey={key} /> : null}
      {notes.map((name) => (
        <section key={name}>
          <h2>{t(`guest.${name}`)}</h2>
          <p className={css.words}>{spoken(place[name])}</p>
          {name === 'address' && place.mapUrl ? (
            <a href={place.mapUrl} rel="noreferrer noopener" target="_blank">
              {t('guest.map')}
            </a>
          ) : null}
        </section>
      ))}
      {own.ways.length > 0 ? (
        <section>
          <h2>{t('guest.way')}</h2>
          {own.ways.map(({ area, way }) => (
            <p key={area.zh} className={css.words}>
              <strong>{spoken(area)}</strong> {spoken(way)}
            </p>
          ))}
        </section>
      ) : null}
      {place.contact ? (
        <section>
          <h2>{t('guest.contact')}</h2>
          <p>{place.contact}</p>
        </section>
      ) : null}
      {open ? <Cancel /> : null}
      <p className={css.quiet}>{t('guest.private')}</p>
    </>
  )
}

/** Read and signed beforehand, one after the other; nothing is left to do on arrival (V11, V13). */
function Documents({ own }: { own: OwnInvitation }) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const client = useQueryClient()
  const [reading, setReading] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const [next] = own.due
  if (own.due.length === 0 && own.signed.length === 0) return null

  async function sign(signing: Signing) {
    setBusy(true)
    setFault(null)
    try {
      await call(invitations.sign, { body: signing })
    } catch (problem) {
      setFault(problem)
    }
    await client.invalidateQueries({ queryKey: key })
    setBusy(false)
  }

  return (
    <section>
      <h2>{t('guest.documents')}</h2>
      <ul className={css.signed}>
        {own.signed.map((one) => (
          <li key={one.title.zh}>
            <Icon name="checkCircle" label={t('guest.signed')} /> {spoken(one.title)}
          </li>
        ))}
      </ul>
      {fault ? <ProblemNotice fault={fault} /> : null}
      {next === undefined ? <p role="status">{t('guest.allSigned')}</p> : null}
      {next && reading ? (
        <ReadAndSign
          key={next.versionId}
          agreement={next}
          at={own.signed.length + 1}
          total={own.signed.length + own.due.length}
          name={own.visitorName}
          busy={busy}
          onSigned={(signing) => void sign(signing)}
        />
      ) : null}
      {next && !reading ? (
        <>
          <ul className={css.signed}>
            {own.due.map((one) => (
              <li key={one.versionId}>
                <Icon name="circle" /> {spoken(one.title)}
              </li>
            ))}
          </ul>
          <Button kind="primary" size="large" icon="signature" onClick={() => setReading(true)}>
            {t('guest.read')}
          </Button>
        </>
      ) : null}
    </section>
  )
}

function Cancel() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  if (!open) {
    return (
      <Button kind="plain" size="large" onClick={() => setOpen(true)}>
        {t('guest.cancel')}
      </Button>
    )
  }
  async function cancel() {
    setBusy(true)
    try {
      client.setQueryData(key, await call(invitations.cancel, { body: { reason } }))
    } catch (problem) {
      setFault(problem)
    }
    setBusy(false)
  }
  return (
    <section className={css.form}>
      {fault ? <ProblemNotice fault={fault} /> : null}
      <Field label={t('guest.cancelReason')}>
        <TextInput size="large" value={reason} onChange={setReason} maxLength={200} />
      </Field>
      <Button kind="danger" size="large" busy={busy} onClick={() => void cancel()}>
        {t('guest.cancelSend')}
      </Button>
      <Button size="large" onClick={() => setOpen(false)}>
        {t('guest.cancelBack')}
      </Button>
    </section>
  )
}
