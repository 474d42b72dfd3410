/** A house set up over its own API: site with preset group, keys, employees, passes. */
import type { ServerProcess } from './server-process.ts'

export interface House {
  readonly siteId: string
  /** API key by role. */
  readonly keys: Readonly<Record<string, string>>
  readonly hosts: readonly string[]
}

const chief = { username: 'chief', password: 'a-long-enough-word-7' }

export async function setUpHouse(
  server: ServerProcess,
  wanted: { readonly roles: readonly string[]; readonly hosts: number; readonly passes: number },
): Promise<House> {
  const setup = await post(
    server,
    '/setup',
    {},
    {
      siteName: '试验场',
      adminName: '管理员',
      ...chief,
      preset: 'group',
    },
  )
  const siteId = textAt(setup, 'site', 'id')
  const keys: Record<string, string> = {}
  const session = await signIn(server)
  for (const role of new Set(['office_admin', ...wanted.roles])) {
    keys[role] = textAt(
      await post(server, '/api-keys', session, { name: role, expiresAt: null, role }),
      'secret',
    )
  }
  const admin = bearer(keys.office_admin ?? '')
  const hosts: string[] = []
  for (let n = 1; n <= wanted.hosts; n += 1) {
    const made = await post(server, '/employees', admin, {
      name: `员工${n}`,
      extension: String(7000 + n),
    })
    hosts.push(textAt(made, 'id'))
  }
  for (let from = 1; from <= wanted.passes; from += 5000) {
    const to = Math.min(wanted.passes, from + 4999)
    await post(server, '/passes', admin, { prefix: 'P', from, to, digits: 6 })
  }
  return { siteId, keys, hosts }
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

async function signIn(server: ServerProcess): Promise<{ cookie: string }> {
  const answer = await fetch(`${server.address}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(chief),
  })
  if (!answer.ok) throw new Error(`sign-in → ${answer.status} ${await answer.text()}`)
  return {
    cookie: answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; '),
  }
}

async function post(
  server: ServerProcess,
  path: string,
  proof: Readonly<Record<string, string>>,
  body: object,
): Promise<unknown> {
  const answer = await fetch(`${server.address}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...proof },
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
