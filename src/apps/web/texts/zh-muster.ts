import { mergeTexts, type Texts } from './merge.ts'

/** Chinese: evacuation and staff register, on whatever surface they are opened. */
export const texts = mergeTexts(
  import.meta.glob<Texts>(
    ['../../../modules/visits/muster/**/zh.json', '../../../modules/visits/staff-register/**/zh.json'],
    { eager: true, import: 'default' },
  ),
)
