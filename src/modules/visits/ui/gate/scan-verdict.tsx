import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { cx } from '../../../../ui-kit/cx.ts'
import { DescriptionList } from '../../../../ui-kit/description-list.tsx'
import { Icon, type IconName } from '../../../../ui-kit/icon.tsx'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import { VisitCardView } from '../visit-card.tsx'
import css from './scan.module.css'
import type { Scan, Verdict } from './use-scan.ts'

const looks: Record<Verdict, { tone: 'good' | 'waiting' | 'alarm'; icon: IconName }> = {
  valid: { tone: 'good', icon: 'checkCircle' },
  expired: { tone: 'waiting', icon: 'clock' },
  early: { tone: 'waiting', icon: 'clock' },
  unchecked: { tone: 'waiting', icon: 'offline' },
  unknown: { tone: 'waiting', icon: 'help' },
  forged: { tone: 'alarm', icon: 'shield' },
  void: { tone: 'alarm', icon: 'close' },
  returned: { tone: 'alarm', icon: 'back' },
  'other-site': { tone: 'alarm', icon: 'building' },
  held: { tone: 'alarm', icon: 'shield' },
  left: { tone: 'alarm', icon: 'signOut' },
  'not-admitted': { tone: 'waiting', icon: 'clock' },
  'not-approved': { tone: 'alarm', icon: 'close' },
  'not-on-pass': { tone: 'alarm', icon: 'close' },
}

/** Where an invitation wants other words than a pass (V13): what the guard does with it is something else. */
const invited = ['valid', 'expired', 'void', 'left', 'not-admitted', 'unchecked'] as const
const isInvited = (verdict: Verdict): verdict is (typeof invited)[number] =>
  invited.some((one) => one === verdict)

export interface ScanVerdictProps {
  scan: Scan
  onNext: () => void
  onOpen: (id: string) => void
  onRelease: (id: string) => void
}

/** Good or not in a colour, a word and a sign; whose it is; and the one thing to do now. */
export function ScanVerdict({ scan, onNext, onOpen, onRelease }: ScanVerdictProps) {
  const { t } = useTranslation()
  const { verdict, token, visit, check, server } = scan
  const look = verdict ? looks[verdict] : null
  const release = visit?.can.release === true
  // Stopped at a door they are not leaving: the exit is not what offers itself.
  const stopped = verdict === 'not-on-pass' || verdict === 'not-approved' || verdict === 'early'
  return (
    <div className={css.result}>
      <div role="status" className={cx(css.verdict, look && css[look.tone])}>
        {verdict && look ? (
          <>
            <Icon name={look.icon} size={32} />
            {token === 'invitation' && isInvited(verdict) ? (
              <>
                <h2 className={css.word}>{t(`visits.gate.invited.${verdict}.word`)}</h2>
                <p>{t(`visits.gate.invited.${verdict}.help`)}</p>
              </>
            ) : (
              <>
                <h2 className={css.word}>{t(`visits.gate.verdict.${verdict}.word`)}</h2>
                <p>{t(`visits.gate.verdict.${verdict}.help`)}</p>
              </>
            )}
          </>
        ) : (
          <Skeleton rows={2} />
        )}
        {server === 'silent' ? (
          <p className={css.offline}>
            <Icon name="offline" />
            {t(check?.pass ? 'visits.gate.scan.byKey' : 'visits.gate.scan.silent')}
          </p>
        ) : null}
        {server === 'asked' && verdict ? <p className={css.offline}>{t('visits.gate.scan.asking')}</p> : null}
      </div>
      {visit ? (
        <VisitCardView card={visit} look="large" status onOpen={() => onOpen(visit.id)} />
      ) : check?.pass ? (
        <PassFacts number={check.pass.number} areas={check.pass.areas} until={check.pass.until} />
      ) : null}
      <div className={css.acts}>
        {visit && release ? (
          <Button
            kind={stopped ? 'quiet' : 'primary'}
            size="large"
            icon="signOut"
            wide
            onClick={() => onRelease(visit.id)}
          >
            {t('visits.gate.act.release')}
          </Button>
        ) : null}
        {visit ? (
          <Button size="large" icon="user" wide onClick={() => onOpen(visit.id)}>
            {t('visits.gate.act.open')}
          </Button>
        ) : null}
        <Button
          size="large"
          kind={release && !stopped ? 'quiet' : 'primary'}
          icon="scan"
          wide
          onClick={onNext}
        >
          {t('visits.gate.scan.next')}
        </Button>
      </div>
    </div>
  )
}

/** All a pass itself says, when neither the server nor the day's list knows it. */
function PassFacts({ number, areas, until }: { number: string; areas: readonly string[]; until: number }) {
  const { t } = useTranslation()
  const zone = useZone()
  const language = useUiLanguage()
  return (
    <DescriptionList
      rows={[
        [t('visits.gate.fact.pass'), number],
        [t('visits.gate.fact.areas'), areas.join('、')],
        [t('visits.gate.fact.until'), formatDateTime(until, zone, language)],
      ]}
    />
  )
}
