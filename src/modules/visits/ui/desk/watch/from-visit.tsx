import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../../ui-kit/button.tsx'
import { useKeys } from '../../../../../ui-kit/keys.ts'
import { showToast } from '../../../../../ui-kit/toast.tsx'
import type { VisitDetail } from '../../../card/contract.ts'
import { EntryForm } from './entry-form.tsx'
import css from './watch.module.css'

/** Somebody who came goes onto the list, with what is known of them (V12). */
export function ListVisitor({ visit }: { visit: VisitDetail }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  if (!open) {
    return (
      <div>
        <Button icon="shield" onClick={() => setOpen(true)}>
          {t('watch.addVisitor')}
        </Button>
      </div>
    )
  }
  return <Form visit={visit} onDone={() => setOpen(false)} />
}

function Form({ visit, onDone }: { visit: VisitDetail; onDone: () => void }) {
  const { t } = useTranslation()
  // The form goes back first; the panel stays.
  useKeys({ Escape: { label: t('visit.form.back'), run: onDone } }, { layer: 'panel' })
  return (
    <section className={css.form} aria-label={t('watch.addVisitor')}>
      <h3>{t('watch.addVisitor')}</h3>
      <EntryForm
        entry={null}
        visit={visit}
        onDone={() => {
          showToast({ text: t('watch.listed', { name: visit.visitorName }), tone: 'good' })
          onDone()
        }}
      />
      <div>
        <Button onClick={onDone} keyHint="Escape">
          {t('visit.form.back')}
        </Button>
      </div>
    </section>
  )
}
