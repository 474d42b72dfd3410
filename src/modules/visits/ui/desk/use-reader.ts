import { useTranslation } from 'react-i18next'
import { call } from '../../../../ui-kit/client.ts'
import { useProblemText } from '../../../../ui-kit/problem-text.ts'
import { showToast } from '../../../../ui-kit/toast.tsx'
import { passes } from '../../passes/contract.ts'
import { useWedge } from '../gate/use-wedge.ts'

/** A pass under the desk's reader opens its visit (V11); a code that is no pass goes into the search. */
export function useReader(props: {
  enabled: boolean
  open: (visit: { id: string }) => void
  search: (text: string) => void
}) {
  const { t } = useTranslation()
  const { problemText } = useProblemText()
  async function read(code: string) {
    try {
      const { verdict, visit } = await call(passes.scan, { body: { code } })
      if (visit !== null) props.open(visit)
      else if (verdict === 'unknown') props.search(code)
      if (verdict !== 'valid') showToast({ text: t(`devices.verdict.${verdict}`), tone: 'alarm', seconds: 8 })
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 })
    }
  }
  useWedge((code) => {
    if (props.enabled) void read(code)
  })
}
