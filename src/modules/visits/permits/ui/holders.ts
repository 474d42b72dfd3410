import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import { useCan } from '../../../../ui-kit/session.ts'
import type { Also } from '../../ui/known-field.tsx'
import { permits } from '../contract.ts'

const most = 3

/** V22: whose name is typed at the counter may hold a permit; taking it checks them in without questions. */
export function usePermitHolders(onTaken: () => void) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useCan('permit.read')
  if (!may) return undefined
  return async (q: string, signal: AbortSignal): Promise<readonly Also[]> => {
    if ([...q.trim()].length < 2) return []
    const { items } = await call(permits.list, { query: { q, status: 'active', limit: most } }, { signal })
    return items
      .filter((one) => one.can.use)
      .map((one) => ({
        id: one.id,
        label: one.holderName,
        hint: [one.organisation, one.number].filter(Boolean).join(' · '),
        meta: t('permits.comeIn.title'),
        run: () => {
          onTaken()
          void navigate({ to: '/permits', search: { open: 'come-in', code: one.number } })
        },
      }))
  }
}
