import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { type TestApp, testActor, testApp } from '../../apps/server/testing.ts'
import { raw } from '../../kernel/db/sql.ts'
import { newId } from '../../kernel/ids.ts'
import { runImport } from '../../kernel/imports/import-file.ts'
import { importsModule } from '../../kernel/imports/module.ts'
import { readRows } from '../../kernel/imports/read.ts'
import { run, undo } from '../../kernel/imports/run.ts'
import { accept, preview } from '../../kernel/imports/service.ts'
import type { FoyerModule } from '../../kernel/module.ts'
import * as employees from './employees/service.ts'
import { employeeImporter } from './import/importer.ts'
import { directoryModule } from './module.ts'

let app: TestApp
let folder: string
/** Lets a test crash the importer after some chunks. */
let chunksLeft = Number.POSITIVE_INFINITY

const fragile: FoyerModule = {
  ...directoryModule,
  importers: [
    {
      ...employeeImporter,
      apply: (work, values) => {
        if (chunksLeft-- <= 0) throw new Error('the power went out')
        return employeeImporter.apply(work, values as Parameters<typeof employeeImporter.apply>[1])
      },
    },
  ],
}

beforeAll(async () => {
  app = await testApp({ modules: [fragile, importsModule] })
  folder = await mkdtemp(join(tmpdir(), 'foyer-imports-'))
})
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

function house() {
  const site = newId()
  const ctx = app.ctx(testActor(site, ['office_admin']), site)
  const count = async (what: string) =>
    (
      await app.kernel.sql.one<{ n: number }>(
        raw(`select count(*)::int as n from ${what} and site_id = $1`, [site]),
      )
    ).n
  const csv = async (text: string, name = 'staff.csv') => {
    const path = join(folder, `${newId()}-${name}`)
    await writeFile(path, text)
    return path
  }
  const load = async (text: string, options = {}) => runImport(ctx, 'employees', await csv(text), options)
  const people = () =>
    app.kernel.sql.all<{
      name: string
      number: string | null
      active: boolean
      path: string | null
      deputy: string | null
      head: boolean
    }>(
      raw(
        `select e.name, e.number, e.active, d.name as path, p.name as deputy, coalesce(d.head_id = e.id, false) as head
         from employee e left join department d on d.id = e.department_id left join employee p on p.id = e.deputy_id
         where e.site_id = $1 order by e.number nulls last, e.name`,
        [site],
      ),
    )
  return { site, ctx, count, load, people }
}

const list = `员工花名册,,,,,,,,
工号,姓名,部门,分机,手机,一线工人,语言,代理人,部门负责人
001,单伟,总部/销售部,8101,138 1234 5678,否,英语、日语,曾国,是
002,曾国,总部/销售部,8102,139-0000-1111,否,,,
003,仇英,总部/制造/一车间,,,是,,,
`

