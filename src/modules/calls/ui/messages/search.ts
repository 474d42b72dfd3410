/** PURE: what of the messages board stands in the address. */
import { type MessageStatus, messageStatuses } from '../../messages/rules.ts'

export const whoseMessages = ['mine', 'taken-by-me', 'all'] as const
export const messageFilters = ['open', ...messageStatuses, 'any'] as const

export interface MessageSearch {
  whose?: (typeof whoseMessages)[number]
  status?: MessageStatus | 'open' | 'any'
  text?: string
  /** Opened beside the list. */
  message?: string
  open?: 'new'
}

export function readMessageSearch(search: Readonly<Record<string, unknown>>): MessageSearch {
  const read: MessageSearch = {}
  const whose = whoseMessages.find((one) => one === search.whose)
  if (whose) read.whose = whose
  const status = messageFilters.find((one) => one === search.status)
  if (status) read.status = status
  if (typeof search.text === 'string' || typeof search.text === 'number') read.text = String(search.text)
  if (typeof search.message === 'string') read.message = search.message
  if (search.open === 'new') read.open = 'new'
  return read
}
