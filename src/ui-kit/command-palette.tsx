import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from './command-palette.module.css'
import { Dialog } from './dialog.tsx'
import { Icon, type IconName } from './icon.tsx'
import { Key } from './key.tsx'
import { PaletteRow, type RowLook } from './palette-row.tsx'

export interface PaletteAction {
  id: string
  label: string
  /** Other ways to find it: pinyin, initials, English. */
  keywords?: string | undefined
  icon?: IconName | undefined
  keyHint?: string | undefined
  run: () => void
}

export interface PaletteHit extends RowLook {
  id: string
  /** Group heading: 人员, 来访, 单位. */
  group: string
  run: () => void
}

export interface PaletteAnswer {
  readonly hits: readonly PaletteHit[]
  /** A part of the house could not be asked. */
  readonly incomplete: boolean
}

export interface CommandPaletteProps {
  onClose: () => void
  actions: readonly PaletteAction[]
  /** Records by name, pinyin, phone tail, company, plate, number. */
  search: (text: string, signal: AbortSignal) => Promise<PaletteAnswer>
  placeholder?: string | undefined
  /** Shown while nothing is typed: what was opened last, and what may be typed. */
  recent?: readonly PaletteHit[] | undefined
  teaching?: ReactNode
}

interface Answer extends PaletteAnswer {
  /** What was typed when it was asked for: Enter opens nothing that belongs to an older text. */
  readonly to: string
}

const nothing: Answer = { to: '', hits: [], incomplete: false }
/** Between two keys of somebody who types fast. */
const pauseMs = 120

/** The single window: finds records and runs acts. Arrows, Enter, Esc. */
export function CommandPalette({
  onClose,
  actions,
  search,
  placeholder,
  recent = [],
  teaching,
}: CommandPaletteProps) {
  const { t } = useTranslation()
  const listId = useId()
  const [text, setText] = useState('')
  const [marked, setMarked] = useState(0)
  const [answer, setAnswer] = useState<Answer>(nothing)
  const [failed, setFailed] = useState(false)
  /** Enter came before the answer: its first row is opened when it comes. */
  const [hurried, setHurried] = useState(false)
  const ask = useRef(search)
  ask.current = search
  const wanted = text.trim()
  const busy = wanted !== '' && answer.to !== wanted && !failed

  useEffect(() => {
    setFailed(false)
    setHurried(false)
    if (!wanted) {
      setAnswer(nothing)
      return
    }
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      try {
        const found = await ask.current(wanted, stop.signal)
        if (stop.signal.aborted) return
        setAnswer({ ...found, to: wanted })
        setMarked(0)
      } catch {
        if (stop.signal.aborted) return
        setAnswer({ ...nothing, to: wanted })
        setFailed(true)
      }
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [wanted])

  const low = wanted.toLowerCase()
  const matching = actions.filter((action) =>
    `${action.label} ${action.keywords ?? ''}`.toLowerCase().includes(low),
  )
  // The hits of the text before stay until the new ones are there: a list that flickers cannot be read.
  const hits = wanted === '' ? recent : answer.hits
  const rows: PaletteHit[] = [
    ...hits,
    ...matching.map((action) => ({ ...action, group: t('kit.palette.actions') })),
  ]
  const at = Math.min(marked, rows.length - 1)

  useEffect(() => {
    if (!hurried || answer.to !== wanted) return
    setHurried(false)
    const [first] = answer.hits
    if (first === undefined) return
    onClose()
    first.run()
  }, [hurried, answer, wanted, onClose])

  function onKeyDown(event: KeyboardEvent) {
    // While the input method composes, Enter and arrows are its own.
    if (event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && rows.length > 0) {
      event.preventDefault()
      setMarked((at + step + rows.length) % rows.length)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      if (busy && marked === 0) setHurried(true)
      else run(rows[at])
    }
  }

  function run(row: PaletteHit | undefined) {
    if (!row) return
    onClose()
    row.run()
  }

  const none = wanted !== '' && !busy && !failed && hits.length === 0
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
          autoCapitalize="off"
          spellCheck={false}
          maxLength={200}
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
      {wanted === '' ? teaching : null}
      {/* The whole list scrolls, so it must be reachable; the marked row is scrolled to by itself. */}
      <div id={listId} role="listbox" aria-label={t('kit.palette.results')} className={css.list}>
        {rows.map((row, index) => (
          <div key={`${row.group} ${row.id}`} role="presentation">
            {rows[index - 1]?.group === row.group ? null : (
              <p className={css.group} role="presentation">
                {row.group}
              </p>
            )}
            <PaletteRow
              id={`${listId}-${index}`}
              look={row}
              selected={index === at}
              onMark={() => setMarked(index)}
              onRun={() => run(row)}
            />
          </div>
        ))}
      </div>
      <p role="status" className={css.note}>
        {busy ? t('kit.palette.busy') : null}
        {failed ? t('kit.palette.failed') : null}
        {none ? t('kit.palette.none') : null}
        {!busy && answer.incomplete && !none ? t('kit.palette.incomplete') : null}
      </p>
    </Dialog>
  )
}
