import { lazyPart } from '../../../../ui-kit/lazy-part.ts'

/** Beside the visitor, not in the way of them; a gate that cannot fetch it still has the plate among the facts. */
export const LazyVisitCars = lazyPart(async () => (await import('./visit-cars.tsx')).VisitCars)