describe('a staff list', () => {
  test('becomes departments and employees; deputies further down in the file are found', async () => {
    const { load, people, count } = house()
    expect(await load(list)).toMatchObject({ status: 'done', total: 3, created: 3, bad: 0 })
    expect(await people()).toEqual([
      { name: '单伟', number: '001', active: true, path: '销售部', deputy: '曾国', head: true },
      { name: '曾国', number: '002', active: true, path: '销售部', deputy: null, head: false },
      { name: '仇英', number: '003', active: true, path: '一车间', deputy: null, head: false },
    ])
    expect(await count('department where true')).toBe(4)
  })

  test('read twice doubles nothing; read again with changes updates', async () => {
    const { load, count } = house()
    await load(list)
    expect(await load(list)).toMatchObject({ created: 0, updated: 0, unchanged: 3 })
    expect(await load(list.replace('8101', '8109'))).toMatchObject({ created: 0, updated: 1, unchanged: 2 })
    expect(await count("employee where extension = '8109'")).toBe(1)
    expect(await count('department where true')).toBe(4)
  })

  test('without staff numbers a namesake nobody can tell apart is reported, the same person is found', async () => {
    const { load, count } = house()
    const plain = '姓名,手机\n王芳,13800000001\n王芳,13800000002\n李雷,\n'
    expect(await load(plain)).toMatchObject({ created: 3 })
    expect(await load(plain)).toMatchObject({ created: 0, unchanged: 3 })
    const { problems } = await load('姓名\n王芳\n')
    expect(problems).toMatchObject([{ line: 2, problems: [{ field: 'name', code: 'ambiguous' }] }])
    expect(await count('employee where true')).toBe(3)
  })

  test('every bad line is reported with each of its reasons, the others go in', async () => {
    const { load } = house()
    const text = `工号,姓名,手机,邮箱,一线工人,分机,代理人
1,好人,13800000001,a@b.cn,是,8001,
2,,12345,nobody,也许,abc,
1,重号,,,,,
4,找人,,,,,无此人
`
    const { created, bad, problems } = await load(text)
    expect({ created, bad }).toEqual({ created: 1, bad: 3 })
    expect(
      problems.map(({ line, problems: all }) => [
        line,
        all.map(({ field, code }) => `${field} ${code}`).sort(),
      ]),
    ).toEqual([
      [3, ['email email', 'extension extension', 'lineWorker yes-no', 'mobile phone', 'name required']],
      [4, ['number duplicate']],
      [5, ['deputy unknown']],
    ])
  })

  test('"stop" stores nothing when a single line is bad; a preview stores nothing at all', async () => {
    const { load, count } = house()
    const text = '工号,姓名,手机\n1,甲,13800000001\n2,乙,123\n'
    await expect(load(text, { onBad: 'stop' })).rejects.toMatchObject({
      code: 'import.bad-lines',
      data: { bad: 1 },
    })
    expect(await load(text, { dryRun: true })).toMatchObject({
      status: 'draft',
      total: 2,
      created: 1,
      bad: 1,
    })
    expect(await count('employee where true')).toBe(0)
    expect(await count('department where true')).toBe(0)
  })

  test('GB18030 from Excel on Windows, and an Excel file with a title above the headings', async () => {
    const { ctx, people } = house()
    const gb = join(folder, 'gb.csv')
    await writeFile(gb, Buffer.from('d0d5c3fb2cb2bfc3c50ad5c5c8fd2ccffacadbb2bf', 'hex'))
    expect(await runImport(ctx, 'employees', gb)).toMatchObject({ created: 1, bad: 0 })
    const rows = [['公司员工表'], ['姓名', '部门', '手机'], ['李四', '财务部', 13812345678]]
    const xlsx = join(folder, 'staff.xlsx')
    await writeXlsxFile(rows.map((row) => row.map((value) => ({ value })))).toFile(xlsx)
    expect(await runImport(ctx, 'employees', xlsx)).toMatchObject({ created: 1, bad: 0 })
    expect((await people()).map(({ name, path }) => [name, path])).toEqual([
      ['张三', '销售部'],
      ['李四', '财务部'],
    ])
  })
})

describe('G4 undo', () => {
  test('takes back what was made and changed; what was edited since stays, and the mended file finds everybody again', async () => {
    const { ctx, load, people, count } = house()
    await load('工号,姓名,分机\n001,单伟,7000\n')
    const second = await load(list)
    expect(second).toMatchObject({ created: 2, updated: 1 })
    const [edited] = (await employees.find(ctx, { query: { q: '仇英', limit: 1 } })).items
    await employees.edit(ctx, { params: { id: edited?.id ?? '' }, body: { version: 1, floor: '3' } })

    const params = { kind: 'employees', id: second.runId }
    expect(await undo(ctx, { params })).toMatchObject({ status: 'undone', kept: 1 })
    expect(await people()).toMatchObject([
      { name: '单伟', number: '001', active: true, path: null },
      { name: '仇英', number: '003', active: true, path: '一车间' },
      { name: '曾国', number: null, active: false, path: null },
    ])
    expect(await count("employee where extension = '7000'")).toBe(1)
    expect(await count("department where name = '销售部'")).toBe(0)
    await expect(undo(ctx, { params })).rejects.toMatchObject({ code: 'import.not-done' })

    expect(await load(list)).toMatchObject({ created: 0, bad: 0 })
    expect(await count('employee where active')).toBe(3)
  })
})

