/**
 * What is sent to the exchange, and what may never be. PURE.
 *
 * A value with a line break would be a second action with the rights of the product (C15), so nothing with a control
 * character leaves, and whatever a person typed must be of the few characters a telephone knows.
 */

export class UnsafeValue extends Error {
  override readonly name = 'UnsafeValue'
}

export type Fields = Readonly<Record<string, string>>

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what this is for
const control = /[\u0000-\u001f\u007f\u0085\u2028\u2029]/

/** @throws UnsafeValue when a name or value could end its line. */
export function encodeAction(action: string, actionId: string, fields: Fields): string {
  const lines = Object.entries({ Action: action, ActionID: actionId, ...fields }).map(([name, value]) => {
    if (!/^[A-Za-z]+$/.test(name)) throw new UnsafeValue(`header ${JSON.stringify(name)}`)
    if (control.test(value)) throw new UnsafeValue(`value of ${name}`)
    return `${name}: ${value}\r\n`
  })
  return `${lines.join('')}\r\n`
}

/** Name of a phone of the house, part of a channel's name. */
export const isExtension = (text: string): boolean => /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,39}$/.test(text)

/** What a phone can dial. */
export const isDialable = (text: string): boolean => /^\+?[0-9*#]{1,40}$/.test(text)

/** Destination of a transfer: a number, or a name of the dial plan. */
export const isDestination = (text: string): boolean => isDialable(text) || isExtension(text)

/** Becomes the Uniqueid of a channel. */
export const isChannelId = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/.test(text)

/** A display name between quotes: nothing in it may close them or open an address. */
export function displayName(text: string): string {
  return text
    .replace(new RegExp(control, 'g'), ' ')
    .replace(/["\\<>]/g, '')
    .trim()
    .slice(0, 60)
}
