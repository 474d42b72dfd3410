import { mergeTexts, type Texts } from './merge.ts'

/** Chinese: the host’s phone. */
export const texts = mergeTexts(
  import.meta.glob<Texts>(
    [
      '../../../modules/visits/ui/phone/**/zh.json',
      '../../../modules/calls/ui/zh.json',
      '!../../../modules/visits/ui/phone/guest/**/zh.json',
    ],
    {
      eager: true,
      import: 'default',
    },
  ),
)
