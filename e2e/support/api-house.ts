/** A house set up over its own API: site with preset group, keys, employees, passes. */
import { foyer, type ServerProcess } from './server-process.ts'

export interface House {
  readonly siteId: string
  /** API key by role. */
  readonly keys: Readonly<Record<string, string>>
  readonly hosts: readonly string[]
}

export async function setUpHouse(
  server: ServerProcess,
  home: string,
  wanted: { readonly roles: readonly string[]; readonly hosts: number; readonly passes: number },
): Promise<House> {
  const setup = await post(server, '/setup', undefined, {
    siteName: '试验场',
    adminName: '管理员',
    username: 'chief',
    password: 'a-long-enough-word-7',
    preset: 'group',
  })
  const siteId = textAt(setup, 'site', 'id')
  const keys: Record<string, string> = {}
  for (const role of new Set(['office_admin', ...wanted.roles])) {
    const made = await foyer(home, ['apikey', 'add', '--role', role])
    if (made.code !== 0) throw new Error(`no key for ${role}: ${made.err}`)
    keys[role] = made.out
  }
  const hosts: string[] = []
  for (let n = 1; n <= wanted.hosts; n += 1) {
    const made = await post(server, '/employees', keys.office_admin, {
      name: `员工${n}`,
      extension: String(7000 + n),
    })
    hosts.push(textAt(made, 'id'))
  }
  for (let from = 1; from <= wanted.passes; from += 5000) {
    const to = Math.min(wanted.passes, from + 4999)
    await post(server, '/passes', keys.office_admin, { prefix: 'P', from, to, digits: 6 })
  }
  return { siteId, keys, hosts }
}

async function post(
  server: ServerProcess,
  path: string,
  key: string | undefined,
  body: object,
): Promise<unknown> {
  const answer = await fetch(`${server.address}/api/v1${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`POST ${path} → ${answer.status} ${text}`)
  return JSON.parse(text)
}

/** The text at a path of a JSON answer. */
export function textAt(value: unknown, ...path: string[]): string {
  let at: unknown = value
  for (const name of path)
    at =
      typeof at === 'object' && at !== null
        ? Object.entries(at).find(([key]) => key === name)?.[1]
        : undefined
  if (typeof at !== 'string')
    throw new Error(`no text at ${path.join('.')} of ${JSON.stringify(value).slice(0, 300)}`)
  return at
}
