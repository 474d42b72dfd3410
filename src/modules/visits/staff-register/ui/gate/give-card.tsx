import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../../ui-kit/client.ts'
import { useProblemText } from '../../../../../ui-kit/problem-text.ts'
import { showToast } from '../../../../../ui-kit/toast.tsx'
import { HostField, type PickedPerson } from '../../../ui/host-field.tsx'
import { staffPresence } from '../../contract.ts'

/** A card nobody knows yet: whose it is is asked once. */
export function GiveCard({ code, onDone }: { code: string; onDone: (name: string) => void }) {
  const { t } = useTranslation()
  const { problemText } = useProblemText()
  const [person, setPerson] = useState<PickedPerson>({ id: '', name: '', place: '' })
  async function give(picked: PickedPerson) {
    setPerson(picked)
    if (!picked.id) return
    try {
      await call(staffPresence.giveCard, { body: { code, employeeId: picked.id } })
      onDone(picked.name)
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm' })
    }
  }
  return (
    <HostField
      size="large"
      name="cardOf"
      label={t('outing.filter.person')}
      value={person}
      onChange={(picked) => void give(picked)}
    />
  )
}
