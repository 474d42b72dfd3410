import { useTranslation } from 'react-i18next'
import { Icon, type IconName } from '../../../../ui-kit/icon.tsx'
import { useSpoken } from '../../../../ui-kit/language.ts'
import type { KioskSelf } from '../../kiosk/contract.ts'
import css from './kiosk.module.css'

/** Asked first and in both languages (ui.md §9). */
export function Language({ onChoose }: { onChoose: (language: 'zh' | 'en') => void }) {
  const { i18n } = useTranslation()
  return (
    <div className={css.center}>
      <h1>
        {i18n.getFixedT('zh')('kiosk.language')}
        <span lang="en"> · {i18n.getFixedT('en')('kiosk.language')}</span>
      </h1>
      <div className={css.choices}>
        <button type="button" className={css.choice} lang="zh-CN" onClick={() => onChoose('zh')}>
          中文
        </button>
        <button type="button" className={css.choice} lang="en" onClick={() => onChoose('en')}>
          English
        </button>
      </div>
    </div>
  )
}

export function Start({
  self,
  away,
  onChoose,
}: {
  self: KioskSelf
  /** Without a server no code can be looked up: one registers, and shows the invitation at the desk. */
  away: boolean
  onChoose: (step: 'scan' | 'who' | 'leave') => void
}) {
  const { t } = useTranslation()
  const spoken = useSpoken()
  return (
    <div className={css.center}>
      <h1>{t('kiosk.start')}</h1>
      <p className={css.lead}>{away ? t('kiosk.offline.start') : spoken(self.wording.welcome)}</p>
      <div className={css.choices}>
        {away ? null : <Choice icon="calendar" name="appointment" onClick={() => onChoose('scan')} />}
        {self.walkIn ? <Choice icon="user" name="walkIn" onClick={() => onChoose('who')} /> : null}
        {self.checkOut && !away ? (
          <Choice icon="signOut" name="leaving" onClick={() => onChoose('leave')} />
        ) : null}
      </div>
    </div>
  )
}

function Choice({
  icon,
  name,
  onClick,
}: {
  icon: IconName
  name: 'appointment' | 'walkIn' | 'leaving'
  onClick: () => void
}) {
  const { t } = useTranslation()
  return (
    <button type="button" className={css.choice} onClick={onClick}>
      <Icon name={icon} size={32} />
      <span>{t(`kiosk.${name}`)}</span>
      <span className={css.hint}>{t(`kiosk.${name}Hint`)}</span>
    </button>
  )
}
