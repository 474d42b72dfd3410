import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** @returns E.164, or undefined when it is no possible number; a number without a country code is Chinese. */
export function mobileOf(text: string): string | undefined {
  // Full-width digits and dashes come from Chinese input methods and Excel sheets.
  const number = parsePhoneNumberFromString(text.normalize('NFKC').trim(), 'CN')
  return number?.isValid() ? number.number : undefined
}

/** Extensions are short and local: digits, `*`, `#`, a dash between exchange and extension. */
export function extensionOf(text: string): string | undefined {
  const plain = text.normalize('NFKC').replace(/\s+/g, '')
  return /^[0-9*#][0-9*#-]{0,19}$/.test(plain) ? plain : undefined
}
