import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../apps/server/testing.ts'
import type { Actor } from '../actor.ts'
import { raw } from '../db/sql.ts'
import { newId } from '../ids.ts'
import type { FoyerModule } from '../module.ts'
import { attachment, fileRoutes } from './contract.ts'
import { diskFiles, hashOf } from './disk.ts'
import { filesModule } from './module.ts'
import { sweepFiles } from './sweep.ts'

const [site, other] = [newId(), newId()]
const [record, hidden] = [newId(), newId()]
const linkTo = (id: string): Actor => ({
  ...{ kind: 'link' as const, id: newId(), name: '访客', employeeId: null },
  roles: new Map([[site, ['link']]]),
  link: { entity: 'thing', id },
})
const actors: Record<string, Actor> = {
  writer: testActor(site, ['writer']),
  reader: testActor(site, ['reader']),
  nobody: testActor(site, ['nobody']),
  stranger: testActor(other, ['writer']),
  link: linkTo(record),
  otherLink: linkTo(newId()),
}
const thing: FoyerModule = {
  name: 'thing',
  actors: () => async (request) => actors[String(request.headers['x-as'])] ?? null,
  grants: { 'thing.read': ['reader', 'writer', 'link'], 'thing.write': ['writer'] },
  attachments: {
    thing: { read: 'thing.read', write: 'thing.write', visible: async (_sql, _ctx, id) => id !== hidden },
  },
}
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let app: TestApp
beforeAll(async () => {
  app = await testApp({ modules: [thing, filesModule] })
})
afterAll(() => app.close())

interface Upload {
  readonly as?: string
  readonly name?: string
  readonly content?: Buffer | undefined
  readonly id?: string
  readonly entity?: string
  readonly key?: string
}

async function upload({
  as = 'writer',
  name = '照片.png',
  content = png,
  id = record,
  entity = 'thing',
  key,
}: Upload) {
  const form = new FormData()
  // Browsers send parts in the order they were added; the file may come first.
  form.set('file', new Blob([new Uint8Array(content)]), name)
  form.set('subjectEntity', entity)
  form.set('subjectId', id)
  const request = new Request('http://x/', { method: 'POST', body: form })
  const answer = await app.http.inject({
    method: 'POST',
    url: '/api/v1/files',
    headers: {
      'x-as': as,
      'content-type': request.headers.get('content-type') ?? '',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    payload: Buffer.from(await request.arrayBuffer()),
  })
  return { status: answer.statusCode, body: answer.json() }
}
const ok = async (what: Upload) => {
  const { status, body } = await upload(what)
  expect({ status, body }).toMatchObject({ status: 200 })
  return attachment.parse(body)
}
const get = (id: string, as = 'reader', query: { inline?: 'true' } = {}, headers = {}) =>
  app.call(fileRoutes.read, { params: { id }, query }, { 'x-as': as, ...headers })

describe('attaching', () => {
  test('G4 stored under its Chinese name, journalled with the record, read back byte for byte', async () => {
    const made = await ok({})
    expect(made).toMatchObject({
      name: '照片.png',
      mediaType: 'image/png',
      size: png.length,
      can: { show: true, remove: true },
    })
    const entry = await app.kernel.sql.one<{ entity: string; after: unknown }>(
      raw("select entity, after from journal where action = 'file.attached' and after->>'file' = $1", [
        made.id,
      ]),
    )
    expect(entry).toMatchObject({ entity: 'thing', after: { sha256: hashOf(png) } })
    const answer = await app.http.inject({ url: `/api/v1/files/${made.id}`, headers: { 'x-as': 'reader' } })
    expect(answer.rawPayload.equals(png)).toBe(true)
  })

  test('served so that it can do no harm', async () => {
    const { id } = await ok({})
    const saved = await get(id)
    expect(saved.headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': expect.stringMatching(
        /^attachment; .*filename\*=UTF-8''%E7%85%A7%E7%89%87\.png$/,
      ),
      'content-security-policy': expect.stringContaining('sandbox'),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    })
    expect((await get(id, 'reader', { inline: 'true' })).headers['content-disposition']).toMatch(/^inline/)
    const again = await get(id, 'reader', {}, { 'if-none-match': String(saved.headers.etag) })
    expect(again.status).toBe(304)
  })

  test('text is never shown in place, whatever is asked', async () => {
    const { id } = await ok({ name: 'a.txt', content: Buffer.from('hello') })
    expect((await get(id, 'reader', { inline: 'true' })).headers['content-disposition']).toMatch(
      /^attachment/,
    )
  })

  test.each([
    [
      'SVG',
      { name: 'a.png', content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
      415,
      'file.type',
    ],
    ['nothing', { content: Buffer.alloc(0) }, 400, 'input.invalid'],
    ['too large', { name: 'a.txt', content: Buffer.alloc(21 * 1024 * 1024, 'a') }, 413, 'input.too-large'],
    ['unknown entity', { entity: 'nowhere' }, 400, 'input.invalid'],
    ['G5 no right', { as: 'reader' }, 403, 'auth.forbidden'],
    ['G5 not one’s business', { id: hidden }, 404, 'entity.not-found'],
    ['G5 link without the right to write', { as: 'link' }, 403, 'auth.forbidden'],
  ])('%s is refused', async (_, what, status, code) => {
    const answer = await upload(what)
    expect(answer).toMatchObject({ status, body: { code } })
  })

  test('JSON instead of a form is refused clearly', async () => {
    const answer = await app.http.inject({
      method: 'POST',
      url: '/api/v1/files',
      headers: { 'x-as': 'writer' },
      payload: {},
    })
    expect(answer.json()).toMatchObject({ code: 'input.media-type' })
  })

  test('the same key and file: one attachment; another file under the key: refused', async () => {
    const key = newId()
    const [first, second] = [await ok({ key }), await ok({ key })]
    expect(second.id).toBe(first.id)
    const changed = await upload({ key, name: 'b.txt', content: Buffer.from('other') })
    expect(changed.body).toMatchObject({ code: 'idempotency.reused' })
  })
})

