/** The visit for the guest's calendar (RFC 5545, RFC 5546): the same UID for ever, a higher sequence for each change. */
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import type { Kernel } from '../../../kernel/kernel.ts'
import type { InvitationSetting } from './settings.ts'
import type { InvitedVisit } from './store.ts'

export interface CalendarVisit extends InvitedVisit {
  readonly expectedAt: Date
  readonly validUntil: Date
}

export type Say = (key: string, params?: Record<string, string | number>) => string

export function calendarOf(
  kernel: Kernel,
  visit: CalendarVisit,
  setting: InvitationSetting,
  { say, url, sequence, cancelled }: { say: Say; url: string; sequence: number; cancelled: boolean },
): string {
  const { language } = visit
  const from = /^(.*?)\s*<([^>]+)>$/.exec(kernel.config.smtpFrom)
  const calendar = ical({
    prodId: { company: 'Foyer', product: 'Foyer', language: language === 'zh' ? 'ZH' : 'EN' },
    method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  })
  calendar.createEvent({
    id: `${visit.visitId}@foyer`,
    sequence,
    stamp: kernel.clock.now(),
    start: visit.expectedAt,
    end: visit.validUntil,
    summary: say('invitation.mail.event', { host: visit.hostName, site: visit.siteName }),
    location: [visit.siteName, setting.address[language]].filter(Boolean).join(', '),
    description: [setting.directions[language], setting.parking[language], url].filter(Boolean).join('\n\n'),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: visit.siteName, email: from?.[2] ?? kernel.config.smtpFrom },
    attendees: [{ name: visit.visitorName, email: visit.email, rsvp: false }],
  })
  return calendar.toString()
}
