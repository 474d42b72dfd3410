import { mergeTexts, type Texts } from './merge.ts'

/** English: important guests, emergencies, alarms, vehicles; comes after the first screen of gate and phone. */
export const texts = mergeTexts(
  import.meta.glob<Texts>(
    [
      '../../../modules/visits/important/**/en.json',
      '../../../modules/visits/emergency/**/en.json',
      '../../../modules/visits/unannounced/**/en.json',
      '../../../modules/visits/security/**/en.json',
      '../../../modules/visits/vehicles/**/en.json',
      '../../../modules/visits/areas/**/en.json',
    ],
    { eager: true, import: 'default' },
  ),
)
