import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, testActor, testApp, testNow } from '../../../apps/server/testing.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { readWanted } from '../../../kernel/find/wanted.ts'
import { newId } from '../../../kernel/ids.ts'
import { readRows } from '../../../kernel/imports/read.ts'
import { command, type Work } from '../../../kernel/work/command.ts'
import { houseFor } from '../testing.ts'
import { permits } from './contract.ts'
import { findPermits } from './find.ts'
import { permitsImporter } from './importer.ts'
import * as service from './service.ts'
import { exportPermits } from './sheet.ts'
import { use } from './use.ts'

let app: TestApp
const site = newId()
let desk: Actor
let hostId: string

beforeAll(async () => {
  app = await testApp()
  const people = await houseFor(app, site)
  hostId = people.hostId
  desk = testActor(site, ['receptionist'], people.deskId)
})
afterAll(() => app.close())
beforeEach(() => app.clock.set(testNow))

const on = (actor: Actor) => app.ctx(actor, site)

async function active(more: Record<string, unknown>) {
  const body = permits.create.body.parse({
    organisation: '安捷电梯维保',
    kind: 'visitor',
    purpose: '电梯维保',
    hostId,
    validFrom: '2026-03-01',
    validTo: '2026-12-31',
    fromMinute: 480,
    toMinute: 1080,
    ...more,
  })
  const { id } = await service.create(on(desk), { params: undefined, query: undefined, body })
  return await service.activate(on(desk), { params: { id }, body: { reason: '' } } as Parameters<
    typeof service.activate
  >[1])
}
const comes = (code: string) =>
  use(on(desk), { params: undefined, query: undefined, body: permits.use.body.parse({ code }) })

describe('V22 E2 what goes out as Excel comes in again untouched', () => {
  const sheetRows = async (language: 'zh' | 'en') => {
    let sent: Buffer = Buffer.alloc(0)
    const reply = {
      type: () => reply,
      header: () => reply,
      send: async (content: Buffer) => {
        sent = content
      },
    }
    const http = { reply } as unknown as Parameters<typeof exportPermits>[2]
    await exportPermits(on(desk), { params: undefined, query: { language }, body: undefined }, http)
    const { rows } = await readRows(sent)
    const heading = rows[0]?.cells ?? []
    const columns = heading.map((cell) => permitsImporter.fields.find((field) => namedBy(field, cell))?.key)
    return rows.slice(1).map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(
        cells.flatMap((cell, i) => {
          const key = columns[i]
          return key === undefined || cell === '' ? [] : [[key, cell]]
        }),
      ) as Record<string, string>,
    }))
  }
  const bare = (text: string) => text.toLowerCase().replace(/[\s*()（）]/g, '')
  const namedBy = (field: { aliases: readonly string[] }, cell: string) =>
    field.aliases.some((alias) => bare(alias) === bare(cell))
  const run = <T>(act: (work: Work) => Promise<T>): Promise<T> => command(on(desk), act)

  test.each(['zh', 'en'] as const)(
    '%s: nothing new, nothing bad; a change is told, not swallowed',
    async (language) => {
      await active({
        holderName: `往返${language === 'zh' ? '甲' : '乙'}`,
        phone: '13812345678',
        plate: 'AB-123-CD',
        plateForeign: true,
        weekdays: [1, 3, 7],
        fromMinute: 450,
        toMinute: 1440,
        areas: ['三号厂房', '仓库'],
        note: '带工具箱',
        papers: [
          { kind: '特种作业证', number: 'T6', expiresOn: '2026-06-30' },
          { kind: '保险', blocks: false },
        ],
      })
      const rows = await sheetRows(language)
      expect(rows.length).toBeGreaterThan(0)
      const checked = await run((work) => permitsImporter.check(work, rows))
      expect(checked.filter((one) => !one.ok)).toEqual([])
      expect(checked.every((one) => one.ok && one.expect === 'unchanged')).toBe(true)
      const values = checked.flatMap((one) => (one.ok ? [{ line: one.line, value: one.value }] : []))
      const applied = await run((work) => permitsImporter.apply(work, values))
      expect(new Set(applied.map((one) => one.result))).toEqual(new Set(['unchanged']))
      const own = rows.find((row) => row.cells['holderName']?.startsWith('往返'))
      const changed = [{ line: 2, cells: { ...own?.cells, validTo: '2026-11-30' } as Record<string, string> }]
      const [told] = await run((work) => permitsImporter.check(work, changed))
      expect(told?.ok === false && told.problems.map(({ code }) => code)).toEqual(['permit-exists'])
      // In a house that does not know the number it is a draft with everything in it.
      const { number: _, host: __, ...elsewhere } = own?.cells ?? {}
      const [fresh] = await run((work) =>
        permitsImporter.check(work, [{ line: 2, cells: { ...elsewhere, holderName: `新${language}` } }]),
      )
      expect(fresh?.ok && fresh.value.body).toMatchObject({
        weekdays: [1, 3, 7],
        fromMinute: 450,
        toMinute: 1440,
        areas: ['三号厂房', '仓库'],
        note: '带工具箱',
        plateForeign: true,
        papers: [
          { kind: '特种作业证', number: 'T6', expiresOn: '2026-06-30', blocks: true },
          { kind: '保险', number: '', expiresOn: null, blocks: false },
        ],
      })
    },
  )

  test('every line that cannot be read is named with its field', async () => {
    const cells = {
      holderName: '行一',
      validTo: '2026-12-31',
      plate: '粤B1234',
      weekdays: '周八',
      hours: '18-8',
      papers: '安全培训证 2026-13-40',
      kind: '外星人',
    }
    const [one] = await run((work) => permitsImporter.check(work, [{ line: 2, cells }]))
    expect(one?.ok === false && one.problems.map(({ field, code }) => `${field} ${code}`)).toEqual([
      'plate plate',
      'kind permit-kind',
      'weekdays permit-weekdays',
      'hours permit-hours',
      'papers permit-paper',
    ])
  })

  test('V22 found by a part of the name, pinyin and organisation; several are offered', async () => {
    await active({ holderName: '欧阳锋', organisation: '白驼山安装' })
    await active({ holderName: '欧阳克', organisation: '白驼山安装' })
    expect((await comes('欧阳锋')).visit.visitorName).toBe('欧阳锋')
    expect((await comes('ouyangke')).visit.visitorName).toBe('欧阳克')
    await expect(comes('白驼山')).rejects.toMatchObject({ code: 'permit.ambiguous' })
    const finding = findPermits(on(desk), readWanted('oyf'), 5)
    expect((await finding).map((one) => one.label)).toEqual(['欧阳锋'])
  })
})
