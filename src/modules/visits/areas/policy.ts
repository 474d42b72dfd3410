/** PURE: who may do what with areas and their approvals (V9). */
import type { ApprovalCommand } from './rules.ts'

const desk = ['receptionist', 'guard', 'duty_manager'] as const
const staff = [
  ...desk,
  'office_admin',
  'director',
  'quality',
  'system_admin',
  'host',
  'agent',
  'department_head',
  'technician',
] as const
const tenants = ['tenant_admin', 'tenant_member'] as const

export const areaGrants: Readonly<Record<string, readonly string[]>> = {
  'area.read': [...staff, ...tenants],
  'area.manage': ['duty_manager', 'office_admin', 'system_admin'],
  /** Whether it is theirs to decide is a question about the record. */
  'area.decide': [...staff, ...tenants],
}

export interface Decider {
  readonly id: string
  readonly employeeId: string | null
  /** Colleagues whose deputy they are, or whose department they lead. */
  readonly standsInFor: readonly string[]
  /** Posts staffed, and `department:<id>` of the departments led. */
  readonly posts: readonly string[]
  readonly atDesk: boolean
}

export interface Question {
  readonly asked_kind: 'person' | 'post'
  readonly asked_id: string
  readonly status_by: string
  readonly host_id: string | null
  readonly receiver_id: string | null
}

/** Asked, standing in for who was asked, or the duty manager to whom an unanswered question goes. */
export function isAsked(viewer: Decider, question: Question): boolean {
  if (viewer.posts.includes('duty_manager')) return true
  return question.asked_kind === 'person'
    ? question.asked_id === viewer.employeeId || viewer.standsInFor.includes(question.asked_id)
    : viewer.posts.includes(question.asked_id)
}

const isHost = (viewer: Decider, question: Question) =>
  viewer.employeeId !== null && [question.host_id, question.receiver_id].includes(viewer.employeeId)

/** @param told the desk takes down what the head said on the telephone */
export function mayDecide(
  viewer: Decider,
  question: Question,
  command: ApprovalCommand,
  told: boolean,
): boolean {
  switch (command) {
    case 'approve':
    case 'decline':
      return isAsked(viewer, question) || (told && viewer.atDesk)
    case 'withdraw':
      return isAsked(viewer, question) || viewer.atDesk || isHost(viewer, question)
    case 'undo':
      return viewer.id === question.status_by
    case 'expire':
      return false
  }
}
