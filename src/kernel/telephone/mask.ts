/** PURE and small, so that contracts' rules and screens may use it: one masking of telephone numbers for everything (G5). */

/** Country codes of one and two digits (ITU E.164); all others have three. */
const shortCodes = /^\+(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/

/**
 * `+8613812345678` → `138****5678`, `+8675566668000` → `0755****8000`, `+85291234567` → `+852****4567`. Service numbers and
 * extensions (six digits and fewer) belong to nobody in particular and stay as they are.
 */
export function maskNumber(number: string): string {
  const mobile = /^\+86(1\d{2})\d{4}(\d{4})$/.exec(number)
  if (mobile) return `${mobile[1]}****${mobile[2]}`
  const landline = /^\+86(10|2\d|[3-9]\d{2})\d{3,4}(\d{4})$/.exec(number)
  if (landline) return `0${landline[1]}****${landline[2]}`
  if (number.length <= 6 || /^(400|800)\d{7}$/.test(number)) return number
  if (!number.startsWith('+')) return `${number.slice(0, 2)}****${number.slice(-2)}`
  const code = shortCodes.exec(number)?.[0] ?? number.slice(0, 4)
  return `${code}****${number.slice(number.length >= 11 ? -4 : -2)}`
}
