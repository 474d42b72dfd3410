/** One JSON line per figure on stdout; what happens meanwhile goes to stderr. */
import { cpus, totalmem } from 'node:os'

const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`

export type Extra = Readonly<Record<string, string | number | boolean | null>>

export function figures(bench: string) {
  return (figure: string, value: number, unit: string, extra: Extra = {}): void => {
    const line = {
      bench,
      figure,
      value: rounded(value),
      unit,
      ...extra,
      at: new Date().toISOString(),
      machine,
    }
    process.stdout.write(`${JSON.stringify(line)}\n`)
  }
}

export type Figure = ReturnType<typeof figures>

export function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3))
}

/** @param part 0.95 for p95; the nearest rank, no interpolation */
export function percentile(values: readonly number[], part: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN
}
