/** Malformed requests over every route of an OpenAPI document. */
import type { Chance } from '../support/random.ts'
import { fitting, hostile, type Json, jsonText, type Known, type Schema, spoiled } from './samples.ts'

export interface Operation {
  readonly method: string
  readonly path: string
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema?: Schema }[]
  readonly body: Schema | undefined
}

export interface HostileRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly body: Buffer | undefined
}

export interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly parameters?: Operation['parameters']
            readonly requestBody?: {
              readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>
            }
          }
        >
      >
    >
  >
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> }
}

export function operationsOf(document: Document): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, spec]) => ({
      method: method.toUpperCase(),
      path,
      parameters: spec.parameters ?? [],
      body: Object.values(spec.requestBody?.content ?? {})[0]?.schema,
    })),
  )
}

export interface Callers {
  /** API keys of roles that may do much. */
  readonly keys: readonly string[]
}

export function requestFor(
  operation: Operation,
  known: Known,
  callers: Callers,
  dice: Chance,
): HostileRequest {
  const method =
    dice.next() < 0.06
      ? dice.pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND'])
      : operation.method
  const headers: Record<string, string | string[]> = { ...proof(callers, dice), ...strange(known, dice) }
  const body = method === 'GET' || method === 'HEAD' ? undefined : bodyOf(operation, known, headers, dice)
  return { method, path: pathOf(operation, known, dice) + queryOf(operation, known, dice), headers, body }
}

