import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RouteAnswer } from '../../../../kernel/contract.ts'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { useSpoken, useUiLanguage } from '../../../../ui-kit/language.ts'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import { type KioskSelf, type KioskVisit, kiosks } from '../../kiosk/contract.ts'
import { faultKey } from './calls.ts'
import css from './kiosk.module.css'
import paper from './pass-print.module.css'

type Pass = RouteAnswer<typeof kiosks.pass>

/** Printed on the visitor's press: the browser's own dialogue is silent in kiosk mode (V11). */
export function PassPrint(props: { visit: KioskVisit; self: KioskSelf; size: 'card' | 'sticker' }) {
  const { t } = useTranslation()
  const [pass, setPass] = useState<Pass | null>(null)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)

  // The paper is on the page only now; printing in the same breath would print the page before.
  useEffect(() => {
    if (pass) window.print()
  }, [pass])

  async function print() {
    if (pass) return window.print()
    setBusy(true)
    setFault(null)
    try {
      setPass(await call(kiosks.pass, { body: { ticket: props.visit.ticket } }))
    } catch (problem) {
      setFault(problem)
    }
    setBusy(false)
  }

  return (
    <>
      {fault ? (
        <p className={css.fault} role="alert">
          {t(faultKey(fault))}
        </p>
      ) : null}
      {pass?.passNumber ? (
        <p className={css.lead}>{t('kiosk.pass.number', { number: pass.passNumber })}</p>
      ) : null}
      <Button size="large" icon="print" busy={busy} onClick={() => void print()}>
        {t(pass ? 'kiosk.pass.again' : 'kiosk.pass.print')}
      </Button>
      {pass ? <Paper pass={pass} zone={props.self.zone} size={props.size} /> : null}
    </>
  )
}

function Paper({ pass, zone, size }: { pass: Pass; zone: string; size: 'card' | 'sticker' }) {
  const { t } = useTranslation()
  const language = useUiLanguage()
  const spoken = useSpoken()
  return (
    <div className={`${paper.pass} ${paper[size]}`} aria-hidden="true">
      <div className={paper.words}>
        <strong className={paper.title}>{t('kiosk.pass.title')}</strong>
        <span>{pass.siteName}</span>
        <strong className={paper.name}>{pass.visitorName}</strong>
        <span>{pass.organisation}</span>
        <span>
          {t('kiosk.pass.host')}: {pass.hostName}
        </span>
        {pass.areas.length > 0 ? (
          <span>
            {t('kiosk.pass.areas')}: {pass.areas.join(', ')}
          </span>
        ) : null}
        {pass.validUntil ? (
          <span>{t('kiosk.pass.validUntil', { at: formatDateTime(pass.validUntil, zone, language) })}</span>
        ) : null}
        <span className={paper.notes}>{spoken(pass.safetyNotes)}</span>
      </div>
      <div className={paper.side}>
        {/* Drawn by our own server from a signed code. */}
        <img src={`data:image/svg+xml;utf8,${encodeURIComponent(pass.qrSvg)}`} alt="" />
        <strong>{pass.passNumber ?? ''}</strong>
      </div>
    </div>
  )
}
