/**
 * Gate, desk and kiosk open without a server: the page and what these surfaces are made of are kept at installation.
 * Answers of the API, live streams and downloads never pass through here; what may be known offline is kept encrypted
 * elsewhere (ui-kit/offline). The list is put in by vite.config.ts.
 */

interface WorkerEvent {
  waitUntil(work: Promise<unknown>): void
}
interface WorkerFetch extends WorkerEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface Scope {
  readonly location: Location
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listener: (event: WorkerEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: WorkerFetch) => void): void
  addEventListener(type: 'message', listener: (event: WorkerEvent & { readonly data: unknown }) => void): void
}

// Replaced at build; the version changes with any file of the list.
const built = '__FOYER_FILES__' as unknown as { readonly version: string; readonly files: readonly string[] }
const scope = self as unknown as Scope
const shelf = `foyer-${built.version}`
const page = '/?page'
/** The lobby's page is another one: without a server it must not become the door to the rest. */
const kioskPage = '/kiosk?page'

scope.addEventListener('install', (event) => event.waitUntil(install()))

async function install() {
  const cache = await caches.open(shelf)
  // The page with the policy and nonce it was sent with: both are kept, so they go on fitting each other.
  const answer = await fetch('/', { cache: 'no-store', credentials: 'omit' })
  if (!answer.ok) throw new Error(`the page: ${answer.status}`)
  await cache.put(page, answer)
  const kiosk = await fetch('/kiosk', { cache: 'no-store', credentials: 'omit' })
  if (!kiosk.ok) throw new Error(`the kiosk's page: ${kiosk.status}`)
  await cache.put(kioskPage, kiosk)
  for (const file of built.files) {
    // Names carry a hash: what an older version has kept is the same file.
    const known = await caches.match(file, { ignoreVary: true })
    if (known) await cache.put(file, known)
    else await cache.add(new Request(file, { cache: 'default' }))
  }
}

scope.addEventListener('activate', (event) => event.waitUntil(activate()))

async function activate() {
  const own = (await caches.keys()).filter((name) => name.startsWith('foyer-') && name !== shelf)
  // The version before stays: a tab still open may ask for one of its parts.
  for (const name of own.slice(0, -1)) await caches.delete(name)
  await scope.clients.claim()
}

scope.addEventListener('message', (event) => {
  if (event.data === 'take-over') event.waitUntil(scope.skipWaiting())
})

scope.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== scope.location.origin) return
  if (/^\/(api|healthz|readyz|metrics)(\/|$)/.test(url.pathname)) return
  if (request.mode === 'navigate') event.respondWith(open(request))
  else if (url.pathname.startsWith('/assets/') || built.files.includes(url.pathname))
    event.respondWith(part(request))
})

/** How long a page waits for a server that does not answer. */
const patienceMs = 4000

/** The server first, so that a new version is there with the next reload; without it, what was kept. */
async function open(request: Request): Promise<Response> {
  const wanted = /^\/kiosk\/?$/.test(new URL(request.url).pathname) ? kioskPage : page
  const kept = await (await caches.open(shelf)).match(wanted)
  try {
    const answer = await fetch(request, kept ? { signal: AbortSignal.timeout(patienceMs) } : {})
    return kept && [502, 503, 504].includes(answer.status) ? kept : answer
  } catch (fault) {
    if (kept) return kept
    throw fault
  }
}

/** Files with a hash in their name never change; what is fetched once is kept for the time without a server. */
async function part(request: Request): Promise<Response> {
  const kept = await caches.match(request, { ignoreVary: true })
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok && answer.status === 200) await (await caches.open(shelf)).put(request, answer.clone())
  return answer
}
