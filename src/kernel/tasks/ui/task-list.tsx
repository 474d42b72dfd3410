import { useNavigate } from '@tanstack/react-router'
import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import { Empty } from '../../../ui-kit/empty.tsx'
import { useKeys } from '../../../ui-kit/keys.ts'
import { ProblemNotice } from '../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../ui-kit/skeleton.tsx'
import { type Status, type Task, useLiveTasks, useTaskList, type Whose } from './queries.ts'
import { TaskCard } from './task-card.tsx'
import type { FormName } from './task-forms.tsx'
import css from './todo.module.css'
import { useTaskActs } from './use-task-acts.ts'

export interface TaskListProps {
  whose: Whose
  status: Status
  /** Opens the subject some other way than by its address; true when it did. */
  onOpen?: ((task: Task) => boolean) | undefined
  large?: boolean | undefined
}

/** Arrows move, Enter opens the subject, letters act on the chosen task; all of it by mouse and touch, too. */
export function TaskList({ whose, status, onOpen, large = false }: TaskListProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const list = useTaskList(whose, status)
  useLiveTasks()
  const acts = useTaskActs()
  const box = useRef<HTMLDivElement>(null)
  const [selected, setSelected] = useState<string | null>(null)
  const [form, setForm] = useState<FormName | null>(null)
  const [inside, setInside] = useState(false)
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const at = items.findIndex((task) => task.id === selected)
  const chosen = items[at]
  const place = useRef(0)
  if (at >= 0) place.current = at

  // The chosen one was settled or went to somebody else: the next one takes its place and the focus, if it lay here.
  const gone = selected !== null && chosen === undefined && list.data !== undefined
  useEffect(() => {
    if (!gone) return
    setSelected(null)
    setForm(null)
    const rows = [...(box.current?.querySelectorAll<HTMLElement>('[data-task]') ?? [])]
    const lost = document.activeElement === document.body || box.current?.contains(document.activeElement)
    if (lost) rows[Math.min(place.current, rows.length - 1)]?.focus()
  }, [gone])

  function select(id: string) {
    if (id === selected) return
    setSelected(id)
    setForm(null)
  }

  function open(task: Task) {
    select(task.id)
    if (onOpen?.(task) || task.link === null || task.subject.entity === 'task') return
    void navigate({ href: task.link })
  }

  function openForm(next: FormName | null) {
    setForm(next)
    // What had the focus is gone with the form; the letters must go on working.
    if (next === null) box.current?.querySelector<HTMLElement>(`[data-task="${selected}"]`)?.focus()
  }

  const titles = () => [...(box.current?.querySelectorAll<HTMLElement>('[data-task]') ?? [])]

  function onKeyDown(event: KeyboardEvent) {
    if (!(event.target instanceof HTMLElement) || !event.target.dataset.task) return
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const rows = titles()
    const from = rows.indexOf(event.target)
    const places = new Map([
      ['ArrowDown', from + 1],
      ['ArrowUp', from - 1],
      ['Home', 0],
      ['End', rows.length - 1],
    ])
    const to = places.get(event.key)
    if (to === undefined) return
    event.preventDefault()
    rows[to]?.focus()
  }

  function onBlur(event: FocusEvent) {
    if (!box.current?.contains(event.relatedTarget)) setInside(false)
  }

  const can = form === null && acts.busy === null ? chosen?.can : undefined
  useKeys(
    {
      d: can?.settle ? { label: t('todo.act.settle'), run: () => setForm('settle') } : undefined,
      t:
        chosen && can?.takeOver
          ? { label: t('todo.act.takeOver'), run: () => void acts.takeOver(chosen) }
          : undefined,
      h: can?.handOn ? { label: t('todo.act.handOn'), run: () => setForm('handOn') } : undefined,
      p: can?.postpone ? { label: t('todo.act.postpone'), run: () => setForm('postpone') } : undefined,
    },
    { layer: 'panel', enabled: inside },
  )

  if (list.isPending) return <Skeleton kind="cards" rows={3} />
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens for the arrows of the tasks inside
    <div ref={box} className={css.box} onKeyDown={onKeyDown} onFocus={() => setInside(true)} onBlur={onBlur}>
      <ProblemNotice fault={list.error} onRetry={() => void list.refetch()} />
      {items.length === 0 && !list.error ? (
        <Empty icon="checkCircle" title={t(`todo.empty.${status}`)}>
          {t(`todo.emptyHelp.${status}`)}
        </Empty>
      ) : null}
      <ul className={css.list}>
        {items.map((task) => (
          <TaskCard
            key={task.id}
            task={task}
            acts={acts}
            selected={task.id === selected}
            form={task.id === selected ? form : null}
            onSelect={() => select(task.id)}
            onOpen={() => open(task)}
            onForm={openForm}
            large={large}
          />
        ))}
      </ul>
      {list.hasNextPage ? (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('todo.more')}
        </Button>
      ) : null}
    </div>
  )
}
