import type { KeyboardEvent } from 'react'

const stops =
  'input:not([type="checkbox"]):not([type="radio"]):not(:disabled), select:not(:disabled), textarea:not(:disabled), input[type="radio"]:checked, button[type="submit"]'

/** To the next field of the form; behind the last one stands the button that sends. */
export function goOn(form: HTMLFormElement | null) {
  if (!form) return
  const list = [...form.querySelectorAll<HTMLElement>(stops)].filter((stop) => stop.offsetParent !== null)
  const { activeElement } = document
  const at = activeElement instanceof HTMLElement ? list.indexOf(activeElement) : -1
  list[at + 1]?.focus()
}

/** To the first empty field that must be filled, else to the button that sends. */
export function goToOpen(form: HTMLFormElement | null, names: readonly string[]) {
  if (!form) return
  const field = names
    .map((name) => form.querySelector<HTMLElement>(`[name="${name}"]`))
    .find((element) => element !== null)
  const target = field ?? form.querySelector<HTMLElement>('button[type="submit"]')
  target?.focus()
}

/** For a form: Enter goes on, Ctrl Enter sends. A list of suggestions takes its Enter first; a text area keeps it. */
export function onFormKey(event: KeyboardEvent<HTMLFormElement>) {
  if (event.key !== 'Enter' || event.defaultPrevented || event.nativeEvent.isComposing) return
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault()
    event.currentTarget.requestSubmit()
    return
  }
  const { target } = event
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLButtonElement) return
  if (!(target instanceof HTMLInputElement) && !(target instanceof HTMLSelectElement)) return
  event.preventDefault()
  goOn(event.currentTarget)
}
