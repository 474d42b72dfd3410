import { mergeTexts, type Texts } from './merge.ts'

/** English: what every surface shows at once; what is left out comes with the surface that shows it (`../i18n.ts`). */
export const texts = mergeTexts(
  import.meta.glob<Texts>(
    [
      '../../../**/en.json',
      '!../../../modules/customers/**/en.json',
      '!../../../apps/web/screens/outbox/**/en.json',
      '!../../../modules/directory/**/en.json',
      '!../../../modules/*/settings-texts/**/en.json',
      '!../../../modules/visits/import/**/en.json',
      '!../../../modules/visits/register/**/en.json',
      '!../../../modules/visits/ui/figures/**/en.json',
      '!../../../modules/calls/ui/log/**/en.json',
      '!../../../modules/calls/ui/figures/**/en.json',
      '!../../../modules/calls/ui/duty/**/en.json',
      '!../../../modules/calls/ui/exchange/**/en.json',
      '!../../../modules/calls/ui/callbacks/**/en.json',
      '!../../../modules/calls/ui/messages/**/en.json',
      '!../../../kernel/settings/**/en.json',
      '!../../../kernel/imports/**/en.json',
      '!../../../kernel/calendar/**/en.json',
      '!../../../kernel/find/**/en.json',
      '!../../../kernel/notifications/channels/**/en.json',
      '!../../../modules/visits/invitations/**/en.json',
      '!../../../modules/visits/ui/signing/**/en.json',
      '!../../../modules/visits/ui/kiosk/**/en.json',
      '!../../../modules/visits/ui/desk/guests/**/en.json',
      '!../../../modules/visits/ui/gate/**/en.json',
      '!../../../modules/visits/ui/whom/**/en.json',
      '!../../../modules/visits/ui/phone/**/en.json',
      '!../../../modules/calls/ui/call-panel/**/en.json',
    ],
    { eager: true, import: 'default' },
  ),
)
