import { useState } from 'react'
import { Button } from './button.tsx'
import { saveFile } from './client.ts'
import { useKeys } from './keys.ts'
import { useProblemText } from './problem-text.ts'
import css from './report-tools.module.css'
import { showToast } from './toast.tsx'

export interface ReportToolsProps {
  /** Fetches the workbook of what is shown. */
  file: () => Promise<Parameters<typeof saveFile>[0]>
  words: { readonly export: string; readonly exported: string; readonly print: string }
}

/** A report goes out as Excel (`x`) and on paper (`p`). */
export function ReportTools({ file, words }: ReportToolsProps) {
  const { problemText } = useProblemText()
  const [busy, setBusy] = useState(false)

  async function save() {
    if (busy) return
    setBusy(true)
    try {
      saveFile(await file())
      showToast({ text: words.exported })
    } catch (fault) {
      showToast({ text: problemText(fault), tone: 'alarm', seconds: 8 })
    } finally {
      setBusy(false)
    }
  }

  useKeys({
    p: { label: words.print, run: () => window.print() },
    x: { label: words.export, run: () => void save() },
  })
  return (
    <div className={css.tools}>
      <Button icon="download" keyHint="x" busy={busy} onClick={() => void save()}>
        {words.export}
      </Button>
      <Button icon="print" keyHint="p" onClick={() => window.print()}>
        {words.print}
      </Button>
    </div>
  )
}
