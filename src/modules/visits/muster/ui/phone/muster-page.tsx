import { MusterSurface } from '../surface-page.tsx'

/** V18 on a warden's phone, with one thumb. */
export function PhoneMuster() {
  return <MusterSurface />
}
