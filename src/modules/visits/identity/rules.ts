/** PURE: is this the number of such a document (V12)? No clock, no database; shared by server and form. */
import type { DocumentKind } from './kinds.ts'

/** What is wrong, as the text `field.<code>` says it with what to do. */
export type DocumentFault =
  | 'document'
  | 'document-length'
  | 'document-old-id'
  | 'document-region'
  | 'document-birth'
  | 'document-birth-future'
  | 'document-check-digit'
  | 'document-prefix'
  | 'document-passport'
  | 'document-passport-cn'
  | 'document-hk-macau'
  | 'document-taiwan'
  | 'document-foreigner'
  | 'document-expired'

/** Full-width characters of an input method, spaces, hyphens between groups, a small x: all mean the same number. */
export function normaliseNumber(text: string): string {
  const number = text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')
    .toUpperCase()
    .replace(/(?<=\d)[Х×Χ]$/u, 'X')
  // Grouped as people write it, A123456(7) or 440524-18800101-001X, it is the same number; 字第 … 号 stays as it is.
  const bare = number.replace(/[-‐‑–—.·/()]/gu, '')
  return /^[A-Z]{0,3}\d{6,18}X?$/.test(bare) ? bare : number
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** The last of the eighteen characters, from the first seventeen digits (GB 11643, ISO 7064 MOD 11-2). */
export function checkCharacter(digits: string): string {
  const sum = weights.reduce((total, weight, i) => total + weight * Number(digits[i]), 0)
  return '10X98765432'[sum % 11] ?? ''
}

/** GB/T 2260: provinces, and Taiwan, Hong Kong, Macau. */
const provinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(
    ' ',
  ),
)

function birthFault(digits: string, today: string): DocumentFault | null {
  const birth = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`
  const at = new Date(`${birth}T00:00:00Z`)
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== birth || birth < '1880')
    return 'document-birth'
  return birth > today ? 'document-birth-future' : null
}

function citizenFault(number: string, today: string): DocumentFault | null {
  if (/^\d{15}$/.test(number)) return 'document-old-id'
  if (!/^\d{17}[\dX]$/.test(number)) return 'document-length'
  if (!provinces.has(number.slice(0, 2))) return 'document-region'
  return (
    birthFault(number.slice(6, 14), today) ??
    (checkCharacter(number) === number[17] ? null : 'document-check-digit')
  )
}

/** 港澳台居民居住证: as a citizen's card, but of one of the three prefixes. */
function residenceFault(number: string, today: string): DocumentFault | null {
  if (!/^\d{17}[\dX]$/.test(number)) return 'document-length'
  if (!/^8[123]0000/.test(number)) return 'document-prefix'
  return citizenFault(number, today)
}

/** 外国人永久居留身份证: eighteen characters beginning with 9 since 2023, before three letters and twelve digits. */
function foreignerFault(number: string, today: string): DocumentFault | null {
  if (/^[A-Z]{3}\d{12}$/.test(number)) return null
  if (!/^9\d{16}[\dX]$/.test(number)) return 'document-foreigner'
  return (
    birthFault(number.slice(6, 14), today) ??
    (checkCharacter(number) === number[17] ? null : 'document-check-digit')
  )
}

/** Ordinary E and G, diplomatic D, service S, public affairs P; H, K of Hong Kong and M of Macau. */
const chinesePassport = /^(?:[EGDSPHKM]\d{8}|[EDSP][A-HJ-NP-Z]\d{7}|1[45]\d{7})$/
/** ICAO 9303: up to nine characters of letters and digits; no country issues fewer than five. */
const anyPassport = /^(?=.*\d)[A-Z0-9]{5,9}$/

function passportFault(number: string, country: string): DocumentFault | null {
  if (['CN', 'CHN'].includes(country.toUpperCase()))
    return chinesePassport.test(number) ? null : 'document-passport-cn'
  return anyPassport.test(number) ? null : 'document-passport'
}

const taiwanPermit = /^(?:\d{8}|\d{10}(?:\(?[A-Z0-9]\)?)?)$/
const hkMacauPermit = /^[HM]\d{8}(?:\d{2})?$/
/** Cards of officers, police, press and works have no common number: letters, digits, and 军字第…号. */
const anyCard = /^[\p{Script=Han}A-Z0-9()-]{4,30}$/u

export interface DocumentGiven {
  readonly kind: DocumentKind
  /** Normalised. */
  readonly number: string
  readonly issuingCountry?: string
}

/**
 * @param today calendar day of the site, YYYY-MM-DD: nobody is born after it
 * @returns what is wrong, or null; an empty number is nobody's fault, the document was only looked at
 */
export function documentFault(document: DocumentGiven, today: string): DocumentFault | null {
  const { kind, number } = document
  if (number === '') return null
  switch (kind) {
    case 'id-card':
      return citizenFault(number, today)
    case 'hmt-residence':
      return residenceFault(number, today)
    case 'foreigner-residence':
      return foreignerFault(number, today)
    case 'passport':
      return passportFault(number, document.issuingCountry ?? '')
    case 'hk-macau-permit':
      return hkMacauPermit.test(number) ? null : 'document-hk-macau'
    case 'taiwan-permit':
      return taiwanPermit.test(number) ? null : 'document-taiwan'
    case 'driving-licence':
      // A Chinese licence has the number of its holder's identity card.
      if (/^\d{17}[\dX]$/.test(number)) return citizenFault(number, today)
      return anyCard.test(number) ? null : 'document'
    default:
      return anyCard.test(number) ? null : 'document'
  }
}

/** The last day counts. Without a date (长期) it never ends. */
export function isExpired(expiresOn: string | null, today: string): boolean {
  return expiresOn !== null && expiresOn < today
}

/** The kind that the written number is, where the form of the number says so. */
export function kindOfNumber(written: string): DocumentKind | null {
  const number = normaliseNumber(written)
  if (/^8[123]0000\d{11}[\dX]$/.test(number)) return 'hmt-residence'
  if (/^9\d{16}[\dX]$/.test(number) || /^[A-Z]{3}\d{12}$/.test(number)) return 'foreigner-residence'
  if (/^\d{17}[\dX]$/.test(number) || /^\d{15}$/.test(number)) return 'id-card'
  if (/^[HM]\d{10}$/.test(number)) return 'hk-macau-permit'
  if (/^[EGDSP]\d{8}$/.test(number) || /^[EDSP][A-HJ-NP-Z]\d{7}$/.test(number)) return 'passport'
  if (/^[HM]\d{8}$/.test(number)) return 'hk-macau-permit'
  if (/^\d{8}$/.test(number)) return 'taiwan-permit'
  if (/字第?\d+号?$/.test(number)) return /警/.test(number) ? 'police-card' : 'officer-card'
  return null
}
