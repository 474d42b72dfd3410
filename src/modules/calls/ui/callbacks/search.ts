/** PURE: what of the list of callbacks stands in the address. */
import {
  type CallbackKind,
  type CallbackStatus,
  callbackKinds,
  callbackStatuses,
} from '../../callbacks/rules.ts'

export const whoseCallbacks = ['mine', 'posts', 'all'] as const
export const callbackFilters = ['open', ...callbackStatuses, 'any'] as const

export interface CallbackSearch {
  whose?: (typeof whoseCallbacks)[number]
  status?: CallbackStatus | 'open' | 'any'
  kind?: CallbackKind
  late?: 'true'
  text?: string
  /** Opened beside the list. */
  callback?: string
  open?: 'new'
}

export function readCallbackSearch(search: Readonly<Record<string, unknown>>): CallbackSearch {
  const read: CallbackSearch = {}
  const whose = whoseCallbacks.find((one) => one === search.whose)
  if (whose) read.whose = whose
  const status = callbackFilters.find((one) => one === search.status)
  if (status) read.status = status
  const kind = callbackKinds.find((one) => one === search.kind)
  if (kind) read.kind = kind
  if (search.late === 'true' || search.late === true) read.late = 'true'
  if (typeof search.text === 'string' || typeof search.text === 'number') read.text = String(search.text)
  if (typeof search.callback === 'string') read.callback = search.callback
  if (search.open === 'new') read.open = 'new'
  return read
}
