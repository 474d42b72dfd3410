import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Texts } from './texts/merge.ts'

export type Language = 'zh' | 'en'

const setting = 'foyer.language'
type Part = 'first' | 'desk' | 'gate' | 'phone' | 'offline' | 'muster' | 'urgent' | 'guest'
const load: Record<Language, Record<Part, () => Promise<{ texts: Texts }>>> = {
  zh: {
    first: () => import('./texts/zh.ts'),
    desk: () => import('./texts/zh-desk.ts'),
    gate: () => import('./texts/zh-gate.ts'),
    phone: () => import('./texts/zh-phone.ts'),
    guest: () => import('./texts/zh-guest.ts'),
    urgent: () => import('./texts/zh-urgent.ts'),
    muster: () => import('./texts/zh-muster.ts'),
    offline: () => import('./texts/zh-offline.ts'),
  },
  en: {
    first: () => import('./texts/en.ts'),
    desk: () => import('./texts/en-desk.ts'),
    gate: () => import('./texts/en-gate.ts'),
    phone: () => import('./texts/en-phone.ts'),
    guest: () => import('./texts/en-guest.ts'),
    urgent: () => import('./texts/en-urgent.ts'),
    muster: () => import('./texts/en-muster.ts'),
    offline: () => import('./texts/en-offline.ts'),
  },
}
const allParts: readonly Part[] = ['first', 'desk', 'gate', 'phone', 'offline', 'muster', 'urgent']
const loaded = new Set<string>()
const shown = new Set<Part>(['first'])

function preferred(): Language {
  const stored = localStorage.getItem(setting)
  if (stored === 'zh' || stored === 'en') return stored
  const first = navigator.languages.find((tag) => /^(zh|en)\b/.test(tag)) ?? 'zh'
  return first.startsWith('zh') ? 'zh' : 'en'
}

async function ensure(language: Language, parts: Iterable<Part>) {
  const missing = [...parts].filter((part) => !loaded.has(`${language} ${part}`))
  await Promise.all(
    missing.map(async (part) => {
      const { texts } = await load[language][part]()
      i18next.addResourceBundle(language, 'translation', texts, true)
      loaded.add(`${language} ${part}`)
    }),
  )
}

/** Before the first screen of the surface stands: its own part besides the first (budgets of design §5). */
export async function surfaceTexts(surface: Exclude<Part, 'first'>) {
  shown.add(surface)
  await ensure(i18next.language === 'en' ? 'en' : 'zh', shown)
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
    // A part that comes later shows at once where its words are missing.
    react: { useSuspense: false, bindI18nStore: 'added' },
    returnNull: false,
  })
  await ensure(language, shown)
  await i18next.changeLanguage(language)
  writeOnPage(language)
  const other = language === 'zh' ? 'en' : 'zh'
  // A to-do of a module that has its screens on the desk may also stand on a phone.
  const later = () =>
    void ensure(language, allParts)
      .then(() => ensure(other, allParts))
      .catch(() => undefined)
  if ('requestIdleCallback' in window) requestIdleCallback(later, { timeout: 5000 })
  else setTimeout(later, 2000)
}

/** At once, without reload; remembered in this browser. */
export async function chooseLanguage(language: Language) {
  localStorage.setItem(setting, language)
  await ensure(language, shown)
  await i18next.changeLanguage(language)
  writeOnPage(language)
}

export function languageChosenHere() {
  return localStorage.getItem(setting) !== null
}
