/** The paper registers as Excel sheets. */
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import type { VisitRow } from '../store.ts'
import { type Form, forms, type Rendering } from './forms.ts'

/** Text cells stay text: a name that begins with "=" must not become a formula in somebody's Excel. */
export async function formSheet(
  form: Form,
  rows: readonly VisitRow[],
  how: Rendering,
): Promise<{ name: string; content: Buffer }> {
  const chosen = forms[form]
  const data: SheetData = [
    chosen.columns.map((column) => ({ value: column[how.language], fontWeight: 'bold' as const })),
  ]
  rows.forEach((row, index) => {
    data.push(
      chosen.columns.map((column) => {
        const value = column.value(row, how, index)
        return typeof value === 'number' ? { value, type: Number } : { value, type: String }
      }),
    )
  })
  const content = await writeXlsxFile(data, {
    sheet: chosen[how.language],
    columns: chosen.columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer()
  return { name: chosen[how.language], content }
}
