import { useTranslation } from 'react-i18next'
import { useNow } from '../../../ui-kit/clock.ts'
import { Icon } from '../../../ui-kit/icon.tsx'
import { openKeyHelp } from '../../../ui-kit/key-help.tsx'
import { Menu } from '../../../ui-kit/menu.tsx'
import { chooseTheme, type ThemeChoice, useTheme } from '../../../ui-kit/theme.ts'
import { formatDay, formatTime } from '../../../ui-kit/zone-time.ts'
import { chooseLanguage } from '../i18n.ts'
import type { Go } from '../palette.ts'
import css from './shell-bits.module.css'

export function useLanguage(): 'zh' | 'en' {
  const { i18n } = useTranslation()
  return i18n.language === 'en' ? 'en' : 'zh'
}

/** 09:42 周六, the site's time. */
export function Clock({ zone }: { zone: string }) {
  const now = useNow()
  const language = useLanguage()
  return (
    <time className={css.clock} dateTime={new Date(now).toISOString().slice(0, 16)}>
      <span className={css.figures}>{formatTime(now, zone, language)}</span>
      <span className={css.day}>{formatDay(now, zone, language)}</span>
    </time>
  )
}

/** Names the other language in that language, as whoever cannot read this one needs it. */
export function LanguageSwitch({ size = 'normal' }: { size?: 'normal' | 'large' }) {
  const language = useLanguage()
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <button
      type="button"
      className={size === 'large' ? css.switchLarge : css.switch}
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      onClick={() => void chooseLanguage(other)}
    >
      <Icon name="language" />
      {other === 'zh' ? '中文' : 'English'}
    </button>
  )
}

const themes: readonly { choice: ThemeChoice; icon: 'sun' | 'moon' | 'settings' }[] = [
  { choice: 'light', icon: 'sun' },
  { choice: 'dark', icon: 'moon' },
  { choice: 'system', icon: 'settings' },
]

export function ThemeSwitch() {
  const { t } = useTranslation()
  const { mode, choice } = useTheme()
  return (
    <Menu
      label={t('shell.theme.label')}
      align="end"
      items={themes.map((theme) => ({
        id: theme.choice,
        label: t(`shell.theme.${theme.choice}`),
        icon: theme.icon,
        chosen: theme.choice === choice,
        run: () => chooseTheme(theme.choice),
      }))}
    >
      <Icon name={mode === 'dark' ? 'moon' : 'sun'} />
    </Menu>
  )
}

export function UserMenu({
  name,
  go,
  leave,
}: {
  name: string
  go?: Go | undefined
  leave: () => Promise<void>
}) {
  const { t } = useTranslation()
  const account = go
    ? [{ id: 'account', label: t('shell.user.account'), icon: 'user', run: () => go('/account') } as const]
    : []
  return (
    <Menu
      label={t('shell.user.label', { name })}
      align="end"
      items={[
        ...account,
        { id: 'keys', label: t('shell.user.keys'), icon: 'key', run: openKeyHelp },
        { id: 'leave', label: t('shell.user.leave'), icon: 'signOut', apart: true, run: () => void leave() },
      ]}
    >
      <Icon name="user" />
      <span className={css.userName}>{name}</span>
    </Menu>
  )
}
