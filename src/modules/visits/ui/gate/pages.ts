/** Pages beyond the first screen. Fetched right after it: a gate that goes offline must still scan and register. */
import { lazy } from 'react'

const loadScan = () => import('./scan-page.tsx')
const loadEntry = () => import('./entry-page.tsx')
const loadRelease = () => import('./release-page.tsx')
const loadAsk = () => import('./ask-page.tsx')
const loadRefuse = () => import('./refuse-page.tsx')
const loadVisit = () => import('./visit-page.tsx')

export const ScanPage = lazy(async () => ({ default: (await loadScan()).ScanPage }))
export const EntryPage = lazy(async () => ({ default: (await loadEntry()).EntryPage }))
export const ReleasePage = lazy(async () => ({ default: (await loadRelease()).ReleasePage }))
export const AskPage = lazy(async () => ({ default: (await loadAsk()).AskPage }))
export const RefusePage = lazy(async () => ({ default: (await loadRefuse()).RefusePage }))
export const VisitPage = lazy(async () => ({ default: (await loadVisit()).VisitPage }))

export function fetchPages() {
  // What fails now is fetched when it is opened.
  for (const load of [loadScan, loadEntry, loadRelease, loadAsk, loadRefuse, loadVisit])
    void load().catch(() => undefined)
}
