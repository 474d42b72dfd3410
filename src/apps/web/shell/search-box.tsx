import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CommandPalette, type PaletteAction } from '../../../ui-kit/command-palette.tsx'
import { Icon } from '../../../ui-kit/icon.tsx'
import { Key } from '../../../ui-kit/key.tsx'
import { currentKeys, pressKey, useKeys } from '../../../ui-kit/keys.ts'
import { useSession } from '../../../ui-kit/session.ts'
import { chooseLanguage } from '../i18n.ts'
import { navFor } from '../nav.ts'
import { type Go, recentHits, searchAll } from '../palette.ts'
import css from './search-box.module.css'
import { useLanguage } from './shell-bits.tsx'

/** What may be typed, with an example of each: whoever sees the window for the first time learns it here. */
const teachings = ['name', 'pinyin', 'phone', 'company', 'plate', 'number', 'colleague', 'document'] as const

/** The single window (C5) and the palette of acts are one: `/` or Ctrl K from anywhere, or the box itself. */
export function SearchBox({ go, leave }: { go: Go; leave: () => Promise<void> }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { actions, site } = useSession()
  const [acts, setActs] = useState<readonly PaletteAction[] | null>(null)
  const close = useCallback(() => setActs(null), [])
  const context = { go, t: (key: string) => t(key), language, zone: site.zone, siteId: site.id } as const

  function open() {
    // The keys of the moment are acts, too: what a key can do, the palette can do.
    const keyed = currentKeys()
      .filter(({ key }) => !['escape', 'ctrl+k', '/'].includes(key.toLowerCase()))
      .map(({ key, label }) => ({ id: `key ${key}`, label, keyHint: key, run: () => pressKey(key) }))
    const places = navFor('desk', actions).map((item) => ({
      id: item.path,
      label: t('shell.goTo', { place: t(item.labelKey) }),
      keywords: item.path,
      icon: item.icon,
      run: () => go(item.path),
    }))
    const other = language === 'zh' ? 'en' : 'zh'
    setActs([
      ...keyed,
      ...places,
      {
        id: 'language',
        label: other === 'en' ? 'Switch to English' : '切换到中文',
        keywords: 'language 语言 yuyan',
        icon: 'language',
        run: () => void chooseLanguage(other),
      },
      {
        id: 'leave',
        label: t('shell.user.leave'),
        keywords: 'sign out tuichu',
        icon: 'signOut',
        run: () => void leave(),
      },
    ])
  }

  const act = { label: t('shell.search.key'), run: open }
  useKeys({ 'Ctrl+k': act, '/': act }, { layer: 'shell' })
  return (
    <>
      <button type="button" className={css.search} onClick={open}>
        <Icon name="search" />
        <span className={css.searchWords}>{t('shell.search.hint')}</span>
        <Key name="/" />
      </button>
      {acts ? (
        <CommandPalette
          actions={acts}
          placeholder={t('shell.search.hint')}
          search={(text, signal) => searchAll(text, context, signal)}
          recent={recentHits(context)}
          teaching={
            <dl className={css.teaching} aria-label={t('find.teach.title')}>
              {teachings
                .filter((what) => what !== 'document' || actions.includes('visit.register'))
                .map((what) => (
                  <div key={what}>
                    <dt>{t(`find.teach.${what}`)}</dt>
                    <dd>{t(`find.example.${what}`)}</dd>
                  </div>
                ))}
            </dl>
          }
          onClose={close}
        />
      ) : null}
    </>
  )
}
