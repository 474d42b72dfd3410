import { useTranslation } from 'react-i18next'
import { Column } from '../../../../ui-kit/column.tsx'
import { Empty } from '../../../../ui-kit/empty.tsx'

export function TodoSlot({ onOpenVisit: _ }: { onOpenVisit: (id: string) => void }) {
  const { t } = useTranslation()
  return (
    <Column title={t('visit.console.todo')} plain>
      <Empty icon="task" title="…" />
    </Column>
  )
}
