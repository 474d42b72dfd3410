/** What a keyboard reader types, put where it belongs (V11, V12). */
import { type Burst, hearBursts } from '../../../ui-kit/bursts.ts'
import { readBurst } from '../identity/burst.ts'

/** Pages that hear codes themselves; the surface around them answers only where none does. */
let pages = 0

/** @param layer `app`: of the whole surface, quiet while a page listens */
export function hearCodes(onCode: (code: string) => void, layer: 'page' | 'app' = 'page'): () => void {
  if (layer === 'page') pages += 1
  const stop = hearBursts((burst) => {
    if (routeDocument(burst) || burst.field !== null) return
    if (layer === 'page' || pages === 0) onCode(burst.text)
  })
  return () => {
    if (layer === 'page') pages -= 1
    stop()
  }
}

/** Several screens may listen: what one has moved already, the next leaves alone. */
const moved = new WeakSet<Burst>()

/** An ID reader's line goes to the document's field, which reads number and name out of it, whatever field had the focus. */
function routeDocument(burst: Burst): boolean {
  if (moved.has(burst)) return true
  const { text, field } = burst
  const read = readBurst(text)
  if (read === null) return false
  const root = field === null ? document : field.input.form
  const target = root?.querySelector<HTMLInputElement>('input[name="documentNumber"]') ?? null
  if (field?.input === target && target !== null) return false
  if (field !== null) type(field.input, field.before)
  if (target !== null) type(target, text)
  // No place for a number here: the name alone goes in, a number in clear text must not (G5).
  else if (field?.input.name === 'visitorName' && read.name !== '') type(field.input, read.name)
  if (target !== null || field !== null) moved.add(burst)
  return target !== null || field !== null
}

/** As if it had been typed: React hears the event, not the property. */
function type(input: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  const kind = input instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement
  Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(input, text)
  input.dispatchEvent(new Event('input', { bubbles: true }))
}
