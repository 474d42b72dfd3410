import { checkFigures, rebuildFigures } from '../../../modules/visits/figures/rebuild.ts'
import { type Command, parse, print, UsageError, withKernel } from './command.ts'

export const figuresRebuild: Command = {
  name: 'figures rebuild',
  summary: 'make the figures of visits anew from the visits',
  usage: `foyer figures rebuild [--fresh]

Works in batches beside a running server; interrupted, the next call goes on where it stopped.

  --fresh   begin at the beginning`,
  async run(args) {
    const { values, positionals } = parse(args, { fresh: { type: 'boolean' } })
    if (positionals.length > 0) throw new UsageError(`unexpected: ${positionals.join(' ')}`)
    return await withKernel(async (kernel) => {
      const began = performance.now()
      await rebuildFigures(kernel, {
        fresh: values.fresh === true,
        onBatch: ({ stage, batches }) => {
          if (batches % 20 === 0) process.stderr.write(`${stage}: ${batches} batches\n`)
        },
      })
      print(`rebuilt in ${((performance.now() - began) / 1000).toFixed(1)} s`)
      return 0
    })
  },
}

export const figuresCheck: Command = {
  name: 'figures check',
  summary: 'compare the figures of visits with a full recount',
  usage: `foyer figures check

Changes nothing. Names the visits and days that differ; the exit code is then 1. "figures rebuild" puts them right.`,
  async run(args) {
    const { positionals } = parse(args, {})
    if (positionals.length > 0) throw new UsageError(`unexpected: ${positionals.join(' ')}`)
    return await withKernel(async (kernel) => {
      const found = await checkFigures(kernel)
      for (const id of found.visits) print(`visit ${id} is counted wrongly`)
      for (const { tally, day } of found.days) print(`${day}: ${tally} is not the sum of its visits`)
      if (found.more) print('… and more')
      const wrong = found.visits.length + found.days.length
      print(wrong === 0 ? 'the figures equal a full recount' : 'THE FIGURES DIFFER')
      return wrong === 0 ? 0 : 1
    })
  },
}
