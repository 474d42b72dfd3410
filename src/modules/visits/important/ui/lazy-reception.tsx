import { lazy } from 'react'

/** Beside the guest at the gate; a gate that cannot fetch it still has the list of important guests. */
export const LazyReception = lazy(() =>
  import('./reception-part.tsx').then(
    (part) => ({ default: part.ReceptionPart }),
    () => ({ default: () => null }),
  ),
)
