import { useNavigate } from '@tanstack/react-router'
import { handOver } from './handed-code.ts'
import { useWedge } from './use-wedge.ts'

/** On every screen of the gate a scanned code is looked at; pages that read codes themselves go first. */
export function GateReader() {
  const navigate = useNavigate()
  useWedge((code) => {
    handOver(code)
    void navigate({ to: '/gate', search: { act: 'scan' } })
  }, 'app')
  return null
}