describe('G2 nothing lost, nothing doubled', () => {
  const big = `工号,姓名,代理人\n${Array.from({ length: 1000 }, (_, n) => `${n},员工${n},${n === 0 ? '999' : n - 1}`).join('\n')}\n`

  test('a run that a crash stopped goes on where it was', async () => {
    const { ctx, count } = house()
    const draft = await accept(ctx, 'employees', 'big.csv', Buffer.from(big))
    const input = {
      params: { kind: 'employees', id: draft.run.id },
      body: { mapping: draft.mapping, onBad: 'skip' as const },
    }
    for (const chunks of [2, 1]) {
      chunksLeft = chunks
      await expect(run(ctx, input)).rejects.toThrow('power')
    }
    chunksLeft = Number.POSITIVE_INFINITY
    expect(await count('employee where true')).toBe(600)
    expect(await run(ctx, input)).toMatchObject({ status: 'done', created: 1000, bad: 0 })
    expect(await count('employee where true')).toBe(1000)
    expect(await count('employee where deputy_id is not null')).toBe(1000)
    await expect(run(ctx, input)).rejects.toMatchObject({ code: 'import.finished' })
  })

  test('two calls at once for one run: every line once', async () => {
    const { ctx, count } = house()
    const draft = await accept(ctx, 'employees', 'big.csv', Buffer.from(big))
    const input = {
      params: { kind: 'employees', id: draft.run.id },
      body: { mapping: draft.mapping, onBad: 'skip' as const },
    }
    const outcome = await Promise.allSettled([run(ctx, input), run(ctx, input)])
    const refused = outcome.filter((one) => one.status === 'rejected')
    expect(
      refused.every((one) =>
        ['import.busy', 'import.finished', 'import.file-gone'].includes(one.reason.code),
      ),
    ).toBe(true)
    expect(await count('employee where true')).toBe(1000)
    const { lines } = await app.kernel.sql.one<{ lines: number }>(
      raw('select count(*)::int as lines from import_line where run_id = $1', [draft.run.id]),
    )
    expect(lines).toBe(1000)
  })
})

describe('around a run', () => {
  test('a mapping saved by name is suggested for the next file with these headings', async () => {
    const { ctx } = house()
    const text = (name: string) => Buffer.from(`谁,短线\n${name},8001\n`)
    const first = await accept(ctx, 'employees', 'a.csv', text('甲'))
    expect(first.mapping).toEqual({})
    const params = { kind: 'employees', id: first.run.id }
    await expect(preview(ctx, { params, body: { mapping: {} } })).rejects.toMatchObject({
      code: 'import.unmapped',
      fields: [{ path: 'mapping.name', code: 'required' }],
    })
    const mapping = { name: '谁', extension: '短线' }
    await run(ctx, { params, body: { mapping, onBad: 'skip', saveAs: '总机表' } })
    const second = await accept(ctx, 'employees', 'b.csv', text('乙'))
    expect(second).toMatchObject({ mapping, profiles: [{ name: '总机表' }] })
    expect(second.profileId).toBe(second.profiles[0]?.id)
  })

  test('G5 the file goes when the run is done, lines without faults are not kept', async () => {
    const { ctx, load } = house()
    const { runId } = await load(`${list}004,,,,,,,,\n`)
    const { sha256 } = await app.kernel.sql.one<{ sha256: string }>(
      raw('select sha256 from import_run where id = $1', [runId]),
    )
    expect(await ctx.kernel.files.has(sha256)).toBe(false)
    const kept = await app.kernel.sql.all<{ line: number }>(
      raw('select line from import_line where run_id = $1 and cells is not null', [runId]),
    )
    expect(kept).toEqual([{ line: 6 }])
  })

  test("without the importer's action nothing can be uploaded", async () => {
    const { site } = house()
    const guard = app.ctx(testActor(site, ['guard']), site)
    await expect(accept(guard, 'employees', 'a.csv', Buffer.from(list))).rejects.toMatchObject({
      code: 'auth.forbidden',
    })
    await expect(accept(guard, 'nothing', 'a.csv', Buffer.from(list))).rejects.toMatchObject({
      code: 'import.kind-unknown',
    })
  })

  test('the list that was taken out can be read in again and changes nothing', async () => {
    const { ctx, load } = house()
    await load(list)
    for (const lang of ['zh', 'en'] as const) {
      const content = await exported(ctx, lang)
      expect((await readRows(content)).rows).toHaveLength(4)
      const path = join(folder, `export-${lang}-${newId()}.xlsx`)
      await writeFile(path, content)
      expect(await runImport(ctx, 'employees', path)).toMatchObject({ total: 3, unchanged: 3, bad: 0 })
    }
  })
})

async function exported(ctx: Parameters<typeof accept>[0], lang: 'zh' | 'en'): Promise<Buffer> {
  const { exportEmployees } = await import('./sheets/export.ts')
  let content: Buffer = Buffer.alloc(0)
  const reply = {
    type: () => reply,
    header: () => reply,
    send: async (body: Buffer) => {
      content = body
    },
  }
  await exportEmployees(ctx, { query: { state: 'all', lang } }, { reply: reply as never })
  return content
}
