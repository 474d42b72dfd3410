import { useNavigate } from '@tanstack/react-router'
import { useCan } from '../../../../ui-kit/session.ts'
import { useReader } from './use-reader.ts'

/** On every screen of the desk a scanned code opens what it belongs to; pages that read codes themselves go first. */
export function DeskReader() {
  const navigate = useNavigate()
  useReader({
    enabled: useCan('visit.release'),
    layer: 'app',
    open: ({ id }) => void navigate({ to: '/', search: { visit: id } }),
  })
  return null
}
