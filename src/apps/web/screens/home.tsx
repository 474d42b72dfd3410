import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useDeskCalls } from '../../../modules/calls/ui/desk/use-desk-calls.tsx'
import { Console, type ConsoleSearch } from '../../../modules/visits/ui/desk/console.tsx'
import { VisuallyHidden } from '../../../ui-kit/visually-hidden.tsx'
import type { HomeSearch } from '../home-search.ts'

/** The desk's home, put together from the modules: visitors from visits, the telephone from calls. */
export function Home() {
  const search: HomeSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  const { call, open } = search
  const form = open === 'call' || open === 'message' ? open : undefined
  const ofVisits = call === undefined && form === undefined
  // What lay beside the board before the call came up; it comes back when the call is folded.
  const beneath = useRef<ConsoleSearch>({})
  useEffect(() => {
    if (ofVisits) beneath.current = search
  }, [ofVisits, search])
  const go = (next: HomeSearch) => void navigate({ to: '/', search: next })
  const calls = useDeskCalls({
    shown: call,
    form,
    sideFree: ofVisits && search.visit === undefined && open === undefined,
    show: (id) => go(id === undefined ? beneath.current : { call: id }),
    openForm: (kind) => go({ open: kind }),
  })
  return (
    <>
      <VisuallyHidden>
        <div role="alert">{calls.alert}</div>
      </VisuallyHidden>
      <Console
        now={calls.now}
        panel={calls.panel}
        quiet={call !== undefined || open === 'call'}
        legend={calls.legend}
        openSubject={({ entity, id }) => {
          if (entity !== 'call') return false
          go({ call: id })
          return true
        }}
      />
    </>
  )
}
