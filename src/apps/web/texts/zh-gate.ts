import { mergeTexts, type Texts } from './merge.ts'

/** Chinese: the gate. */
export const texts = mergeTexts(
  import.meta.glob<Texts>(['../../../modules/visits/ui/gate/**/zh.json'], { eager: true, import: 'default' }),
)
