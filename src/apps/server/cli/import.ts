import { access } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { type ImportOptions, runImport } from '../../../kernel/imports/import-file.ts'
import { type Command, ctxAt, parse, print, UsageError, withKernel } from './command.ts'

const shownLines = 50

export const importCommand: Command = {
  name: 'import',
  summary: 'read an Excel or CSV file into records',
  usage: `foyer import KIND FILE [--site CODE] [--profile NAME] [--save-as NAME] [--all-or-nothing] [--dry-run]

  --profile NAME   use a saved mapping of columns
  --save-as NAME   save the mapping used under this name; without it, under the file's
  --all-or-nothing one bad line stops the import before it begins; without it the good lines are stored
  --dry-run        only say what would happen

Reading the same file again doubles nothing. Bad lines are listed with their reasons; the exit code is then 1.`,
  async run(args) {
    const { values, positionals } = parse(args, {
      site: { type: 'string' },
      profile: { type: 'string' },
      'save-as': { type: 'string' },
      'all-or-nothing': { type: 'boolean' },
      'dry-run': { type: 'boolean' },
    })
    const [kind, file, ...rest] = positionals
    if (kind === undefined || file === undefined || rest.length > 0)
      throw new UsageError('a kind and a file are needed')
    await access(file).catch(() => {
      throw new UsageError(`${file} cannot be read`)
    })
    return await withKernel(async (kernel) => {
      const kinds = [...kernel.modules.importers.keys()]
      if (!kinds.includes(kind))
        throw new UsageError(`"${kind}" is no kind of import; there are: ${kinds.join(', ')}`)
      const ctx = await ctxAt(kernel, values.site)
      const options: ImportOptions = {
        onBad: values['all-or-nothing'] === true ? 'stop' : 'skip',
        dryRun: values['dry-run'] === true,
        ...(values.profile === undefined ? {} : { profile: values.profile }),
        saveAs: values['save-as'] ?? values.profile ?? basename(file, extname(file)),
      }
      return report(await runImport(ctx, kind, file, options))
    })
  },
}

function report(done: Awaited<ReturnType<typeof runImport>>): number {
  for (const { line, problems } of done.problems.slice(0, shownLines)) {
    const words = problems.map(
      ({ field, code, value }) => `${field} ${code}${value === undefined ? '' : ` “${value}”`}`,
    )
    print(`line ${line}: ${words.join('; ')}`)
  }
  if (done.bad > shownLines) print(`… ${done.bad - shownLines} more bad lines`)
  const { status, total, created, updated, unchanged, bad } = done
  const head = status === 'draft' ? 'would be' : status
  print(`${head}: ${total} lines, ${created} created, ${updated} updated, ${unchanged} unchanged, ${bad} bad`)
  return bad > 0 ? 1 : 0
}
