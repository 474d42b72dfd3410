import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

export type Language = 'zh' | 'en'

const setting = 'foyer.language'
const load = {
  zh: () => import('./texts/zh.ts'),
  en: () => import('./texts/en.ts'),
}

function preferred(): Language {
  const stored = localStorage.getItem(setting)
  if (stored === 'zh' || stored === 'en') return stored
  const first = navigator.languages.find((tag) => /^(zh|en)\b/.test(tag)) ?? 'zh'
  return first.startsWith('zh') ? 'zh' : 'en'
}

async function ensure(language: Language) {
  if (i18next.hasResourceBundle(language, 'translation')) return
  const { texts } = await load[language]()
  i18next.addResourceBundle(language, 'translation', texts)
}

function writeOnPage(language: Language) {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = i18next.t('web.title')
}

/** First the language that is shown; the other comes while nothing else happens, so that switching is immediate. */
export async function startLanguages() {
  const language = preferred()
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    returnNull: false,
  })
  await ensure(language)
  await i18next.changeLanguage(language)
  writeOnPage(language)
  const other = language === 'zh' ? 'en' : 'zh'
  const later = () => void ensure(other).catch(() => undefined)
  if ('requestIdleCallback' in window) requestIdleCallback(later, { timeout: 5000 })
  else setTimeout(later, 2000)
}

/** At once, without reload; remembered in this browser. */
export async function chooseLanguage(language: Language) {
  localStorage.setItem(setting, language)
  await ensure(language)
  await i18next.changeLanguage(language)
  writeOnPage(language)
}

export function languageChosenHere() {
  return localStorage.getItem(setting) !== null
}
