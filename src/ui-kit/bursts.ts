import { holdMs, noKeys, wedgeStep } from './wedge.ts'

export interface Burst {
  readonly text: string
  /** Where it was typed, with what stood there before; null: no field had the focus. */
  readonly field: { readonly input: HTMLInputElement | HTMLTextAreaElement; readonly before: string } | null
}

type Listener = (burst: Burst) => void
const listeners = new Set<Listener>()
/** Sent on by ourselves: the shortcut whose key was held back. */
const sentOn = new WeakSet<Event>()

const plain = new Set(['checkbox', 'radio', 'button', 'submit', 'range', 'color', 'file'])

function fieldOf(target: EventTarget | null): HTMLInputElement | HTMLTextAreaElement | null {
  if (target instanceof HTMLTextAreaElement) return target
  return target instanceof HTMLInputElement && !plain.has(target.type) ? target : null
}

/** A form of one field, a search, is there to be sent; in a longer one the reader's Enter must not send half of it. */
function isLong(field: HTMLInputElement | HTMLTextAreaElement): boolean {
  const fields = [...(field.form?.elements ?? [])].filter((one) => fieldOf(one) !== null)
  return fields.length > 1
}

let state = noKeys
let before = ''
let held: { event: KeyboardEvent; timer: ReturnType<typeof setTimeout> } | null = null

function letGo() {
  if (held === null) return
  clearTimeout(held.timer)
  held = null
}

/** Nobody typed on: it was a person after all. */
function sendOn(event: KeyboardEvent) {
  held = null
  const { key, code, shiftKey } = event
  const again = new KeyboardEvent('keydown', { key, code, shiftKey, bubbles: true, cancelable: true })
  sentOn.add(again)
  ;(event.target ?? window).dispatchEvent(again)
}

function onKeyDown(event: KeyboardEvent) {
  if (sentOn.has(event)) return
  const { key, timeStamp: at, target } = event
  const other = event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.repeat
  const field = fieldOf(target)
  const step = wedgeStep(state, { key, at, other })
  if (step.state.text.length === 1) before = field?.value ?? ''
  state = step.state
  if (key !== 'Shift') letGo()
  if (step.burst !== null) {
    if (field === null || isLong(field)) {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    const burst = { text: step.burst, field: field === null ? null : { input: field, before } }
    for (const listener of [...listeners]) listener(burst)
    return
  }
  if (field !== null || other || state.text === '' || document.querySelector('dialog:modal')) return
  if (!/^[\w.|,;:^-]$/.test(key) || target instanceof HTMLSelectElement) return
  event.stopImmediatePropagation()
  if (state.text.length === 1) held = { event, timer: setTimeout(() => sendOn(event), holdMs) }
}

/**
 * Hears readers that work as keyboards, wherever the focus is: a burst in a field stays in the field and sends nothing;
 * without a field it runs no shortcuts. All who listen hear every burst.
 * @returns stops listening
 */
export function hearBursts(listener: Listener): () => void {
  if (listeners.size === 0) window.addEventListener('keydown', onKeyDown, { capture: true })
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    window.removeEventListener('keydown', onKeyDown, { capture: true })
    letGo()
    state = noKeys
  }
}
