import { Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui-kit/button.tsx'
import { SessionContext } from '../../../ui-kit/session.ts'
import css from './print-shell.module.css'
import { useShell } from './use-shell.ts'

/** A bare A4 sheet, black on white in either theme; the bar above stays off the paper. */
export function PrintShell() {
  const { t } = useTranslation()
  const { me } = useShell()
  return (
    <SessionContext value={me}>
      <div className={css.desk}>
        <div className={css.bar}>
          <Button kind="primary" icon="print" onClick={() => window.print()}>
            {t('shell.print.run')}
          </Button>
          <Button icon="back" onClick={() => (history.length > 1 ? history.back() : window.close())}>
            {t('shell.print.back')}
          </Button>
        </div>
        <main className={css.sheet} data-theme="light" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </SessionContext>
  )
}
