import { lazyPart } from '../../../../ui-kit/lazy-part.ts'

/** Beside the first screen, not in its way; a gate that cannot fetch them still has its list. */
export const GroupCards = lazyPart(async () => (await import('./board-cards.tsx')).GroupCards)
