import { mergeTexts, type Texts } from './merge.ts'

/** English: a visitor’s own page, opened from an invitation. */
export const texts = mergeTexts(
  import.meta.glob<Texts>(
    ['../../../modules/visits/ui/phone/guest/**/en.json', '../../../modules/visits/ui/signing/**/en.json'],
    { eager: true, import: 'default' },
  ),
)
