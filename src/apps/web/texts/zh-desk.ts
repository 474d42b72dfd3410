import { mergeTexts, type Texts } from './merge.ts'

/** Chinese: what only screens of the desk show. */
export const texts = mergeTexts(
  import.meta.glob<Texts>(
    [
      '../../../modules/customers/**/zh.json',
      '../../../modules/directory/**/zh.json',
      '../../../modules/*/settings-texts/**/zh.json',
      '../../../modules/visits/groups/**/zh.json',
      '../../../modules/visits/permits/**/zh.json',
      '../../../modules/visits/staff-register/**/zh.json',
      '../../../modules/visits/security/**/zh.json',
      '../../../modules/visits/import/**/zh.json',
      '../../../modules/visits/ui/desk/guests/**/zh.json',
      '../../../modules/visits/ui/signing/**/zh.json',
      '../../../modules/visits/ui/desk/watch/**/zh.json',
      '../../../modules/visits/register/**/zh.json',
      '../../../modules/visits/ui/figures/**/zh.json',
      '../../../modules/visits/ui/desk/routes/**/zh.json',
      '../../../modules/visits/ui/figures/**/zh.json',
      '../../../modules/calls/ui/call-panel/**/zh.json',
      '../../../modules/calls/ui/log/**/zh.json',
      '../../../modules/calls/ui/figures/**/zh.json',
      '../../../modules/calls/ui/duty/**/zh.json',
      '../../../modules/calls/ui/exchange/**/zh.json',
      '../../../modules/calls/ui/callbacks/**/zh.json',
      '../../../modules/calls/ui/messages/**/zh.json',
      '../../../kernel/settings/**/zh.json',
      '../../../kernel/imports/**/zh.json',
      '../../../kernel/calendar/**/zh.json',
      '../../../kernel/find/**/zh.json',
      '../../../kernel/notifications/channels/**/zh.json',
    ],
    { eager: true, import: 'default' },
  ),
)
