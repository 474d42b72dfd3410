import { lazy } from 'react'

/** Beside the visitor, not in the way of them; a gate that cannot fetch it still has the plate among the facts. */
export const LazyVisitCars = lazy(() =>
  import('./visit-cars.tsx').then(
    (cars) => ({ default: cars.VisitCars }),
    () => ({ default: () => null }),
  ),
)
