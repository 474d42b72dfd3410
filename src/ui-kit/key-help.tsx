import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentKeys, useKeys } from './keys.ts'

const KeyList = lazy(() => import('./key-list.tsx').then((list) => ({ default: list.KeyList })))

const opening = 'fy:key-help'

/** From a menu: also the way back for who switched single keys off. */
export function openKeyHelp() {
  window.dispatchEvent(new Event(opening))
}

/** Put once into a shell: `?` lists the keys that work right now. */
export function KeyHelp() {
  const { t } = useTranslation()
  const [keys, setKeys] = useState<ReturnType<typeof currentKeys> | null>(null)
  useKeys({ '?': { label: t('kit.keys.help'), run: () => setKeys(currentKeys()) } }, { layer: 'shell' })
  useEffect(() => {
    const open = () => setKeys(currentKeys())
    window.addEventListener(opening, open)
    return () => window.removeEventListener(opening, open)
  }, [])
  if (!keys) return null
  return (
    <Suspense>
      <KeyList keys={keys} onClose={() => setKeys(null)} />
    </Suspense>
  )
}
