import { type Verification, verify } from '../../../kernel/journal/verify.ts'
import { type Command, parse, print, UsageError, withKernel } from './command.ts'

export const journalVerify: Command = {
  name: 'journal verify',
  summary: 'check the journal against its seals',
  usage: `foyer journal verify [--expect HASH]

Finds altered, removed and inserted entries and seals. Write down the head hash it prints, outside the database: given
back with --expect it shows that the end of the chain was not cut off or made anew. Exit code 1 when something is wrong.`,
  async run(args) {
    const { values, positionals } = parse(args, { expect: { type: 'string' } })
    if (positionals.length > 0) throw new UsageError(`unexpected: ${positionals.join(' ')}`)
    const { expect } = values
    if (expect !== undefined && !/^[0-9a-f]{64}$/.test(expect))
      throw new UsageError('--expect is a hash of 64 hex digits')
    return await withKernel(async (kernel) => report(await verify(kernel.sql, expect)))
  },
}

function report(found: Verification): number {
  const { ok, seals, entries, unsealed, head, problems } = found
  for (const { kind, seal, altered, removed, inserted, reordered } of problems) {
    print(`seal ${seal}: ${kind}`)
    for (const [what, ids] of Object.entries({ altered, removed, inserted })) {
      if (ids.length > 0) print(`  ${what}: entries ${ids.join(', ')}`)
    }
    if (reordered) print('  the same entries in another order')
  }
  print(
    `${ok ? 'intact' : 'NOT INTACT'}: ${entries} entries under ${seals} seals, ${unsealed} not sealed yet`,
  )
  if (head !== null) print(`head ${head.hash}`)
  return ok ? 0 : 1
}