function proof({ keys }: Callers, dice: Chance): Record<string, string> {
  const key = dice.oneOf(keys) ?? ''
  const chosen = dice.next()
  if (chosen < 0.75) return { authorization: `Bearer ${key}` }
  if (chosen < 0.8) return { 'x-api-key': key }
  return dice.pick<Record<string, string>>([
    {},
    { authorization: `Bearer ${key.slice(0, -1)}` },
    { authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` },
    { authorization: 'Bearer ' },
    { authorization: `Bearer ${'x'.repeat(6000)}` },
    { cookie: 'foyer.session_token=abc.def' },
    { cookie: `foyer.session_token=${'%'.repeat(400)}` },
    { cookie: ';;;=;=' },
    { 'foyer-link': 'eyJhbGciOiJub25lIn0.e30.' },
    { 'foyer-link': 'x' },
  ])
}

function strange(known: Known, dice: Chance): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {}
  if (dice.next() < 0.4) {
    headers['idempotency-key'] = dice.pick<string | string[]>([
      `key-${dice.int(500)}-padded`,
      'short',
      'x'.repeat(300),
      ['one-key-12345', 'two-key-12345'],
      'caf\u00e9-12345678',
    ])
  }
  if (dice.next() < 0.1)
    headers['foyer-site'] = dice.pick([
      'x',
      '00000000-0000-0000-0000-000000000000',
      '../..',
      known.ids[0] ?? '',
    ])
  if (dice.next() < 0.03) headers.accept = dice.pick(['text/html', '*/*;q=x', 'application/xml'])
  if (dice.next() < 0.03) headers['last-event-id'] = dice.pick(['x', '9'.repeat(40), '-1:-1', '1:1:1'])
  if (dice.next() < 0.03) headers.origin = dice.pick(['null', 'http://evil.example', '::'])
  if (dice.next() < 0.03) headers['x-forwarded-for'] = dice.pick(['x', '1.2.3.4, 5.6.7.8', '::1'])
  if (dice.next() < 0.03) headers.range = 'bytes=-1,0-,5-1'
  if (dice.next() < 0.03) headers['if-none-match'] = '"'.repeat(99)
  if (dice.next() < 0.02) headers['accept-encoding'] = 'br;q=9, x, gzip;q=-1'
  return headers
}

function bodyOf(
  operation: Operation,
  known: Known,
  headers: Record<string, string | string[]>,
  dice: Chance,
): Buffer | undefined {
  const chosen = dice.next()
  if (chosen < 0.04) return undefined
  if (operation.body === undefined && chosen < 0.5) return multipart(headers, dice)
  const value: Json = fitting(operation.body, known, dice)
  const sent = dice.next() < 0.12 ? value : spoiled(value, dice)
  headers['content-type'] =
    dice.next() < 0.88
      ? 'application/json'
      : dice.pick<string | string[]>([
          'text/plain',
          'application/xml',
          'application/x-www-form-urlencoded',
          'application/json; charset=utf-16',
          'multipart/form-data',
          'multipart/form-data; boundary=',
          '/',
          'application/octet-stream',
          'application/json/json;;=',
          ['application/json', 'text/plain'],
        ])
  const text = jsonText(sent, dice)
  const bytes = Buffer.from(text, 'utf8')
  if (dice.next() < 0.03)
    return Buffer.concat([bytes.subarray(0, 20), Buffer.from([0xff, 0xfe, 0xc0, 0x80]), bytes.subarray(20)])
  if (dice.next() < 0.004) return Buffer.alloc(2_000_000, 0x20)
  return bytes
}

function multipart(headers: Record<string, string | string[]>, dice: Chance): Buffer {
  const line = 'xxBOUNDARYxx'
  headers['content-type'] =
    `multipart/form-data; boundary=${dice.next() < 0.85 ? line : dice.pick(['', 'other', '"', 'x'.repeat(200)])}`
  const name = dice.pick(['file', 'subjectId', '', '__proto__', 'a"b', 'x'.repeat(500)])
  const file = dice.pick(['a.csv', '../../a.csv', '', 'a\u0000.png', '来访.xlsx', '.'.repeat(300), 'a.svg'])
  const content = dice.pick([
    Buffer.from('姓名,电话\n张伟,13800002001\n'),
    Buffer.from('PK\u0003\u0004 not a workbook'),
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]),
    Buffer.alloc(0),
    Buffer.from(`${'"'.repeat(3000)}\n`),
    Buffer.from([0xff, 0xfe, 0xff, 0xff, 0x00]),
  ])
  const field = `--${line}\r\ncontent-disposition: form-data; name="subjectEntity"\r\n\r\n${dice.pick(['visit', 'x', '\u0000'])}\r\n`
  const whole = Buffer.concat([
    Buffer.from(dice.next() < 0.6 ? field : ''),
    Buffer.from(
      `--${line}\r\ncontent-disposition: form-data; name="${name}"; filename="${file}"\r\ncontent-type: ${dice.pick(['text/csv', 'image/png', '/', 'x'])}\r\n\r\n`,
    ),
    content,
    Buffer.from(`\r\n--${line}--\r\n`),
  ])
  return dice.next() < 0.75 ? whole : whole.subarray(0, dice.int(whole.length))
}

const rawPieces = [
  '%00',
  '%',
  '%ff',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '..',
  '.',
  '%20',
  '%F0%9F',
  'x'.repeat(4000),
  '-1',
  'null',
  '[object Object]',
  '%5C',
  ';a=b',
]

function pathOf(operation: Operation, known: Known, dice: Chance): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const schema = operation.parameters.find((one) => one.in === 'path' && one.name === name)?.schema
    const chosen = dice.next()
    if (chosen < 0.6) return encode(fitting(schema, known, dice))
    return chosen < 0.8
      ? encode(hostile(dice)).slice(0, 3500)
      : dice.oneOf(rawPieces)?.replace(/[[\] ]/g, '') || 'x'
  })
  if (dice.next() < 0.03)
    return dice.pick([
      `${path}/..%2f..`,
      `${path}/../../../etc/passwd`,
      `/${path}`,
      `${path}//`,
      `${path};x`,
      path.toUpperCase(),
      `/assets/..%2f..%2fpackage.json`,
      '/api/v1/%',
      '/%2e%2e/%2e%2e/package.json',
    ])
  return path
}

function queryOf(operation: Operation, known: Known, dice: Chance): string {
  const parts: string[] = []
  for (const { name, in: where, schema } of operation.parameters) {
    if (where !== 'query' || dice.next() < 0.4) continue
    const value = dice.next() < 0.5 ? fitting(schema, known, dice) : hostile(dice)
    parts.push(`${encodeURIComponent(name)}=${encode(value).slice(0, 3000)}`)
    if (dice.next() < 0.08) parts.push(`${encodeURIComponent(name)}=${dice.pick(['%', '%ff', '%00', 'x'])}`)
    if (dice.next() < 0.04) parts.push(`${encodeURIComponent(name)}[]=1`)
  }
  if (dice.next() < 0.05)
    parts.push(dice.pick(['__proto__[x]=1', 'constructor=1', '=', '&&&', 'site=x', 'link=x', '%=%']))
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

/** Lone surrogates cannot be percent-encoded; they go as U+FFFD, as a browser would send them. */
function encode(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return encodeURIComponent(text.toWellFormed().slice(0, 5000))
}
