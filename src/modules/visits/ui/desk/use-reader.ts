import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { passes } from '../../passes/contract.ts'
import { isPermitCode } from '../gate/pass-code.ts'
import { useWedge } from '../gate/use-wedge.ts'

interface Reader {
  readonly enabled: boolean
  readonly layer: 'page' | 'app'
  readonly open: (visit: { id: string }) => void
  /** What a page does with a code that is none of ours. */
  readonly search?: ((text: string) => void) | undefined
}

/** A code under the desk's reader: a pass or an invitation opens its visit (V3, V11), a permit its check-in (V22). */
export function useReader({ enabled, layer, open, search }: Reader) {
  const { t } = useTranslation()
  const { problemText } = useProblemText()
  const navigate = useNavigate()
  async function read(code: string) {
    if (isPermitCode(code))
      return void navigate({ to: '/permits', search: { open: 'come-in', code: code.trim() } })
    try {
      const { verdict, token, visit } = await call(passes.scan, { body: { code } })
      if (visit !== null) open(visit)
      else if (verdict === 'unknown') search?.(code)
      if (verdict !== 'valid') {
        const text = [t(`devices.token.${token}`), t(`devices.verdict.${verdict}`)].join(' · ')
        showToast({ text, tone: 'alarm', seconds: 8 })
      }
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 })
    }
  }
  useWedge((code) => {
    if (enabled) void read(code)
  }, layer)
}
