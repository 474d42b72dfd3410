import { mergeTexts, type Texts } from './merge.ts'

/** Chinese: a visitor’s own page, opened from an invitation. */
export const texts = mergeTexts(
  import.meta.glob<Texts>(
    ['../../../modules/visits/ui/phone/guest/**/zh.json', '../../../modules/visits/ui/signing/**/zh.json'],
    { eager: true, import: 'default' },
  ),
)
