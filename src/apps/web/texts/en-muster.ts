import { mergeTexts, type Texts } from './merge.ts'

/** English: evacuation and staff register, on whatever surface they are opened. */
export const texts = mergeTexts(
  import.meta.glob<Texts>(
    ['../../../modules/visits/muster/**/en.json', '../../../modules/visits/staff-register/**/en.json'],
    { eager: true, import: 'default' },
  ),
)
