import { MusterSurface } from '../surface-page.tsx'

/** V18 on the gate's tablet. */
export function GateMuster() {
  return <MusterSurface />
}
