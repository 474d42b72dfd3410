import { useNavigate } from '@tanstack/react-router'
import { type GateLane, gateLanes } from './lanes.ts'

export const gateActs = ['new', 'scan', 'release', 'ask', 'refuse'] as const
export type GateAct = (typeof gateActs)[number]

/** Where the gate stands, in the address: the phone's own "back" leads back. */
export interface GateSearch {
  lane?: GateLane
  visit?: string
  act?: GateAct
}

export function readGateSearch(search: Readonly<Record<string, unknown>>): GateSearch {
  const lane = gateLanes.find((one) => one === search.lane)
  const act = gateActs.find((one) => one === search.act)
  return {
    ...(lane ? { lane } : {}),
    ...(typeof search.visit === 'string' ? { visit: search.visit } : {}),
    ...(act ? { act } : {}),
  }
}

export function useGo() {
  const navigate = useNavigate()
  return (search: GateSearch, replace = false) => void navigate({ to: '/gate', search, replace })
}
