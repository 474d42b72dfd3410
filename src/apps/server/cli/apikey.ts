import { addKeyFromCli, roleNames } from '../../../modules/identity/public.ts'
import { type Command, parse, print, UsageError, withKernel } from './command.ts'

export const apikeyAdd: Command = {
  name: 'apikey add',
  summary: 'make an API key that acts in one role at one site',
  usage: `foyer apikey add --role ROLE [--name NAME] [--site CODE]

Prints the key; it is stored only as a hash, so this is the one time to see it. Use it as "Authorization: Bearer KEY".

Roles: ${roleNames.join(', ')}`,
  async run(args) {
    const { values, positionals } = parse(args, {
      role: { type: 'string' },
      name: { type: 'string', default: 'command line' },
      site: { type: 'string' },
    })
    if (positionals.length > 0) throw new UsageError(`unexpected: ${positionals.join(' ')}`)
    if (values.role === undefined) throw new UsageError(`--role is needed: one of ${roleNames.join(', ')}`)
    const { role, name, site } = values
    const made = await withKernel((kernel) =>
      addKeyFromCli(kernel, { name, role, ...(site === undefined ? {} : { site }) }),
    )
    // The key alone on standard output, so that a script can take it.
    process.stderr.write(`key ${made.id} for role ${role}:\n`)
    print(made.secret)
    return 0
  },
}
