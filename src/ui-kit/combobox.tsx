import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from './combobox.module.css'
import { cx } from './cx.ts'
import { useFieldWiring } from './field.tsx'
import inputs from './inputs.module.css'

export interface ComboboxOption {
  id: string
  label: string
  /** Second line: company, department, last visit. */
  hint?: ReactNode
  /** Right side: extension, state chip. */
  meta?: ReactNode
}

export interface ComboboxProps<O extends ComboboxOption> {
  /** The text in the box; free text is allowed, what it means is the caller's decision. */
  text: string
  onTextChange: (text: string) => void
  /** Called 120 ms after the last letter, with a signal that ends when a newer letter comes. */
  suggest: (text: string, signal: AbortSignal) => Promise<readonly O[]>
  onPick: (option: O) => void
  /** Enter without a marked suggestion. */
  onEnter?: (() => void) | undefined
  /** Letters before the first question; 0 shows suggestions on focus. */
  minimum?: number | undefined
  /** First suggestion is marked at once, so that Enter takes it. */
  markFirst?: boolean | undefined
  label?: string | undefined
  placeholder?: string | undefined
  size?: 'normal' | 'large' | undefined
  autoFocus?: boolean | undefined
  disabled?: boolean | undefined
  name?: string | undefined
  ref?: Ref<HTMLInputElement> | undefined
}

type Found<O> =
  | { state: 'closed' }
  | { state: 'busy' }
  | { state: 'failed' }
  | { state: 'open'; options: readonly O[] }

/** Text box with suggestions (ARIA combobox with listbox): arrows move, Enter takes, Esc closes the list first. */
export function Combobox<O extends ComboboxOption>(props: ComboboxProps<O>) {
  const { text, minimum = 1, markFirst = false, size } = props
  const { t } = useTranslation()
  const wiring = useFieldWiring()
  const listId = useId()
  const [found, setFound] = useState<Found<O>>({ state: 'closed' })
  const [marked, setMarked] = useState(-1)
  const [asked, setAsked] = useState<{ text: string } | null>(null)
  const suggest = useRef(props.suggest)
  suggest.current = props.suggest

  useEffect(() => {
    if (!asked || asked.text.trim().length < minimum) {
      setFound({ state: 'closed' })
      return
    }
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      setFound((before) => (before.state === 'open' ? before : { state: 'busy' }))
      try {
        const options = await suggest.current(asked.text.trim(), stop.signal)
        if (stop.signal.aborted) return
        setFound({ state: 'open', options })
        setMarked(markFirst && options.length > 0 ? 0 : -1)
      } catch {
        if (!stop.signal.aborted) setFound({ state: 'failed' })
      }
    }, 120)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [asked, minimum, markFirst])

  const options = found.state === 'open' ? found.options : []
  const open = found.state !== 'closed'

  function close() {
    setAsked(null)
    setFound({ state: 'closed' })
    setMarked(-1)
  }

  function pick(option: O) {
    close()
    props.onPick(option)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!open) setAsked({ text })
      else if (options.length > 0) {
        const step = event.key === 'ArrowDown' ? 1 : -1
        const from = marked === -1 && step === -1 ? options.length : marked
        setMarked((from + step + options.length) % options.length)
      }
    } else if (event.key === 'Enter') {
      const option = options[marked]
      if (option) {
        event.preventDefault()
        pick(option)
      } else if (props.onEnter) {
        event.preventDefault()
        close()
        props.onEnter()
      }
    } else if (event.key === 'Escape' && open) {
      // Not further up: the panel around must stay.
      event.preventDefault()
      event.stopPropagation()
      close()
    } else if (event.key === 'Tab') close()
  }

  return (
    <div className={css.box}>
      <input
        ref={props.ref}
        id={wiring.id}
        {...wiring.aria}
        aria-label={props.label}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={listId}
        aria-activedescendant={marked >= 0 ? `${listId}-${marked}` : undefined}
        className={cx(inputs.control, size === 'large' && inputs.large)}
        name={props.name}
        type="text"
        autoComplete="off"
        spellCheck={false}
        placeholder={props.placeholder}
        disabled={props.disabled}
        // biome-ignore lint/a11y/noAutofocus: the first field of a panel opened by key
        autoFocus={props.autoFocus}
        value={text}
        onChange={(event) => {
          props.onTextChange(event.target.value)
          setAsked({ text: event.target.value })
        }}
        onFocus={() => {
          if (minimum === 0) setAsked({ text })
        }}
        onBlur={close}
        onKeyDown={onKeyDown}
      />
      <div
        id={listId}
        role="listbox"
        aria-label={props.label ?? props.placeholder ?? t('kit.combobox.suggestions')}
        className={css.list}
        hidden={!open}
      >
        {options.map((option, at) => (
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the text box (aria-activedescendant)
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the text box
          <div
            key={option.id}
            id={`${listId}-${at}`}
            role="option"
            aria-selected={at === marked}
            className={cx(css.option, size === 'large' && css.large)}
            ref={at === marked ? scrollIntoView : undefined}
            // The text box must not lose the focus before the click arrives.
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setMarked(at)}
            onClick={() => pick(option)}
          >
            <span className={css.words}>
              <span className={css.label}>{option.label}</span>
              {option.hint ? <span className={css.hint}>{option.hint}</span> : null}
            </span>
            {option.meta ? <span className={css.meta}>{option.meta}</span> : null}
          </div>
        ))}
        {found.state === 'open' && options.length === 0 ? (
          <p className={css.note}>{t('kit.combobox.none')}</p>
        ) : null}
        {found.state === 'busy' ? <p className={css.note}>{t('kit.loading')}</p> : null}
        {found.state === 'failed' ? <p className={css.note}>{t('kit.combobox.failed')}</p> : null}
      </div>
    </div>
  )
}

function scrollIntoView(element: HTMLElement | null) {
  element?.scrollIntoView({ block: 'nearest' })
}
