import { setOfflineState } from '../../../ui-kit/offline/state.ts'

let asked = false

/** The service worker, once the page has nothing else to do; told of a new version, the strip offers a reload. */
export function registerWorker() {
  if (asked || !import.meta.env.PROD || !('serviceWorker' in navigator)) return
  asked = true
  void navigator.serviceWorker
    .register('/service-worker.js', { updateViaCache: 'none' })
    .then((registration) => {
      watch(registration)
      // A tablet at the gate is never reloaded by itself.
      setInterval(() => void registration.update().catch(() => undefined), 30 * 60_000)
    })
    .catch(() => undefined)
}

function watch(registration: ServiceWorkerRegistration) {
  const offer = (worker: ServiceWorker) => {
    // The first one replaces nothing.
    if (navigator.serviceWorker.controller === null) return
    setOfflineState({ update: () => take(worker) })
  }
  if (registration.waiting) offer(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed') offer(worker)
    })
  })
}

function take(worker: ServiceWorker) {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  worker.postMessage('take-over')
}
