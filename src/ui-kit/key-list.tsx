import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from './dialog.tsx'
import { Checkbox } from './inputs.tsx'
import { Key } from './key.tsx'
import css from './key-help.module.css'
import { type currentKeys, type KeyLayer, setSingleKeys, singleKeysOn } from './keys.ts'

const layers: KeyLayer[] = ['panel', 'screen', 'shell']

/** What `?` shows; loaded when somebody asks for it. */
export function KeyList({ keys, onClose }: { keys: ReturnType<typeof currentKeys>; onClose: () => void }) {
  const { t } = useTranslation()
  const [single, setSingle] = useState(singleKeysOn)
  return (
    <Dialog title={t('kit.keys.title')} onClose={onClose}>
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
