import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { currentLinkToken } from './client.ts'
import { onSiteChange, siteId } from './site.ts'

export interface Change {
  entity: string
  id: string
  action: string
  version?: number
  at: string
}

/** `reset`: too much was missed, fetch everything again. */
export type LiveNews = { kind: 'changes'; changes: readonly Change[] } | { kind: 'reset' }

type State = 'connecting' | 'open' | 'lost' | 'offline'
type Listener = (news: LiveNews) => void

const listeners = new Set<Listener>()
const stateListeners = new Set<() => void>()
let source: EventSource | undefined
let state: State = 'connecting'
let gathered: Change[] = []
let gathering: ReturnType<typeof setTimeout> | undefined
let reopening: ReturnType<typeof setTimeout> | undefined
let failures = 0
let everOpen = false

interface Watcher {
  readonly open: () => void
  readonly lost: () => void
  readonly news: (entities: readonly string[] | 'all') => void
}

let watcher: Watcher | undefined

/** For ui-kit/offline: keeps what it has read as fresh as the stream says. */
export function onLiveChange(next: Watcher) {
  watcher = next
}

function setState(next: State) {
  if (next === state) return
  state = next
  if (next === 'open') watcher?.open()
  else if (next !== 'connecting') watcher?.lost()
  for (const listener of stateListeners) listener()
}

function tell(news: LiveNews) {
  watcher?.news(news.kind === 'reset' ? 'all' : news.changes.map((change) => change.entity))
  for (const listener of listeners) listener(news)
}

function flush() {
  gathering = undefined
  const changes = gathered
  gathered = []
  tell({ kind: 'changes', changes })
}

function isChange(value: unknown): value is Change {
  return typeof value === 'object' && value !== null && 'entity' in value && 'id' in value
}

function open() {
  clearTimeout(reopening)
  reopening = undefined
  const query = new URLSearchParams()
  const site = siteId()
  const link = currentLinkToken()
  if (site) query.set('site', site)
  if (link) query.set('link', link)
  const stream = new EventSource(`/api/v1/live?${query}`)
  source = stream
  stream.onopen = () => {
    failures = 0
    setState('open')
    // A new stream, unlike a resumed one, does not know what was missed.
    if (everOpen) tell({ kind: 'reset' })
    everOpen = true
    stream.onopen = () => setState('open')
  }
  stream.addEventListener('change', (event) => {
    const change: unknown = JSON.parse(event.data)
    if (!isChange(change)) return
    gathered.push(change)
    gathering ??= setTimeout(flush, 50)
  })
  stream.addEventListener('reset', () => tell({ kind: 'reset' }))
  stream.onerror = () => {
    setState(navigator.onLine ? 'lost' : 'offline')
    // The browser resumes a broken stream by itself, but gives up for good on an answer like 503.
    if (stream.readyState !== EventSource.CLOSED) return
    stream.close()
    failures++
    reopening = setTimeout(open, Math.min(30_000, 1000 * 2 ** failures) * (0.75 + Math.random() / 2))
  }
}

function close() {
  clearTimeout(reopening)
  clearTimeout(gathering)
  reopening = undefined
  gathering = undefined
  gathered = []
  source?.close()
  source = undefined
  everOpen = false
  setState('connecting')
}

function reopenNow() {
  if (!source) return
  const missed = everOpen
  source.close()
  open()
  everOpen = missed
}

function goOffline() {
  if (source) setState('offline')
}

function listen(listener: Listener) {
  if (listeners.size === 0) {
    open()
    window.addEventListener('online', reopenNow)
    window.addEventListener('offline', goOffline)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    window.removeEventListener('online', reopenNow)
    window.removeEventListener('offline', goOffline)
    close()
  }
}

onSiteChange(() => {
  if (!source) return
  close()
  open()
})

/** Calls back with the changes of these entities, gathered over 50 ms; one stream for the whole page. */
export function useLive(entities: readonly string[], callback: (news: LiveNews) => void) {
  const latest = useRef(callback)
  latest.current = callback
  const wanted = entities.join(' ')
  useEffect(() => {
    const names = new Set(wanted.split(' '))
    return listen((news) => {
      if (news.kind === 'reset') return latest.current(news)
      const changes = news.changes.filter((change) => names.has(change.entity))
      if (changes.length > 0) latest.current({ kind: 'changes', changes })
    })
  }, [wanted])
}

/** Renews queries when their entity changes: `useLiveInvalidate({ visit: ['visits'], task: ['tasks'] })`. */
export function useLiveInvalidate(queryKeys: Readonly<Record<string, QueryKey>>) {
  const client = useQueryClient()
  useLive(Object.keys(queryKeys), (news) => {
    const touched =
      news.kind === 'reset' ? Object.keys(queryKeys) : new Set(news.changes.map((change) => change.entity))
    for (const entity of touched) {
      const queryKey = queryKeys[entity]
      if (queryKey) void client.invalidateQueries({ queryKey })
    }
  })
}

/** For ConnectionStrip. */
export function useLiveState(): State {
  return useSyncExternalStore(
    (listener) => {
      stateListeners.add(listener)
      return () => stateListeners.delete(listener)
    },
    () => state,
  )
}
