/** PURE: the life of an incident (V16). */
import { allows, type TransitionTable, transitions as table } from '../../../kernel/transitions.ts'

export const incidentStatuses = ['open', 'acknowledged', 'on_site', 'closed', 'false_alarm'] as const
export type IncidentStatus = (typeof incidentStatuses)[number]

export const incidentCommands = ['acknowledge', 'arrive', 'edit', 'close', 'falseAlarm', 'undo'] as const
export type IncidentCommand = (typeof incidentCommands)[number]

/** The trigger `incident_transition` repeats it; a test compares the two. */
export const incidentTransitions: TransitionTable<IncidentStatus, IncidentCommand> = table({
  open: { acknowledge: ['acknowledged'], arrive: ['on_site'], edit: ['open'], falseAlarm: ['false_alarm'] },
  acknowledged: {
    arrive: ['on_site'],
    edit: ['acknowledged'],
    close: ['closed'],
    falseAlarm: ['false_alarm'],
    undo: ['open'],
  },
  on_site: {
    edit: ['on_site'],
    close: ['closed'],
    falseAlarm: ['false_alarm'],
    undo: ['acknowledged', 'open'],
  },
  closed: { edit: ['closed'], undo: ['acknowledged', 'on_site'] },
  false_alarm: { undo: ['open', 'acknowledged', 'on_site'] },
})

/** Still somebody's alarm: on every console until it is closed. */
export const liveStatuses: readonly IncidentStatus[] = ['open', 'acknowledged', 'on_site']

export interface IncidentViewer {
  readonly id: string
  readonly acts: boolean
  readonly raises: boolean
}

export interface IncidentSubject {
  readonly status: IncidentStatus
  readonly previousStatus: IncidentStatus | null
  readonly statusAt: Date
  readonly statusBy: string
  readonly raisedBy: string
}

/** Whoever raised it by mistake may say so, and add what they saw; the rest is security's. */
export function mayDo(viewer: IncidentViewer, incident: IncidentSubject, command: IncidentCommand): boolean {
  if (command === 'undo') return viewer.id === incident.statusBy
  if (viewer.acts) return true
  return viewer.raises && viewer.id === incident.raisedBy && (command === 'falseAlarm' || command === 'edit')
}

export function mayUndoIncident(incident: IncidentSubject, by: string, now: Date, minutes: number): boolean {
  if (incident.previousStatus === null || incident.statusBy !== by) return false
  if (now.getTime() - incident.statusAt.getTime() > minutes * 60_000) return false
  return (incidentTransitions[incident.status].undo ?? []).includes(incident.previousStatus)
}

export function permittedOn(
  viewer: IncidentViewer,
  incident: IncidentSubject,
  now: Date,
  undoMinutes: number,
): Record<IncidentCommand, boolean> {
  const can = (command: IncidentCommand) =>
    allows(incidentTransitions, incident.status, command) && mayDo(viewer, incident, command)
  return {
    acknowledge: can('acknowledge'),
    arrive: can('arrive'),
    edit: can('edit'),
    close: can('close'),
    falseAlarm: can('falseAlarm'),
    undo: can('undo') && mayUndoIncident(incident, viewer.id, now, undoMinutes),
  }
}
