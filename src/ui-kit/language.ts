import { useTranslation } from 'react-i18next'
import { useSessionIfAny } from './session.ts'

export interface Bilingual {
  readonly zh: string
  readonly en: string
}

export function useUiLanguage(): 'zh' | 'en' {
  const { i18n } = useTranslation()
  return i18n.language === 'en' ? 'en' : 'zh'
}

/** The site's zone; a phone opened from a link has no session and shows its own. */
export function useZone(): string {
  return useSessionIfAny()?.site.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** Picks the side of a site's own text (categories, wording) that the reader wants. */
export function useSpoken(): (text: Bilingual | undefined) => string {
  const language = useUiLanguage()
  return (text) => (text ? text[language] : '')
}
