/** What a person at a terminal reads: log lines in words, tables that stand straight with Chinese in them. */
import type { DestinationStream } from 'pino'

const levels: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: '',
  40: 'warning',
  50: 'error',
  60: 'fatal',
}

/** Turns the JSON lines of the log into lines for people. */
export function humanLines(write: (text: string) => void): DestinationStream {
  return {
    write(line: string) {
      write(`${humanLine(line)}\n`)
    },
  }
}

function humanLine(line: string): string {
  let entry: unknown
  try {
    entry = JSON.parse(line)
  } catch {
    return line.trimEnd()
  }
  if (typeof entry !== 'object' || entry === null) return line.trimEnd()
  const { level, time, msg, err, pid, hostname, name, ...rest } = entry as Record<string, unknown>
  const at = typeof time === 'number' ? new Date(time).toTimeString().slice(0, 8) : ''
  const word = typeof level === 'number' ? levels[level] : ''
  const cause = typeof err === 'object' && err !== null && 'message' in err ? String(err.message) : ''
  const stack = typeof err === 'object' && err !== null && 'stack' in err ? `\n${String(err.stack)}` : ''
  const facts = Object.entries(rest).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  const parts = [at, word, typeof msg === 'string' ? msg : '', cause === msg ? '' : cause, ...facts]
  return parts.filter((part) => part !== '').join('  ') + stack
}

/** Columns a terminal gives the text: Chinese and full-width characters take two. */
function width(text: string): number {
  let sum = 0
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    sum +=
      /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(
        segment,
      )
        ? 2
        : 1
  }
  return sum
}

/** Rows as aligned columns, the first row above a line. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows)
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, width(cell))
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => cell + ' '.repeat(Math.max(0, (widths[at] ?? 0) - width(cell))))
      .join('  ')
      .trimEnd()
  const [head, ...body] = rows
  if (head === undefined) return ''
  return [line(head), widths.map((count) => '─'.repeat(count)).join('  '), ...body.map(line)].join('\n')
}
