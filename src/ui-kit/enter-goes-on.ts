import type { KeyboardEvent } from 'react'

const passedOver = new Set(['checkbox', 'button'])

/** Fields and the button that sends, also the one in the panel's foot (`form="…"`). */
function stopsOf(form: HTMLFormElement): HTMLElement[] {
  return [...form.elements].filter((element): element is HTMLElement => {
    if (!(element instanceof HTMLElement) || element.offsetParent === null) return false
    if (element instanceof HTMLInputElement)
      return (
        !element.disabled && !passedOver.has(element.type) && (element.type !== 'radio' || element.checked)
      )
    if (element instanceof HTMLButtonElement) return element.type === 'submit'
    return element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement
  })
}

/** To the next field of the form; behind the last one stands the button that sends. */
export function goOn(form: HTMLFormElement | null) {
  if (!form) return
  const stops = stopsOf(form)
  const { activeElement } = document
  const at = activeElement instanceof HTMLElement ? stops.indexOf(activeElement) : -1
  stops[at + 1]?.focus()
}

/** To the first of these fields, else to the button that sends. */
export function goToOpen(form: HTMLFormElement | null, names: readonly string[]) {
  if (!form) return
  const stops = stopsOf(form)
  const target =
    stops.find((stop) => names.includes(stop.getAttribute('name') ?? '')) ??
    stops.find((stop) => stop instanceof HTMLButtonElement)
  target?.focus()
}

/** Ctrl Enter sends from everywhere; taken on the way down, before a list of suggestions sees the Enter. */
export function onSendKey(event: KeyboardEvent<HTMLFormElement>) {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return
  event.preventDefault()
  event.stopPropagation()
  event.currentTarget.requestSubmit()
}

/** For a form: Enter goes on. A list of suggestions takes its Enter first; a text area keeps it. */
export function onFormKey(event: KeyboardEvent<HTMLFormElement>) {
  if (event.key !== 'Enter' || event.defaultPrevented || event.nativeEvent.isComposing) return
  const { target } = event
  if (!(target instanceof HTMLInputElement) && !(target instanceof HTMLSelectElement)) return
  event.preventDefault()
  goOn(event.currentTarget)
}
