import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from './command-palette.module.css'
import { Dialog } from './dialog.tsx'
import { Icon, type IconName } from './icon.tsx'
import { Key } from './key.tsx'

export interface PaletteAction {
  id: string
  label: string
  /** Other ways to find it: pinyin, initials, English. */
  keywords?: string | undefined
  icon?: IconName | undefined
  keyHint?: string | undefined
  run: () => void
}

export interface PaletteHit {
  id: string
  label: string
  hint?: string | undefined
  /** Group heading: 人员, 来访, 单位. */
  group: string
  icon?: IconName | undefined
  run: () => void
}

export interface CommandPaletteProps {
  onClose: () => void
  actions: readonly PaletteAction[]
  /** Records by name, pinyin, phone tail, company, plate, number. */
  search?: ((text: string, signal: AbortSignal) => Promise<readonly PaletteHit[]>) | undefined
  placeholder?: string | undefined
}

interface Row {
  id: string
  group: string
  label: string
  hint?: string | undefined
  icon?: IconName | undefined
  keyHint?: string | undefined
  run: () => void
}

/** The single window: finds records and runs acts. Arrows, Enter, Esc. */
export function CommandPalette({ onClose, actions, search, placeholder }: CommandPaletteProps) {
  const { t } = useTranslation()
  const listId = useId()
  const [text, setText] = useState('')
  const [marked, setMarked] = useState(0)
  const [hits, setHits] = useState<readonly PaletteHit[]>([])
  const [state, setState] = useState<'still' | 'busy' | 'failed'>('still')
  const ask = useRef(search)
  ask.current = search
  const wanted = text.trim()

  useEffect(() => {
    if (!wanted || !ask.current) {
      setHits([])
      setState('still')
      return
    }
    const stop = new AbortController()
    setState('busy')
    const timer = setTimeout(async () => {
      try {
        const answer = (await ask.current?.(wanted, stop.signal)) ?? []
        if (stop.signal.aborted) return
        setHits(answer)
        setMarked(0)
        setState('still')
      } catch {
        if (!stop.signal.aborted) setState('failed')
      }
    }, 120)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [wanted])

  const low = wanted.toLowerCase()
  const matching = actions.filter((action) =>
    `${action.label} ${action.keywords ?? ''}`.toLowerCase().includes(low),
  )
  const rows: Row[] = [...hits, ...matching.map((action) => ({ ...action, group: t('kit.palette.actions') }))]
  const at = Math.min(marked, rows.length - 1)

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && rows.length > 0) {
      event.preventDefault()
      setMarked((at + step + rows.length) % rows.length)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      run(rows[at])
    }
  }

  function run(row: Row | undefined) {
    if (!row) return
    onClose()
    row.run()
  }

  return (
    <Dialog title={t('kit.palette.title')} onClose={onClose} bare>
      <div className={css.head}>
        <Icon name="search" />
        <input
          className={css.input}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={rows.length > 0 ? `${listId}-${at}` : undefined}
          aria-autocomplete="list"
          aria-label={t('kit.palette.title')}
          placeholder={placeholder}
          type="text"
          autoComplete="off"
          spellCheck={false}
          autoFocus
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setMarked(0)
          }}
          onKeyDown={onKeyDown}
        />
        <Key name="Escape" />
      </div>
      <div id={listId} role="listbox" aria-label={t('kit.palette.results')} className={css.list}>
        {rows.map((row, index) => (
          <div key={`${row.group} ${row.id}`} role="presentation">
            {rows[index - 1]?.group === row.group ? null : (
              <p className={css.group} role="presentation">
                {row.group}
              </p>
            )}
            {/* biome-ignore lint/a11y/useFocusableInteractive: focus stays in the text box (aria-activedescendant) */}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the text box */}
            <div
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === at}
              className={css.row}
              ref={index === at ? scrollIntoView : undefined}
              onMouseMove={() => setMarked(index)}
              onClick={() => run(row)}
            >
              <Icon name={row.icon ?? 'arrowRight'} />
              <span className={css.words}>
                {row.label}
                {row.hint ? <span className={css.hint}>{row.hint}</span> : null}
              </span>
              {row.keyHint ? <Key name={row.keyHint} /> : null}
            </div>
          </div>
        ))}
      </div>
      <p role="status" className={css.note}>
        {state === 'busy' ? t('kit.palette.busy') : null}
        {state === 'failed' ? t('kit.palette.failed') : null}
        {state === 'still' && rows.length === 0 ? t('kit.palette.none') : null}
      </p>
    </Dialog>
  )
}

function scrollIntoView(element: HTMLElement | null) {
  element?.scrollIntoView({ block: 'nearest' })
}
