import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Camera } from '../../ui/gate/camera.tsx'
import { Sheet } from '../../ui/gate/sheet.tsx'
import { useWedge } from '../../ui/gate/use-wedge.ts'
import { ComeIn } from './come-in.tsx'
import css from './permits.module.css'

/** V22 at the gate: the permit before the camera, under the hand scanner, or its number typed. */
export function GatePermit() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { code }: { code?: string } = useSearch({ strict: false })
  const [scanned, setScanned] = useState<{ code: string; nth: number }>({ code: code ?? '', nth: 0 })
  const heard = (text: string) => setScanned({ code: text, nth: scanned.nth + 1 })
  useWedge(heard)
  return (
    <Sheet title={t('permits.comeIn.title')} onBack={() => void navigate({ to: '/gate', search: {} })}>
      <div className={css.gate}>
        {scanned.code === '' ? <Camera onCode={heard} /> : null}
        <ComeIn
          key={scanned.nth}
          size="large"
          first={scanned.code}
          onOpen={(visit) => void navigate({ to: '/gate', search: { visit } })}
        />
      </div>
    </Sheet>
  )
}
