/** PURE: number plates as GA 36 has them (V19). What a guard types, with or without the dot, becomes one spelling. */

export const plateKinds = [
  'ordinary',
  'new-energy',
  'police',
  'training',
  'trailer',
  'border',
  'consulate',
  'embassy',
  'rescue',
  'armed-police',
  'military',
] as const
export type PlateKind = (typeof plateKinds)[number]

export interface Plate {
  /** Without space or dot: 粤B12345. */
  readonly plate: string
  /** `null`: no plate of the mainland; only where somebody has said so. */
  readonly kind: PlateKind | null
}

const province = '[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]'
/** I and O are not given out: they are read as 1 and 0. */
const letter = '[A-HJ-NP-Z]'
const sign = '[A-HJ-NP-Z0-9]'

/** The first that fits names the kind; a plate of eight characters is never an ordinary one. */
const shapes: readonly (readonly [PlateKind, RegExp])[] = [
  // Small cars: the energy letter first (D A B C E electric, F G H J K other); large ones: D or F last.
  ['new-energy', new RegExp(`^${province}${letter}(?:[A-HJK]${sign}\\d{4}|\\d{5}[DF])$`)],
  ['police', new RegExp(`^${province}[A-HJ-Z]${sign}{4}警$`)],
  ['training', new RegExp(`^${province}${letter}${sign}{4}学$`)],
  ['trailer', new RegExp(`^${province}${letter}${sign}{4}挂$`)],
  ['border', new RegExp(`^粤Z${sign}{4}[港澳]$`)],
  ['consulate', new RegExp(`^${province}${letter}${sign}{4}领$`)],
  ['embassy', /^(?:使\d{6}|\d{6}使)$/],
  ['rescue', new RegExp(`^${province}${letter}${sign}{4}应急$`)],
  ['armed-police', new RegExp(`^WJ${province}?${sign}{5}$`)],
  // Two letters, five signs of digits; the first names the branch or the area.
  ['military', /^[VZKHBSLJNGCEY][A-HJ-NP-Z]\d{5}$/],
  ['ordinary', new RegExp(`^${province}${letter}${sign}{5}$`)],
]

/** A visitor from Hong Kong types the province in traditional characters; on the metal it is simplified. */
const traditional = '滬遼雲魯蘇贛閩貴粵陝寧瓊晉學領應警掛澳使'
const simple = '沪辽云鲁苏赣闽贵粤陕宁琼晋学领应警挂澳使'

/** Full width to plain, upper case, without spaces, dots and dashes of any kind. */
export function normalisePlate(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/\p{Script=Han}/gu, (sign) => simple[traditional.indexOf(sign)] ?? sign)
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s·•・‧∙⋅.。,，、\-‐‑–—_]/g, '')
}

/**
 * @param stated somebody says that it is another country's or another kind of plate: then letters and digits will do
 * @returns null when it is no plate
 */
export function readPlate(text: string, stated = false): Plate | null {
  const plate = normalisePlate(text)
  const kind = shapes.find(([, shape]) => shape.test(plate))?.[0]
  if (kind !== undefined) return { plate, kind }
  return stated && /^[\p{L}\p{N}]{2,15}$/u.test(plate) ? { plate, kind: null } : null
}

const statement = /[(（[]?\s*(?:境外|国外|外国|其他|foreign|other)(?:\s*(?:号牌|车牌|plate))?\s*[)）\]]?/iu

/** In a list nobody can tick anything: who states that it is another plate writes it beside it, 「境外 AB123CD」, `AB123CD (foreign)`. */
export function statedPlate(text: string): { readonly text: string; readonly stated: boolean } {
  const rest = text.replace(statement, ' ').trim()
  return rest === text.trim() ? { text: rest, stated: false } : { text: rest, stated: true }
}

/** So that a list that goes out comes in again as it was. */
export function writtenPlate(plate: string, language: 'zh' | 'en'): string {
  if (plate === '' || readPlate(plate) !== null) return plate
  return `${plate} (${language === 'zh' ? '境外' : 'foreign'})`
}

/** As it stands on the metal: 粤B·12345, WJ京·12345, VA·12345, 使·014578. */
export function showPlate(plate: string): string {
  const kind = shapes.find(([, shape]) => shape.test(plate))?.[0]
  if (kind === undefined) return plate
  if (kind === 'embassy') return plate.startsWith('使') ? `使·${plate.slice(1)}` : plate
  const head = kind === 'armed-police' && plate.length === 8 ? 3 : 2
  return `${plate.slice(0, head)}·${plate.slice(head)}`
}

export interface Lot {
  readonly key: string
  readonly places: readonly string[]
  readonly reserved: readonly string[]
}

/** The first free place of the lots; a reserved one only for an important guest, who gets one first. */
export function freePlace(
  lots: readonly Lot[],
  taken: ReadonlySet<string>,
  important: boolean,
): string | null {
  const open = lots.flatMap((lot) => lot.places.filter((place) => !lot.reserved.includes(place)))
  const reserved = lots.flatMap((lot) => lot.places.filter((place) => lot.reserved.includes(place)))
  return [...(important ? reserved : []), ...open].find((place) => !taken.has(place)) ?? null
}
