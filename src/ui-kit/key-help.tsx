import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from './dialog.tsx'
import { Checkbox } from './inputs.tsx'
import { Key } from './key.tsx'
import css from './key-help.module.css'
import { currentKeys, type KeyLayer, setSingleKeys, singleKeysOn, useKeys } from './keys.ts'

const layers: KeyLayer[] = ['panel', 'screen', 'shell']

const opening = 'fy:key-help'

/** From a menu: also the way back for who switched single keys off. */
export function openKeyHelp() {
  window.dispatchEvent(new Event(opening))
}

/** Put once into a shell: `?` lists the keys that work right now. */
export function KeyHelp() {
  const { t } = useTranslation()
  const [keys, setKeys] = useState<ReturnType<typeof currentKeys> | null>(null)
  const [single, setSingle] = useState(singleKeysOn)
  useKeys({ '?': { label: t('kit.keys.help'), run: () => setKeys(currentKeys()) } }, { layer: 'shell' })
  useEffect(() => {
    const open = () => setKeys(currentKeys())
    window.addEventListener(opening, open)
    return () => window.removeEventListener(opening, open)
  }, [])
  if (!keys) return null
  return (
    <Dialog title={t('kit.keys.title')} onClose={() => setKeys(null)}>
      {layers
        .map((layer) => ({ layer, rows: keys.filter((row) => row.layer === layer) }))
        .filter(({ rows }) => rows.length > 0)
        .map(({ layer, rows }) => (
          <section key={layer} aria-label={t(`kit.keys.${layer}`)}>
            <h3 className={css.layer}>{t(`kit.keys.${layer}`)}</h3>
            <ul className={css.rows}>
              {rows.map((row) => (
                <li key={row.key} className={css.row}>
                  <span>{row.label}</span>
                  <Key name={row.key} spoken />
                </li>
              ))}
            </ul>
          </section>
        ))}
      <Checkbox
        checked={single}
        hint={t('kit.keys.singleHint')}
        onChange={(on) => {
          setSingle(on)
          setSingleKeys(on)
        }}
      >
        {t('kit.keys.single')}
      </Checkbox>
    </Dialog>
  )
}
