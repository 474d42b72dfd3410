/** Documents and invitations on real PostgreSQL (V1, V3, V5, V8, V11, V13, V21, G5, E2). */
import { extractText } from 'unpdf'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp } from '../../apps/server/testing.ts'
import { raw } from '../../kernel/db/sql.ts'
import { follow } from '../../kernel/journal/followers.ts'
import { type MailPeer, mailPeer } from '../../kernel/notifications/testing.ts'
import type { Ctx } from '../../kernel/work/command.ts'
import type { Agreement } from './agreements/contract.ts'
import * as agreements from './agreements/service.ts'
import * as signing from './agreements/sign.ts'
import { announce } from './arrival/announce.ts'
import { invitations } from './invitations/contract.ts'
import { invitationLetters } from './invitations/follower.ts'
import { file as invitationPaper } from './invitations/paper.ts'
import { sendLetter } from './invitations/send.ts'
import * as invitationService from './invitations/service.ts'
import * as reading from './reading.ts'
import { houseFor, type TestHouse } from './testing.ts'

let app: TestApp
let mail: MailPeer
let site: string
let house: TestHouse
let desk: Ctx
let host: Ctx
let office: Ctx

beforeAll(async () => {
  mail = await mailPeer()
  app = await testApp({ env: { SMTP_URL: mail.url, PUBLIC_URL: 'http://foyer.test' } })
})
afterAll(async () => {
  await app.close()
  await mail.close()
})
beforeEach(async () => {
  site = crypto.randomUUID()
  house = await houseFor(app, site)
  desk = app.ctx(testActor(site, ['receptionist'], house.deskId), site)
  host = app.ctx(testActor(site, ['host'], house.hostId), site)
  office = app.ctx(testActor(site, ['office_admin']), site)
  mail.received.length = 0
})

const words = { zh: '请佩戴出入证。\n\n不要进入未许可的区域。', en: 'Please wear your pass.' }

async function published(
  over: Partial<Parameters<typeof agreements.create>[1]['body']> = {},
): Promise<Agreement> {
  const made = await agreements.create(office, {
    params: undefined,
    query: undefined,
    body: {
      ...{ purpose: 'safety', title: { zh: '安全须知', en: 'Safety notes' }, body: words, kinds: [] },
      ...{ categories: [], validDays: 0, needsSignature: true },
      ...over,
    },
  })
  return agreements.publish(office, {
    params: { id: made.id },
    query: undefined,
    body: { version: made.version },
  })
}

const hours = (n: number) => new Date(app.clock.now().getTime() + n * 3_600_000).toISOString()

async function announced(name: string, more: { email?: string; phone?: string } = {}) {
  return announce(desk, {
    body: {
      ...{ visitorName: name, organisation: '华信', phone: '13900005678', partySize: 1, companions: [] },
      ...{
        purpose: '交流',
        topic: '',
        kind: 'visitor',
        hostId: house.hostId,
        hostName: '',
        plate: '',
        note: '',
      },
      ...{ expectedAt: hours(1), validUntil: hours(3), language: 'zh' as const },
      ...more,
    },
  })
}

const given = (agreement: Agreement) => ({
  versionId: agreement.current?.id ?? '',
  signerName: '王芳',
  language: 'zh' as const,
  picture: null,
  read: true as const,
})

async function rejection(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (fault) => fault,
  )
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'done'
}

