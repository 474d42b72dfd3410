import { describe, expect, test } from 'vitest'
import { targets } from '../../../kernel/transitions.ts'
import {
  type IncidentCommand,
  type IncidentStatus,
  incidentCommands,
  incidentStatuses,
  incidentTransitions,
  mayDo,
  mayUndoIncident,
} from './rules.ts'

const moves: Partial<Record<IncidentStatus, Partial<Record<IncidentCommand, readonly IncidentStatus[]>>>> = {
  open: { acknowledge: ['acknowledged'], arrive: ['on_site'], falseAlarm: ['false_alarm'], edit: ['open'] },
  acknowledged: {
    arrive: ['on_site'],
    close: ['closed'],
    falseAlarm: ['false_alarm'],
    edit: ['acknowledged'],
    undo: ['open'],
  },
  on_site: {
    close: ['closed'],
    falseAlarm: ['false_alarm'],
    edit: ['on_site'],
    undo: ['acknowledged', 'open'],
  },
  closed: { edit: ['closed'], undo: ['acknowledged', 'on_site'] },
  false_alarm: { undo: ['open', 'acknowledged', 'on_site'] },
}

describe('V16 the life of an incident', () => {
  test.each(incidentStatuses.flatMap((from) => incidentCommands.map((command) => [from, command] as const)))(
    '%s: %s',
    (from, command) =>
      expect(targets(incidentTransitions, from, command)).toEqual(moves[from]?.[command] ?? []),
  )

  const at = new Date('2026-03-09T01:00:00Z')
  const incident = {
    status: 'open' as const,
    previousStatus: null,
    statusAt: at,
    statusBy: 'chen',
    raisedBy: 'chen',
  }

  test('security acts; whoever raised it may only say that it was a mistake or what they saw', () => {
    const guard = { id: 'wang', acts: true, raises: true }
    const raiser = { id: 'chen', acts: false, raises: true }
    const other = { id: 'ye', acts: false, raises: true }
    for (const command of ['acknowledge', 'arrive', 'close', 'edit', 'falseAlarm'] as const)
      expect(mayDo(guard, incident, command)).toBe(true)
    expect(mayDo(raiser, incident, 'falseAlarm')).toBe(true)
    expect(mayDo(raiser, incident, 'edit')).toBe(true)
    expect(mayDo(raiser, incident, 'acknowledge')).toBe(false)
    expect(mayDo(other, incident, 'falseAlarm')).toBe(false)
  })

  test('undo: the last step, by whoever made it, while it is fresh', () => {
    const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000)
    const taken = {
      ...incident,
      status: 'acknowledged' as const,
      previousStatus: 'open' as const,
      statusBy: 'wang',
    }
    expect(mayUndoIncident(taken, 'wang', later(5), 5)).toBe(true)
    expect(mayUndoIncident(taken, 'wang', later(6), 5)).toBe(false)
    expect(mayUndoIncident(taken, 'chen', later(1), 5)).toBe(false)
    expect(mayUndoIncident(incident, 'chen', later(1), 5)).toBe(false)
  })
})
