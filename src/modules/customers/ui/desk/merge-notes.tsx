import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../ui-kit/button.tsx'
import { call } from '../../../../ui-kit/client.ts'
import { useUiLanguage, useZone } from '../../../../ui-kit/language.ts'
import { ProblemNotice } from '../../../../ui-kit/problem-notice.tsx'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { formatDateTime } from '../../../../ui-kit/zone-time.ts'
import { merges } from '../../merges/contract.ts'
import css from '../customers.module.css'
import { type Customer, useSaved } from '../queries.ts'

interface NotesProps {
  merges: Customer['merges']
}

/** What was merged into this card, each taken back with one press. */
export function MergeNotes({ merges: notes }: NotesProps) {
  const { t } = useTranslation()
  const saved = useSaved()
  const zone = useZone()
  const language = useUiLanguage()
  const undo = useMutation({
    mutationFn: (id: string) => call(merges.undo, { params: { id } }),
    onSuccess: async () => {
      await saved.all()
      showToast({ text: t('customers.merge.undone') })
    },
  })
  if (notes.length === 0) return null
  return (
    <section className={css.box} aria-label={t('customers.merge.notes')}>
      <ul className={css.list}>
        {notes.map((one) => (
          <li key={one.id} className={css.between}>
            <span>
              {t('customers.merge.note', {
                name: one.name,
                by: one.by,
                at: formatDateTime(one.at, zone, language),
              })}
            </span>
            {one.can.undo ? (
              <Button icon="back" busy={undo.isPending} onClick={() => undo.mutate(one.id)}>
                {t('customers.merge.undo')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <ProblemNotice fault={undo.error} />
    </section>
  )
}
