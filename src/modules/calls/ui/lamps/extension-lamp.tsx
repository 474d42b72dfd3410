import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import { Menu } from '../../../../ui-kit/menu.tsx'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { useCan } from '../../../../ui-kit/session.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { type Lamp as LampOf, lines } from '../../lines/contract.ts'
import { callKeys } from '../queries.ts'
import { DialButton } from './dial-button.tsx'
import { Lamp } from './lamp.tsx'
import css from './lamps.module.css'

export interface ExtensionLampProps {
  lamp: LampOf
  employeeId: string
  name: string
}

/** Beside an extension of the list: its lamp, live; the desk notes what a colleague told it, and dials (C13, C15). */
export function ExtensionLamp({ lamp, employeeId, name }: ExtensionLampProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { problemText } = useProblemText()
  const notes = useCan('line.note')
  async function note(said: 'free' | 'busy' | 'away' | null) {
    try {
      const { presented } = await call(lines.sayFor, {
        params: { extension: lamp.extension },
        body: { said },
      })
      if (presented > 0) showToast({ text: t('line.note.presented', { name, count: presented }) })
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 })
    }
    void client.invalidateQueries({ queryKey: callKeys.lines })
  }
  return (
    <span className={css.beside}>
      {notes ? (
        <Menu
          label={t('line.note.label', { name, state: t(`line.state.${lamp.state}`) })}
          align="end"
          items={[
            { id: 'free', label: t('line.state.free'), icon: 'checkCircle', run: () => void note('free') },
            { id: 'busy', label: t('line.state.busy'), icon: 'phone', run: () => void note('busy') },
            { id: 'away', label: t('line.state.away'), icon: 'door', run: () => void note('away') },
            {
              id: 'device',
              label: t('line.mine.device'),
              icon: 'refresh',
              apart: true,
              run: () => void note(null),
            },
          ]}
        >
          <Lamp state={lamp.state} />
        </Menu>
      ) : (
        <Lamp state={lamp.state} />
      )}
      {lamp.waitingMessages > 0 ? (
        <span className={css.until}>{t('line.mine.waiting', { count: lamp.waitingMessages })}</span>
      ) : null}
      <DialButton brief whom={{ employeeId }} name={name} />
    </span>
  )
}
