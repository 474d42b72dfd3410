import { mergeTexts, type Texts } from './merge.ts'

/** Chinese: important guests, emergencies, alarms, vehicles; comes after the first screen of gate and phone. */
export const texts = mergeTexts(
  import.meta.glob<Texts>(
    [
      '../../../modules/visits/important/**/zh.json',
      '../../../modules/visits/emergency/**/zh.json',
      '../../../modules/visits/unannounced/**/zh.json',
      '../../../modules/visits/security/**/zh.json',
      '../../../modules/visits/vehicles/**/zh.json',
      '../../../modules/visits/areas/**/zh.json',
    ],
    { eager: true, import: 'default' },
  ),
)
