/** Promises of the staff register (V20): the head answers, and learns who is not back. */
import type { Owner } from '../../../kernel/tasks/rules.ts'
import type { NewTask } from '../../../kernel/work/command.ts'
import { plus } from '../tasks.ts'
import type { StaffRegisterRules } from './settings.ts'
import type { OutingRow } from './store.ts'

const dutyManager: Owner = { kind: 'post', id: 'duty_manager' }

function headOf(approver: string | null): Owner {
  return approver === null ? dutyManager : { kind: 'person', id: approver }
}

const facts = (row: OutingRow) => ({
  employeeName: row.employee_name,
  department: row.department,
  destination: row.destination,
})

const subject = (row: OutingRow) => ({ entity: 'outing', id: row.id })

export function approvalTask(
  row: OutingRow,
  approver: string | null,
  now: Date,
  rules: StaffRegisterRules,
): NewTask {
  return {
    kind: 'outing.approval',
    subject: subject(row),
    facts: facts(row),
    owner: headOf(approver),
    dueAt: plus(now, rules.approvalMinutes),
    ladder: approver === null ? [] : [{ afterMinutes: 0, owner: dutyManager }],
  }
}

/** Opened when the person goes; says something only when they are not back in time. */
export function lateTask(
  row: OutingRow,
  approver: string | null,
  returnBy: Date,
  rules: StaffRegisterRules,
): NewTask {
  return {
    kind: 'outing.late',
    subject: subject(row),
    facts: facts(row),
    owner: headOf(approver),
    dueAt: plus(returnBy, rules.lateGraceMinutes),
    ladder: approver === null ? [] : [{ afterMinutes: 60, owner: dutyManager }],
  }
}