describe('V11 V13 documents are versioned', () => {
  test('a visit owes what is in force for it, signs it as a PDF, and owes it no more', async () => {
    const safety = await published()
    const nda = await published({ purpose: 'nda', kinds: ['another-kind'] })
    const visit = await announced('王芳')
    const before = await signing.ofVisit(desk, {
      params: { id: visit.id },
      query: undefined,
      body: undefined,
    })
    expect(before.due.map(({ versionId }) => versionId)).toEqual([safety.current?.id])
    expect(before.due.map(({ versionId }) => versionId)).not.toContain(nda.current?.id)
    expect(await signing.sign(desk, visit.id, given(safety), 'guest')).toEqual({ left: 0 })
    const after = await signing.ofVisit(desk, { params: { id: visit.id }, query: undefined, body: undefined })
    expect(after.due).toEqual([])
    const fileId = after.signed[0]?.fileId
    const file = await app.kernel.sql.one<{ sha256: string }>(
      raw('select sha256 from file where id = $1', [fileId]),
    )
    const chunks: Buffer[] = []
    for await (const chunk of app.kernel.files.read(file.sha256)) chunks.push(Buffer.from(chunk))
    const { text } = await extractText(new Uint8Array(Buffer.concat(chunks)))
    expect(text.join(' ')).toContain('安全须知')
    expect(text.join(' ').replace(/\s/g, '')).toContain('王芳')
    expect(await rejection(signing.sign(desk, visit.id, given(safety), 'guest'))).toBe('agreement.not-due')
  })

  test('two who sign the same at once are one signature', async () => {
    const safety = await published()
    const visit = await announced('同时')
    const all = await Promise.all(
      Array.from({ length: 5 }, () => rejection(signing.sign(desk, visit.id, given(safety), 'kiosk'))),
    )
    expect(all.filter((one) => one === 'done')).toHaveLength(1)
    expect(all.filter((one) => one === 'agreement.not-due')).toHaveLength(4)
  })

  test('a new version leaves old signatures standing and asks again; validity spares the returning guest', async () => {
    const safety = await published({ validDays: 30 })
    const first = await announced('李回')
    await signing.sign(desk, first.id, given(safety), 'guest')
    const again = await announced('李回')
    const due = (id: string) =>
      signing
        .ofVisit(desk, { params: { id }, query: undefined, body: undefined })
        .then((one) => one.due.length)
    expect(await due(again.id)).toBe(0)
    const edited = await agreements.edit(office, {
      params: { id: safety.id },
      query: undefined,
      body: { version: safety.version, body: { ...words, zh: '新的须知' } },
    })
    const second = await agreements.publish(office, {
      params: { id: safety.id },
      query: undefined,
      body: { version: edited.version },
    })
    expect(second.current?.number).toBe(2)
    const third = await announced('李回')
    expect(await due(third.id)).toBe(1)
    const row = await app.kernel.sql.one<{ agreements_due: number }>(
      raw('select agreements_due from visit where id = $1', [third.id]),
    )
    expect(row.agreements_due).toBe(1)
    const all = await agreements.versions(office, {
      params: { id: safety.id },
      query: undefined,
      body: undefined,
    })
    expect(all.items.map(({ number, signatures }) => [number, signatures])).toEqual([
      [2, 0],
      [1, 1],
    ])
    await expect(
      app.kernel.sql.run(raw("update agreement_version set body = '{}' where id = $1", [safety.current?.id])),
    ).rejects.toThrow('never changed')
  })

  test('an expired signature is asked for again, a withdrawn document by nobody', async () => {
    const safety = await published({ validDays: 1 })
    const first = await announced('赵久')
    await signing.sign(desk, first.id, given(safety), 'guest')
    await app.clock.advance(2 * 24 * 3_600_000)
    const later = await announced('赵久')
    const due = (id: string) =>
      signing
        .ofVisit(desk, { params: { id }, query: undefined, body: undefined })
        .then((one) => one.due.length)
    expect(await due(later.id)).toBe(1)
    await agreements.withdraw(office, {
      params: { id: safety.id },
      query: undefined,
      body: { version: safety.version },
    })
    expect(await due(later.id)).toBe(0)
  })

  test('signed on paper, the desk records it', async () => {
    const safety = await published()
    const visit = await announced('纸上')
    const left = await signing.onPaper(desk, {
      params: { id: visit.id },
      query: undefined,
      body: { versionId: safety.current?.id ?? '', signerName: '纸上' },
    })
    expect(left).toEqual({ left: 0 })
    const seen = await reading.get(desk, { params: { id: visit.id }, query: undefined, body: undefined })
    expect(seen.timeline.map(({ action }) => action)).toContain('visit.agreement-signed')
  })
})

/** The follower and the job, as the worker of a node would run them. */
async function post(): Promise<void> {
  await app.settled()
  while ((await follow(app.kernel, invitationLetters)) > 0);
  const letters = await app.kernel.sql.all<{ id: string }>(
    raw("select id from invitation_letter where site_id = $1 and status = 'queued' order by at", [site]),
  )
  for (const { id } of letters)
    await sendLetter(app.kernel, { letter: id }, { attempt: 1, lastAttempt: false })
}

/** Folded lines put together, base64 parts decoded. */
function readable(message: string): string {
  return message
    .split(/\r?\n--[^\r\n]+\r?\n/)
    .map((part) => {
      const [head = '', ...body] = part.split(/\r?\n\r?\n/)
      return /base64/i.test(head) ? Buffer.from(body.join(''), 'base64').toString() : body.join('\n\n')
    })
    .join('\n')
    .replace(/=\r?\n/g, '')
    .replace(/\r?\n[ \t]/g, '')
}

const tokenIn = (text: string) => /#link=([\w.-]+)/.exec(text.replaceAll('=3D', '='))?.[1] ?? ''

