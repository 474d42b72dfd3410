import { TodoColumn } from '../../../../kernel/tasks/ui/todo-column.tsx'

/** The third column; a visit's task opens the visit beside the board. */
export function TodoSlot({ onOpenVisit }: { onOpenVisit: (id: string) => void }) {
  return (
    <TodoColumn
      onOpen={(task) => {
        if (task.subject.entity !== 'visit') return false
        onOpenVisit(task.subject.id)
        return true
      }}
    />
  )
}
