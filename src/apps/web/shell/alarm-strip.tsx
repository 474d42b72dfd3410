import { Suspense } from 'react'
import { lazyPart } from '../../../ui-kit/lazy-part.ts'
import { withTexts } from '../routes/with-texts.ts'

// After the first screen stands; its words come with it.
const Alarms = lazyPart(
  async () => (await withTexts('urgent', import('../../../modules/visits/security/ui/alarms.tsx'))).Alarms,
)

/** Security calls and important guests, over every screen of desk and gate (V7, V16). */
export function AlarmStrip({ surface }: { surface: 'desk' | 'gate' }) {
  return (
    <Suspense>
      <Alarms surface={surface} />
    </Suspense>
  )
}
