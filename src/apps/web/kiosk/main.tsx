/**
 * The kiosk is a page of its own, not a route: it knows no other screen, so that nobody in the lobby can get to one,
 * and loads nothing that only staff need.
 */
import i18next from 'i18next'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { initReactI18next } from 'react-i18next'
import '../../../ui-kit/base.css'
import { Kiosk } from '../../../modules/visits/ui/kiosk/kiosk.tsx'
import { texts as en } from './texts-en.ts'
import { texts as zh } from './texts-zh.ts'

function speak(language: 'zh' | 'en') {
  // Not remembered: the next visitor chooses for themselves.
  void i18next.changeLanguage(language)
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = i18next.t('web.kiosk.title')
}

let worker: ServiceWorkerRegistration | undefined

/** Kept for the time without a server; a new version is taken between two visitors, never under one. */
function takeNewVersion() {
  if (!worker?.waiting) return
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  worker.waiting.postMessage('take-over')
}

function keepWithoutServer() {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  void navigator.serviceWorker
    .register('/service-worker.js', { updateViaCache: 'none' })
    .then((registration) => {
      worker = registration
      setInterval(() => void registration.update().catch(() => undefined), 30 * 60_000)
    })
    .catch(() => undefined)
}

async function start(root: HTMLElement) {
  await i18next.use(initReactI18next).init({
    lng: 'zh',
    fallbackLng: false,
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    returnNull: false,
  })
  speak('zh')
  createRoot(root).render(
    <StrictMode>
      <Kiosk speak={speak} onReset={takeNewVersion} />
    </StrictMode>,
  )
}

const root = document.getElementById('root')
if (root) void start(root).then(keepWithoutServer)
