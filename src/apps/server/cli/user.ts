import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { addUserFromCli, roleNames } from '../../../modules/identity/public.ts'
import { type Command, parse, print, UsageError, withKernel } from './command.ts'

export const userAdd: Command = {
  name: 'user add',
  summary: 'add a user with roles at a site',
  usage: `foyer user add USERNAME --name NAME --role ROLE [--role ROLE …] [--site CODE] [--password-stdin]

The first password is made and printed, or read from standard input with --password-stdin; the user is asked for an own
one at the first sign-in. Without --site the first site is taken.

Roles: ${roleNames.join(', ')}`,
  async run(args) {
    const { values, positionals } = parse(args, {
      name: { type: 'string' },
      role: { type: 'string', multiple: true },
      site: { type: 'string' },
      'password-stdin': { type: 'boolean' },
    })
    const [username, ...rest] = positionals
    if (username === undefined || rest.length > 0) throw new UsageError('one user name is needed')
    if (values.name === undefined) throw new UsageError('--name is needed: as colleagues know the person')
    if (values.role === undefined)
      throw new UsageError(`--role is needed: one or more of ${roleNames.join(', ')}`)
    const { name, role: roles, site } = values
    const given =
      values['password-stdin'] === true ? (await text(process.stdin)).replace(/\r?\n$/, '') : undefined
    const password = given ?? randomBytes(12).toString('base64url')
    const id = await withKernel((kernel) =>
      addUserFromCli(kernel, { username, name, password, roles, ...(site === undefined ? {} : { site }) }),
    )
    print(`added user ${username} (${id})`)
    if (given === undefined) print(`first password: ${password}`)
    return 0
  },
}
