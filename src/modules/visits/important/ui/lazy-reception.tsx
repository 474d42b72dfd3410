import { lazyPart } from '../../../../ui-kit/lazy-part.ts'

/** Beside the guest at the gate; a gate that cannot fetch it still has the list of important guests. */
export const LazyReception = lazyPart(async () => (await import('./reception-part.tsx')).ReceptionPart)
