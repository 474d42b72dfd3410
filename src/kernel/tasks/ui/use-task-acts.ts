import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../ui-kit/client.ts'
import { useProblemText } from '../../../ui-kit/problem-text.ts'
import { useSession } from '../../../ui-kit/session.ts'
import { showToast } from '../../../ui-kit/toast.tsx'
import { tasks } from '../contract.ts'
import { type Owner, type Task, useRenewTasks } from './queries.ts'
import { useTaskText } from './task-text.ts'

/** Every act says what it did and, where it can be, offers to undo it. A conflict renews the list and says why. */
export function useTaskActs() {
  const { t } = useTranslation()
  const { problemText } = useProblemText()
  const { user } = useSession()
  const words = useTaskText()
  const renew = useRenewTasks()
  const [busy, setBusy] = useState<string | null>(null)

  async function run(task: Task, act: () => Promise<Task>, done: (after: Task) => void): Promise<boolean> {
    setBusy(task.id)
    try {
      done(await act())
      return true
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm' })
      return false
    } finally {
      setBusy(null)
      void renew()
    }
  }

  const params = (task: Task) => ({ id: task.id })
  const seen = (task: Task): Owner => ({ kind: task.owner.kind, id: task.owner.id })

  function handOn(task: Task, to: Owner, note: string): Promise<boolean> {
    const body = { from: seen(task), to, ...(note === '' ? {} : { note }) }
    return run(
      task,
      () => call(tasks.handOn, { params: params(task), body }),
      (after) =>
        showToast({
          text: t('todo.done.handOn', { task: words.title(task), owner: words.owner(after.owner) }),
          undo: after.can.handOn ? () => void handOn(after, seen(task), '') : undefined,
        }),
    )
  }

  function reopen(task: Task): Promise<boolean> {
    return run(
      task,
      () => call(tasks.reopen, { params: params(task) }),
      () => showToast({ text: t('todo.done.reopen', { task: words.title(task) }) }),
    )
  }

  return {
    /** Id of the task an act runs on. */
    busy,
    self: { kind: 'person' as const, id: user.employeeId ?? '' },
    takeOver: (task: Task) =>
      run(
        task,
        () => call(tasks.takeOver, { params: params(task), body: { from: seen(task) } }),
        (after) =>
          showToast({
            text: t('todo.done.takeOver', { task: words.title(task) }),
            undo: () => void handOn(after, seen(task), ''),
          }),
      ),
    handOn,
    reopen,
    settle: (task: Task, outcome: string) =>
      run(
        task,
        () => call(tasks.settle, { params: params(task), body: { outcome } }),
        (after) =>
          showToast({
            text: t('todo.done.settle', { task: words.title(task) }),
            undo: () => void reopen(after),
          }),
      ),
    postpone: (task: Task, dueAt: string, reason: string) =>
      run(
        task,
        () => call(tasks.postpone, { params: params(task), body: { dueAt, reason } }),
        () => showToast({ text: t('todo.done.postpone', { task: words.title(task) }) }),
      ),
  }
}

export type TaskActs = ReturnType<typeof useTaskActs>
