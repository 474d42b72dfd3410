import { useTranslation } from 'react-i18next'
import { Icon } from '../../../../ui-kit/icon.tsx'
import { useSpoken, useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { formatTime } from '../../../../ui-kit/zone-time.ts'
import type { MusterPersonCard } from '../contract.ts'
import css from './muster.module.css'

/** One tap marks; the whole row is the target. */
export function PersonRow({
  person,
  mayMark,
  onMark,
}: {
  person: MusterPersonCard
  mayMark: boolean
  onMark: (safe: boolean) => void
}) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  const zone = useZone()
  const language = useUiLanguage()
  const seen = person.markedAt
    ? t('muster.person.seen', {
        at: formatTime(person.markedAt, zone, language),
        by: person.markedByName || t('muster.person.here'),
      })
    : ''
  const words = (
    <>
      <Icon name={person.safe ? 'checkCircle' : 'circle'} size={32} />
      <span className={css.who}>
        <span className={css.name}>{person.name}</span>
        <span className={css.quiet}>
          {[
            person.organisation,
            person.hostName && t('muster.person.host', { name: person.hostName }),
            person.detail,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {person.safe ? (
          <span className={css.quiet}>{[seen, person.point].filter(Boolean).join(' · ')}</span>
        ) : null}
        {person.addedHow !== 'frozen' ? (
          <span className={css.quiet}>{t(`muster.added.${person.addedHow}`)}</span>
        ) : null}
      </span>
      <span className={css.zone}>{spoken(person.zone)}</span>
    </>
  )
  return (
    <li>
      {mayMark ? (
        <button
          type="button"
          className={css.person}
          data-safe={person.safe || undefined}
          aria-pressed={person.safe}
          aria-label={t(person.safe ? 'muster.person.takeBack' : 'muster.person.markSafe', {
            name: person.name,
          })}
          onClick={() => onMark(!person.safe)}
        >
          {words}
        </button>
      ) : (
        <div className={css.person} data-safe={person.safe || undefined}>
          {words}
        </div>
      )}
    </li>
  )
}
