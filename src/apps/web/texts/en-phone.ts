import { mergeTexts, type Texts } from './merge.ts'

/** English: the host’s phone. */
export const texts = mergeTexts(
  import.meta.glob<Texts>(
    [
      '../../../modules/visits/ui/phone/**/en.json',
      '../../../modules/calls/ui/en.json',
      '!../../../modules/visits/ui/phone/guest/**/en.json',
    ],
    {
      eager: true,
      import: 'default',
    },
  ),
)
