import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RouteAnswer } from '../../../../../kernel/contract.ts'
import { Button } from '../../../../../ui-kit/button.tsx'
import { call } from '../../../../../ui-kit/client.ts'
import { Empty } from '../../../../../ui-kit/empty.tsx'
import { Field } from '../../../../../ui-kit/field.tsx'
import { TextInput } from '../../../../../ui-kit/inputs.tsx'
import { useUiLanguage, useZone } from '../../../../../ui-kit/language.ts'
import { useLiveInvalidate } from '../../../../../ui-kit/live.ts'
import { Panel } from '../../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../../ui-kit/problem-notice.tsx'
import { useProblemText } from '../../../../../ui-kit/problem-text.ts'
import { Skeleton } from '../../../../../ui-kit/skeleton.tsx'
import { StatusChip, type Tone } from '../../../../../ui-kit/status-chip.tsx'
import { showToast } from '../../../../../ui-kit/toast.tsx'
import { formatDateTime, formatTime } from '../../../../../ui-kit/zone-time.ts'
import { type Kiosk, kiosks } from '../../../kiosk/contract.ts'
import css from '../passes.module.css'
import own from './guests.module.css'

type Pairing = RouteAnswer<typeof kiosks.create>

const key = ['kiosks']
const tones: Record<Kiosk['status'], Tone> = { new: 'waiting', paired: 'good', revoked: 'neutral' }

/** Kiosks of the site: made, paired, renamed, put out of use. */
export function Kiosks() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { problemText } = useProblemText()
  const [panel, setPanel] = useState<'new' | Kiosk | null>(null)
  const [pairing, setPairing] = useState<Pairing | null>(null)
  useLiveInvalidate({ kiosk: key })
  const list = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(kiosks.list, {}, { signal }),
    // Last seen is no change anybody is told of.
    refetchInterval: 30_000,
  })
  const items = list.data?.items ?? []

  async function act(work: () => Promise<unknown>) {
    try {
      await work()
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 })
    }
    await client.invalidateQueries({ queryKey: key })
  }
  const pairAgain = (kiosk: Kiosk) =>
    act(async () => setPairing(await call(kiosks.renew, { params: { id: kiosk.id } })))
  const revoke = (kiosk: Kiosk) =>
    act(async () => {
      await call(kiosks.revoke, { params: { id: kiosk.id } })
      showToast({ text: t('kiosk.admin.revoked', { name: kiosk.name }) })
    })

  return (
    <div className={css.page}>
      <div className={css.list}>
        <header className={css.head}>
          <h1>{t('kiosk.admin.title')}</h1>
          <Button kind="primary" icon="plus" onClick={() => setPanel('new')}>
            {t('kiosk.admin.new')}
          </Button>
        </header>
        <ProblemNotice fault={list.error} onRetry={() => void list.refetch()} />
        {list.isPending ? <Skeleton rows={4} /> : null}
        {list.data && items.length === 0 ? (
          <Empty icon="scan" title={t('kiosk.admin.empty')}>
            {t('kiosk.admin.emptyHelp', { address: `${location.origin}/kiosk` })}
          </Empty>
        ) : null}
        {items.length > 0 ? (
          <KioskTable items={items} onRename={setPanel} onPair={pairAgain} onRevoke={revoke} />
        ) : null}
      </div>
      {pairing ? <PairingPanel pairing={pairing} onClose={() => setPairing(null)} /> : null}
      {panel && !pairing ? (
        <KioskForm
          key={panel === 'new' ? 'new' : panel.id}
          kiosk={panel === 'new' ? null : panel}
          onClose={() => setPanel(null)}
          onDone={(made) => {
            setPanel(null)
            setPairing(made)
            void client.invalidateQueries({ queryKey: key })
          }}
        />
      ) : null}
    </div>
  )
}

