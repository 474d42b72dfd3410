/** A code scanned on another screen of the gate, on its way to the one that looks at it; it opens doors, so no address keeps it. */
let code: string | undefined

export function handOver(scanned: string): void {
  code = scanned
}

export function takeOver(): string | undefined {
  const taken = code
  code = undefined
  return taken
}
