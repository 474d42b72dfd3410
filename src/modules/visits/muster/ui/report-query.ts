import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../../ui-kit/client.ts'
import { musters } from '../contract.ts'

export function reportQuery(id: string) {
  return queryOptions({
    queryKey: ['muster', 'report', id],
    queryFn: ({ signal }) => call(musters.report, { params: { id } }, { signal }),
  })
}
