import { lazy } from 'react'

/** Beside the first screen, not in its way; a gate that cannot fetch them still has its list. */
export const GroupCards = lazy(() =>
  import('./board-cards.tsx').then(
    (cards) => ({ default: cards.GroupCards }),
    () => ({ default: () => null }),
  ),
)