describe('V3 E2 invitations', () => {
  test('the guest gets a letter with calendar; a change raises the sequence, cancelling cancels', async () => {
    const visit = await announced('钱客', { email: 'guest@example.com' })
    await post()
    expect(mail.received.map(({ to }) => to)).toEqual([['guest@example.com']])
    const first = readable(mail.received[0]?.raw ?? '')
    expect(first).toContain('METHOD:REQUEST')
    expect(first).toContain('SEQUENCE:0')
    expect(first).toContain(`UID:${visit.id}@foyer`)
    // Nothing changed for the guest: no letter.
    await post()
    expect(mail.received).toHaveLength(1)
    const { edit } = await import('./stay/inside.ts')
    await edit(desk, {
      params: { id: visit.id },
      query: undefined,
      body: { version: visit.version, expectedAt: hours(2) },
    })
    await post()
    expect(readable(mail.received[1]?.raw ?? '')).toContain('SEQUENCE:1')
    const { cancel } = await import('./stay/exit.ts')
    await cancel(desk, { params: { id: visit.id }, query: undefined, body: { reason: '' } })
    await post()
    const last = readable(mail.received[2]?.raw ?? '')
    expect(last).toContain('METHOD:CANCEL')
    expect(last).toContain('STATUS:CANCELLED')
    expect(last).toContain('SEQUENCE:2')
  })

  test('G5 the link opens its own visit and nothing else; another address makes it worthless; it expires', async () => {
    const visit = await announced('孙客', { email: 'a@example.com' })
    await announced('别人', { email: 'b@example.com' })
    await post()
    const headers = { 'foyer-link': tokenIn(readable(mail.received[0]?.raw ?? '')) }
    const own = await app.call(invitations.own, {}, headers)
    expect(own.status).toBe(200)
    expect(own.body.visitorName).toBe('孙客')
    expect(JSON.stringify(own.body)).not.toContain('别人')
    for (const path of [
      '/visits/board',
      `/visits/${visit.id}`,
      '/visits/mine',
      '/visits/options',
      '/me',
      '/files',
      '/directory/search?q=张',
      '/live',
    ]) {
      const answered = await app.http.inject({ method: 'GET', url: `/api/v1${path}`, headers })
      expect([403, 404], path).toContain(answered.statusCode)
    }
    const done = await app.call(
      invitations.complete,
      { body: { phone: '13811112222', plate: '粤B12345', companions: ['小孙'] } },
      headers,
    )
    expect([done.status, done.body.plate, done.body.partySize]).toEqual([200, '粤B12345', 2])
    await invitationService.send(desk, {
      params: { id: visit.id },
      query: undefined,
      body: { email: 'right@example.com' },
    })
    expect((await app.call(invitations.own, {}, headers)).status).toBe(404)
    await post()
    const renewed = mail.received.find(({ to }) => to.includes('right@example.com'))
    const again = { 'foyer-link': tokenIn(readable(renewed?.raw ?? '')) }
    expect((await app.call(invitations.own, {}, again)).status).toBe(200)
    await app.clock.advance(3 * 24 * 3_600_000)
    expect((await app.call(invitations.own, {}, again)).status).toBe(410)
  })

  test('the guest cannot come: the host sees it, and the letter confirms it', async () => {
    const visit = await announced('周客', { email: 'c@example.com' })
    await post()
    const headers = { 'foyer-link': tokenIn(readable(mail.received[0]?.raw ?? '')) }
    const gone = await app.call(invitations.cancel, { body: { reason: '生病' } }, headers)
    expect([gone.status, gone.body.state]).toEqual([200, 'cancelled'])
    const seen = await reading.get(host, { params: { id: visit.id }, query: undefined, body: undefined })
    expect(seen.status).toBe('cancelled')
    expect((await app.call(invitations.complete, { body: { plate: '粤B12345' } }, headers)).status).toBe(409)
  })
})

test('V3 on paper for a guest without e-mail: a code that the kiosk knows, no letter, on record', async () => {
  const visit = await announced('单纸来')
  const sheets: Buffer[] = []
  const reply = { type: () => reply, header: () => reply, send: (content: Buffer) => sheets.push(content) }
  const print = (language: 'zh' | 'en', size: 'A4' | 'A5') =>
    invitationPaper(desk, { params: { id: visit.id }, query: undefined, body: { language, size } }, {
      reply,
    } as never)
  await print('zh', 'A4')
  await print('en', 'A5')
  const { invitation } = await invitationService.ofVisit(desk, {
    params: { id: visit.id },
    query: undefined,
    body: undefined,
  })
  expect(invitation).toMatchObject({ emailMasked: '', letters: [] })
  const words = await Promise.all(
    sheets.map(async (sheet) => (await extractText(new Uint8Array(sheet))).text.join(' ').replace(/\s/g, '')),
  )
  expect(words[0]).toContain('来访邀请函')
  expect(words[0]).toContain('单纸来')
  for (const one of words) expect(one).toContain(invitation?.code)
  await app.settled()
  while ((await follow(app.kernel, invitationLetters)) > 0);
  const printed = await app.kernel.sql.all<{ action: string }>(
    raw("select action from journal where entity_id = $1 and action like 'visit.invitation-%'", [visit.id]),
  )
  expect(printed).toHaveLength(2)
  expect(
    await app.kernel.sql.all(raw('select 1 from invitation_letter where visit_id = $1', [visit.id])),
  ).toEqual([])
  // An address later: the first letter goes out, with the same code.
  const sent = await invitationService.send(desk, {
    params: { id: visit.id },
    query: undefined,
    body: { email: 'late@example.com' },
  })
  expect(sent.code).toBe(invitation?.code)
})
