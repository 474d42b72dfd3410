import { readFileSync } from 'node:fs'
import bwipjs from 'bwip-js/node'
import { extractText } from 'unpdf'
import { expect, test } from 'vitest'
import type { VisitCard } from '../card/contract.ts'
import { type Printed, passPdf, slipPdf } from './forms.ts'

const visit = {
  number: 'V000042',
  visitorName: '喆㛃',
  organisation: '华信科技有限公司',
  partySize: 3,
  purpose: '验收'.repeat(30),
  hostName: '赵敏',
  receiverName: '',
  hostDepartment: '采购部',
  hostExtension: '8402',
  passNumber: 'A-017',
  plate: '粤B12345D',
  areas: ['一楼接待室', '三楼会议区'],
  arrivedAt: '2026-11-20T01:30:00.000Z',
  leftAt: null,
  signedAt: '2026-11-20T03:00:00.000Z',
  validUntil: '2026-11-20T04:00:00.000Z',
} as unknown as VisitCard

async function printed(part: Partial<Printed> = {}): Promise<Printed> {
  return {
    siteName: '衡川集团',
    visit,
    kindName: '客户',
    phone: '13912345678',
    companions: ['王芳', '李雷'],
    documentMasked: '************1234',
    ways: [],
    safetyNotes: { zh: '请佩戴出入证', en: 'Please wear your pass' },
    code: await bwipjs.toBuffer({ bcid: 'qrcode', text: 'a.b.c' }),
    zone: 'Asia/Shanghai',
    at: new Date('2026-11-20T03:00:00Z'),
    ...part,
  }
}

async function textOf(bytes: Buffer): Promise<string[]> {
  const { text } = await extractText(new Uint8Array(bytes))
  return text.map((page) => page.replace(/\s+/g, ''))
}

test('V8 V10 the slip has stub and copy on one sheet, with what the register asks and the signature given', async () => {
  const pages = await textOf(await slipPdf(await printed()))
  expect(pages).toHaveLength(1)
  const [page = ''] = pages
  for (const words of [
    '存根联',
    '随行联',
    '喆㛃',
    '华信科技有限公司',
    '13912345678',
    '采购部/8402',
    'A-017',
    '粤B12345D',
  ])
    expect(page).toContain(words)
  expect(page.match(/来访人员来访登记表/g)).toHaveLength(2)
  expect(page).toContain('2026-11-2009:30')
  expect(page).toContain('赵敏2026-11-2011:00')
})

test('V21 the way to an area stands on the visitor’s part of the slip and, as far as it fits, on the pass', async () => {
  const ways = [
    { area: { zh: '生产车间', en: 'Workshop' }, way: { zh: '乘2号电梯到3层', en: 'Lift 2 to floor 3' } },
    { area: { zh: '仓库', en: '仓库' }, way: { zh: '后院左侧', en: '后院左侧' } },
  ]
  const [slip = ''] = await textOf(await slipPdf(await printed({ ways })))
  expect(slip.match(/生产车间：乘2号电梯到3层/g)).toHaveLength(1)
  expect(slip).toContain('Workshop:Lift2tofloor3')
  expect(slip.match(/仓库/g)).toHaveLength(1)
  for (const size of ['card', 'label'] as const) {
    const pages = await textOf(await passPdf(await printed({ ways }), size))
    expect(pages).toHaveLength(1)
    expect(pages[0]).toContain('生产车间：乘2号电梯到3层')
    expect(pages[0]).toContain('A-017')
  }
})

test.each(['card', 'label'] as const)(
  'V11 the pass as %s is one page with name, areas, validity and number',
  async (size) => {
    const long = { ...visit, visitorName: '克里斯蒂娜·亚历山德拉·冯·霍恩施陶芬' }
    for (const one of [visit, long]) {
      const pages = await textOf(await passPdf(await printed({ visit: one }), size))
      expect(pages).toHaveLength(1)
      for (const words of [
        '访客证',
        one.visitorName.slice(0, 6),
        '一楼接待室',
        '有效至2026-11-2012:00',
        'A-017',
      ])
        expect(pages[0]).toContain(words)
    }
  },
)

test('G5 the pass shows neither telephone nor document', async () => {
  const [page = ''] = await textOf(await passPdf(await printed(), 'card'))
  expect(page).not.toContain('13912345678')
  expect(page).not.toContain('1234')
  expect(readFileSync(new URL('./forms.ts', import.meta.url), 'utf8')).not.toContain('document_sealed')
})
