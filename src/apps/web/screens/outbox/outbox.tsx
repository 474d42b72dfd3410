import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { Empty } from '../../../../ui-kit/empty.tsx'
import { ErrorNotice } from '../../../../ui-kit/error-notice.tsx'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { foreignOwners, sendNow } from '../../../../ui-kit/offline/engine.ts'
import { onOutbox, outbox } from '../../../../ui-kit/offline/outbox.ts'
import type { Entry } from '../../../../ui-kit/offline/part.ts'
import { useOffline } from '../../../../ui-kit/offline/state.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { useCan } from '../../../../ui-kit/session.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import { takeOverFrom } from '../../offline.ts'
import { signOut } from '../../sign-out.ts'
import { ConflictCard } from './conflict-card.tsx'
import css from './outbox.module.css'

/**
 * What was done without a server: what waits, what the server refused, and who decides what becomes of it.
 * @public loaded by its route
 */
export function Outbox() {
  const { t } = useTranslation()
  const state = useOffline()
  const entries = useSyncExternalStore(onOutbox, outbox)
  const search: { leaving?: true } = useSearch({ strict: false })
  const conflicts = entries.filter((entry) => entry.state === 'conflict')
  const waiting = entries.filter((entry) => entry.state === 'waiting')
  return (
    <div className={css.page}>
      <h1>{t('offline.title')}</h1>
      <p>{t(state.online ? 'offline.online' : 'offline.away')}</p>
      {search.leaving ? <Leaving count={entries.length} /> : null}
      {conflicts.length > 0 ? (
        <section className={css.part} aria-labelledby="offline-conflicts">
          <h2 id="offline-conflicts">{t('offline.conflicts', { count: conflicts.length })}</h2>
          <p>{t('offline.conflictsHelp')}</p>
          <ul className={css.list}>
            {conflicts.map((entry) => (
              <ConflictCard key={entry.id} entry={entry} online={state.online} />
            ))}
          </ul>
        </section>
      ) : null}
      <section className={css.part} aria-labelledby="offline-waiting">
        <h2 id="offline-waiting">{t('offline.waiting', { count: waiting.length })}</h2>
        {waiting.length > 0 ? (
          <>
            <div>
              <Button
                icon="refresh"
                busy={state.sending}
                disabled={!state.online}
                onClick={() => void sendNow()}
              >
                {t('offline.send')}
              </Button>
            </div>
            <ul className={css.list}>
              {waiting.map((entry) => (
                <Waiting key={entry.id} entry={entry} />
              ))}
            </ul>
          </>
        ) : (
          <Empty icon="checkCircle" title={t('offline.nothing')}>
            {t('offline.nothingHelp')}
          </Empty>
        )}
      </section>
      {state.foreign > 0 ? <Foreign count={state.foreign} online={state.online} /> : null}
      <section className={css.part} aria-labelledby="offline-works">
        <h2 id="offline-works">{t('offline.works')}</h2>
        <p>{t('offline.worksList')}</p>
        <p>{t('offline.worksNot')}</p>
      </section>
    </div>
  )
}

function Waiting({ entry }: { entry: Entry }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  return (
    <li className={css.row}>
      <span className={css.name}>{entry.label}</span>
      <span>{t(`offline.route.${entry.route.split('.').at(-1)}`)}</span>
      <time dateTime={entry.occurredAt}>{formatDateTime(entry.occurredAt, zone, language)}</time>
    </li>
  )
}

/** Nothing in flight may be lost: whoever leaves with entries waiting is told what becomes of them. */
function Leaving({ count }: { count: number }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  async function leave() {
    setBusy(true)
    await signOut()
    await navigate({ to: '/sign-in' })
  }
  return (
    <ErrorNotice tone="waiting" title={t('offline.leaving', { count })}>
      <p>{t('offline.leavingHelp')}</p>
      <Button kind="danger" icon="signOut" busy={busy} onClick={() => void leave()}>
        {t('offline.leave')}
      </Button>
    </ErrorNotice>
  )
}

function Foreign({ count, online }: { count: number; online: boolean }) {
  const { t } = useTranslation()
  const may = useCan('offline.take-over')
  const [owners, setOwners] = useState<readonly { owner: string; count: number }[]>([])
  const [fault, setFault] = useState<unknown>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when the count changes
  useEffect(() => {
    void foreignOwners().then(setOwners)
  }, [count])
  async function take(owner: string) {
    setFault(null)
    try {
      showToast({ text: t('offline.taken', { count: await takeOverFrom(owner) }) })
    } catch (problem) {
      setFault(problem)
    }
  }
  return (
    <section className={css.part} aria-labelledby="offline-foreign">
      <h2 id="offline-foreign">{t('offline.foreign', { count })}</h2>
      <p>{t(may ? 'offline.foreignMine' : 'offline.foreignHelp')}</p>
      <ProblemNotice fault={fault} />
      {may ? (
        <ul className={css.list}>
          {owners.map((one) => (
            <li key={one.owner} className={css.row}>
              <span className={css.name}>{t('offline.entries', { count: one.count })}</span>
              <Button icon="swap" disabled={!online} onClick={() => void take(one.owner)}>
                {t('offline.take')}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}