describe('G5 who may read', () => {
  test.each([
    ['reader', 200],
    ['link', 200],
    ['nobody', 403],
    ['stranger', 404],
    ['otherLink', 404],
  ])('%s: %i', async (as, status) => {
    const { id } = await ok({})
    expect((await get(id, as)).status).toBe(status)
  })
})

test('G4 removal is marked, journalled and undone', async () => {
  const own = newId()
  const { id } = await ok({ id: own })
  const listed = async () =>
    (await app.call(fileRoutes.list, { query: { entity: 'thing', id: own } }, { 'x-as': 'reader' })).body
      .items.length
  const removed = await app.call(fileRoutes.remove, { params: { id } }, { 'x-as': 'writer' })
  expect(removed.body.can).toEqual({ show: false, remove: false, restore: true })
  expect([await listed(), (await get(id)).status]).toEqual([0, 404])
  await app.call(fileRoutes.restore, { params: { id } }, { 'x-as': 'writer' })
  await app.call(fileRoutes.restore, { params: { id } }, { 'x-as': 'writer' })
  expect([await listed(), (await get(id)).status]).toEqual([1, 200])
  const actions = await app.kernel.sql.all<{ action: string }>(
    raw('select action from journal where entity_id = $1 order by id', [own]),
  )
  expect(actions.map((one) => one.action)).toEqual(['file.attached', 'file.removed', 'file.restored'])
})

describe('contents on disk', () => {
  const old = new Date(Date.now() - 2 * 86_400_000)
  const pathOf = (sha256: string) => join(app.kernel.config.home, 'files', sha256.slice(0, 2), sha256)

  test('orphans are put away after a day, everything a record has stays, removed ones too', async () => {
    const { id } = await ok({ name: 'kept.txt', content: Buffer.from('kept') })
    await app.call(fileRoutes.remove, { params: { id } }, { 'x-as': 'writer' })
    const [orphan, fresh] = [
      await app.kernel.files.put(Buffer.from('orphan')),
      await app.kernel.files.put(Buffer.from('fresh')),
    ]
    await utimes(pathOf(orphan), old, old)
    await utimes(pathOf(hashOf(Buffer.from('kept'))), old, old)
    expect(await sweepFiles(app.kernel)).toBe(1)
    const left = await Promise.all(
      [orphan, fresh, hashOf(Buffer.from('kept'))].map((one) => app.kernel.files.has(one)),
    )
    expect(left).toEqual([false, true, true])
  })

  test('an upload of what is being swept keeps its content', async () => {
    const content = Buffer.from('raced')
    const sha256 = hashOf(content)
    for (let round = 0; round < 5; round++) {
      await app.kernel.files.put(content)
      await utimes(pathOf(sha256), old, old)
      const [made] = await Promise.all([ok({ name: 'raced.txt', content }), sweepFiles(app.kernel)])
      expect((await get(made.id)).status).toBe(200)
      await app.kernel.sql.run(raw('delete from file where sha256 = $1', [sha256]))
    }
  })

  test('a damaged content is written anew; a lost one is said to be lost', async () => {
    const { id } = await ok({ name: 'x.txt', content: Buffer.from('whole') })
    const sha256 = hashOf(Buffer.from('whole'))
    await writeFile(pathOf(sha256), 'wh')
    await app.kernel.files.put(Buffer.from('whole'))
    expect((await get(id)).body).toBe('whole')
    await app.kernel.files.remove(sha256)
    expect(await get(id)).toMatchObject({ status: 410, body: { code: 'file.content-missing' } })
  })

  test('what a crash left half written and what was discarded goes after its time', async () => {
    const home = await mkdtemp(join(tmpdir(), 'foyer-disk-'))
    const disk = diskFiles(home)
    const sha256 = await disk.put(Buffer.from('a'))
    const half = join(home, 'files', sha256.slice(0, 2), `${sha256}.${newId()}`)
    await writeFile(half, 'ha')
    await utimes(half, old, old)
    await disk.discard(sha256)
    expect(await disk.purge(new Date(Date.now() - 86_400_000))).toBe(1)
    expect(await readdir(join(home, 'files-discarded'))).toEqual([sha256])
    expect(await disk.purge(new Date(Date.now() + 1000))).toBe(1)
    const seen: string[] = []
    for await (const one of disk.list()) seen.push(one.sha256)
    expect(seen).toEqual([])
    await rm(home, { recursive: true })
  })
})
