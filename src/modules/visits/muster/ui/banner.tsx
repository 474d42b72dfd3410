import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 } from 'uuid'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { serverNow } from '../../../../ui-kit/clock.ts'
import { Icon } from '../../../../ui-kit/icon.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { musters } from '../contract.ts'
import css from './muster.module.css'
import { useCurrentMuster } from './queries.ts'

/** V18 on every device of the house, whatever stands on its screen; who is on the list says that they are safe. */
export function MusterBanner({ to }: { to: '/muster' | '/gate/muster' | '/host/muster' }) {
  const { t } = useTranslation()
  const { problemText } = useProblemText()
  const current = useCurrentMuster()
  const [busy, setBusy] = useState(false)
  const { data } = current
  if (!data?.muster) return null
  const { muster, me, rights } = data
  async function saySafe() {
    if (!me) return
    setBusy(true)
    try {
      const mark = { id: v7(), personId: me.personId, safe: true, at: new Date(serverNow()).toISOString() }
      await call(musters.mark, { params: { id: muster.id }, body: { marks: [mark] } })
      await current.refetch()
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm' })
    }
    setBusy(false)
  }
  return (
    <div role="alert" className={css.banner} data-kind={muster.kind}>
      <Icon name="alert" size={32} />
      <strong>{t(`muster.banner.${muster.kind}`)}</strong>
      {rights.mark || rights.read ? (
        <>
          <span className={css.bannerCount}>
            {t('muster.banner.count', { missing: muster.total - muster.safe, total: muster.total })}
          </span>
          <Link to={to} className={css.bannerLink}>
            {t('muster.banner.open')}
          </Link>
        </>
      ) : null}
      {me && !me.safe ? (
        <Button size="large" busy={busy} onClick={() => void saySafe()}>
          {t('muster.banner.iAmSafe')}
        </Button>
      ) : null}
      {me?.safe ? <span>{t('muster.banner.markedSafe')}</span> : null}
    </div>
  )
}
