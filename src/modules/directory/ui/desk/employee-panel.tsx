import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { DescriptionList } from '../../../../ui-kit/description-list.tsx'
import { Masked } from '../../../../ui-kit/masked.tsx'
import { Panel } from '../../../../ui-kit/panel.tsx'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { Skeleton } from '../../../../ui-kit/skeleton.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { employees } from '../../contract.ts'
import { languageName } from '../../sheets/words.ts'
import { EmployeeForm } from './employee-form.tsx'
import { type Employee, EmployeeState } from './employee-table.tsx'

interface PanelProps {
  /** Null: a new employee. */
  id: string | null
  departmentId: string | null
  onClose: () => void
  onMade: (id: string) => void
}

export function EmployeePanel({ id, departmentId, onClose, onMade }: PanelProps) {
  const { t } = useTranslation()
  const found = useQuery({
    queryKey: ['employees', 'one', id],
    queryFn: ({ signal }) => call(employees.read, { params: { id: id ?? '' } }, { signal }),
    enabled: id !== null,
  })
  const one = found.data
  const title = id === null ? t('directory.employee.new') : (one?.name ?? '')
  return (
    <Panel title={title} onClose={onClose} aside={one ? <EmployeeState employee={one} /> : null}>
      <ProblemNotice fault={found.error} onRetry={() => void found.refetch()} />
      {id !== null && found.isPending ? <Skeleton rows={6} /> : null}
      {id === null ? (
        <EmployeeForm employee={null} departmentId={departmentId} onDone={(made) => onMade(made.id)} />
      ) : null}
      {one?.can.edit ? (
        <>
          <EmployeeForm key={one.version} employee={one} departmentId={null} onDone={() => undefined} />
          <Standing employee={one} />
        </>
      ) : null}
      {one && !one.can.edit ? <Facts employee={one} /> : null}
    </Panel>
  )
}

/** For everyone who may not edit: how to reach the colleague. */
function Facts({ employee: one }: { employee: Employee }) {
  const { t, i18n } = useTranslation()
  const lang = i18n.language.startsWith('zh') ? 'zh' : 'en'
  const field = (name: string) => t(`directory.employee.${name}`)
  const reveal = async () => (await call(employees.reveal, { params: { id: one.id } })).mobile ?? ''
  const mobile =
    one.mobile === null ? null : one.masked ? (
      <Masked masked={one.mobile} label={field('mobile')} onReveal={one.can.reveal ? reveal : undefined} />
    ) : (
      one.mobile
    )
  return (
    <DescriptionList
      rows={[
        [field('department'), one.departmentName],
        [field('title'), one.title],
        [field('extension'), one.extension],
        [field('mobile'), mobile],
        [field('email'), one.email],
        [field('place'), [one.floor, one.room].filter(Boolean).join(' · ')],
        [field('secretary'), one.secretaryName],
        [field('deputy'), one.deputyName],
        [field('languages'), one.languages.map((code) => languageName(code, lang)).join(' · ')],
        [field('dialects'), one.dialects.join(' · ')],
      ]}
    />
  )
}

/** Leaving is undone, not asked about (ui.md 6). */
function Standing({ employee: one }: { employee: Employee }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const turn = useMutation({
    mutationFn: ({ active, version }: { active: boolean; version: number }) =>
      call(active ? employees.reactivate : employees.deactivate, {
        params: { id: one.id },
        body: { version },
      }),
    onSuccess: async (saved, { active }) => {
      queries.setQueryData(['employees', 'one', saved.id], saved)
      await queries.invalidateQueries({ queryKey: ['employees', 'list'] })
      if (active) showToast({ text: t('directory.employee.isBack', { name: saved.name }) })
      else {
        showToast({
          text: t('directory.employee.hasLeft', { name: saved.name }),
          undo: () => turn.mutate({ active: true, version: saved.version }),
        })
      }
    },
  })
  return (
    <>
      <ProblemNotice fault={turn.error} />
      <Button
        kind={one.active ? 'danger' : 'quiet'}
        busy={turn.isPending}
        onClick={() => turn.mutate({ active: !one.active, version: one.version })}
      >
        {t(one.active ? 'directory.employee.leave' : 'directory.employee.comeBack')}
      </Button>
    </>
  )
}
