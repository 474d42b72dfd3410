import { mergeTexts, type Texts } from './merge.ts'

/** English: what only screens of the desk show. */
export const texts = mergeTexts(
  import.meta.glob<Texts>(
    [
      '../../../modules/customers/**/en.json',
      '../../../modules/directory/**/en.json',
      '../../../modules/*/settings-texts/**/en.json',
      '../../../modules/visits/groups/**/en.json',
      '../../../modules/visits/permits/**/en.json',
      '../../../modules/visits/staff-register/**/en.json',
      '../../../modules/visits/security/**/en.json',
      '../../../modules/visits/import/**/en.json',
      '../../../modules/visits/ui/desk/guests/**/en.json',
      '../../../modules/visits/ui/signing/**/en.json',
      '../../../modules/visits/ui/desk/watch/**/en.json',
      '../../../modules/visits/register/**/en.json',
      '../../../modules/visits/ui/figures/**/en.json',
      '../../../modules/visits/ui/desk/routes/**/en.json',
      '../../../modules/visits/ui/figures/**/en.json',
      '../../../modules/calls/ui/call-panel/**/en.json',
      '../../../modules/calls/ui/log/**/en.json',
      '../../../modules/calls/ui/figures/**/en.json',
      '../../../modules/calls/ui/duty/**/en.json',
      '../../../modules/calls/ui/exchange/**/en.json',
      '../../../modules/calls/ui/callbacks/**/en.json',
      '../../../modules/calls/ui/messages/**/en.json',
      '../../../kernel/settings/**/en.json',
      '../../../kernel/imports/**/en.json',
      '../../../kernel/calendar/**/en.json',
      '../../../kernel/find/**/en.json',
      '../../../kernel/notifications/channels/**/en.json',
    ],
    { eager: true, import: 'default' },
  ),
)
