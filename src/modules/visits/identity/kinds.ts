/** PURE: the documents a visitor may show (V12). */
export const documentKinds = [
  'id-card',
  'passport',
  'hk-macau-permit',
  'taiwan-permit',
  'hmt-residence',
  'foreigner-residence',
  'driving-licence',
  'officer-card',
  'police-card',
  'press-card',
  'work-card',
  'other',
] as const

/** Kept for what was recorded before the two permits were told apart. */
export const storedKinds = [...documentKinds, 'travel-permit'] as const
export type DocumentKind = (typeof storedKinds)[number]