function KioskTable(props: {
  items: readonly Kiosk[]
  onRename: (kiosk: Kiosk) => void
  onPair: (kiosk: Kiosk) => void
  onRevoke: (kiosk: Kiosk) => void
}) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable from the keyboard
    <section className={css.scroll} tabIndex={0} aria-label={t('kiosk.admin.title')}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('kiosk.admin.name')}</th>
            <th scope="col">{t('kiosk.admin.place')}</th>
            <th scope="col">{t('kiosk.admin.lastSeen')}</th>
            <th scope="col">{t('kiosk.admin.acts')}</th>
          </tr>
        </thead>
        <tbody>
          {props.items.map((kiosk) => (
            <tr key={kiosk.id}>
              <th scope="row" className={css.number}>
                {kiosk.name}{' '}
                <StatusChip tone={tones[kiosk.status]}>{t(`kiosk.admin.status.${kiosk.status}`)}</StatusChip>
              </th>
              <td>{kiosk.place}</td>
              <td className={css.number}>
                {kiosk.status === 'new' && kiosk.pairingUntil
                  ? t('kiosk.admin.codePending', { until: formatTime(kiosk.pairingUntil, zone, language) })
                  : kiosk.lastSeenAt
                    ? formatDateTime(kiosk.lastSeenAt, zone, language)
                    : t('kiosk.admin.never')}
              </td>
              <td className={css.acts}>
                <Button kind="plain" icon="edit" onClick={() => props.onRename(kiosk)}>
                  {t('kiosk.admin.rename')}
                </Button>
                <Button kind="plain" icon="key" onClick={() => props.onPair(kiosk)}>
                  {t('kiosk.admin.pair')}
                </Button>
                {kiosk.status === 'revoked' ? null : (
                  <Button kind="plain" icon="close" onClick={() => props.onRevoke(kiosk)}>
                    {t('kiosk.admin.revoke')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Shown this once: the code for the device, the PIN for whoever looks after it. */
function PairingPanel({ pairing, onClose }: { pairing: Pairing; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Panel
      title={pairing.kiosk.name}
      onClose={onClose}
      footer={
        <Button kind="primary" onClick={onClose}>
          {t('kiosk.admin.done')}
        </Button>
      }
    >
      <div className={own.block}>
        <h3>{t('kiosk.admin.code')}</h3>
        <p className={own.secret}>{pairing.code}</p>
        <p>{t('kiosk.admin.codeHelp', { address: `${location.origin}/kiosk` })}</p>
        <h3>{t('kiosk.admin.pin')}</h3>
        <p className={own.secret}>{pairing.pin}</p>
        <p>{t('kiosk.admin.pinHelp')}</p>
      </div>
    </Panel>
  )
}

function KioskForm(props: {
  kiosk: Kiosk | null
  onClose: () => void
  onDone: (made: Pairing | null) => void
}) {
  const { t } = useTranslation()
  const { fieldTexts } = useProblemText()
  const [name, setName] = useState(props.kiosk?.name ?? '')
  const [place, setPlace] = useState(props.kiosk?.place ?? '')
  const [fault, setFault] = useState<unknown>(null)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)

  async function send(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (busy || !name.trim()) return
    setBusy(true)
    try {
      if (props.kiosk === null) props.onDone(await call(kiosks.create, { body: { name, place } }))
      else {
        const { id, version } = props.kiosk
        await call(kiosks.edit, { params: { id }, body: { version, name, place } })
        props.onDone(null)
      }
    } catch (problem) {
      setFault(problem)
    }
    setBusy(false)
  }

  const errors = fault ? fieldTexts(fault) : {}
  return (
    <Panel
      title={t(props.kiosk ? 'kiosk.admin.rename' : 'kiosk.admin.new')}
      onClose={props.onClose}
      footer={
        <Button kind="primary" type="submit" form="kiosk" busy={busy}>
          {t('kiosk.admin.save')}
        </Button>
      }
    >
      <form id="kiosk" className={own.block} noValidate onSubmit={(event) => void send(event)}>
        {fault ? <ProblemNotice fault={fault} /> : null}
        <Field
          label={t('kiosk.admin.name')}
          required
          error={tried && !name.trim() ? t('field.required') : errors.name}
        >
          <TextInput value={name} onChange={setName} maxLength={80} autoFocus />
        </Field>
        <Field label={t('kiosk.admin.place')} error={errors.place}>
          <TextInput value={place} onChange={setPlace} maxLength={200} />
        </Field>
      </form>
    </Panel>
  )
}
