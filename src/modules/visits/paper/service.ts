/** One visit as a file (V8, V11). */
import type { FastifyReply } from 'fastify'
import { zoneOf } from '../../../kernel/calendar/site-day.ts'
import type { RouteInput } from '../../../kernel/contract.ts'
import { disposition } from '../../../kernel/files/rules.ts'
import { type Ctx, query } from '../../../kernel/work/command.ts'
import { houseOf } from '../house.ts'
import { qrPng } from '../passes/code.ts'
import { paper as printed } from '../passes/service.ts'
import type { papers } from './contract.ts'
import { passPdf, slipPdf } from './forms.ts'

export async function file(
  ctx: Ctx,
  input: RouteInput<typeof papers.file>,
  http: { readonly reply: FastifyReply },
): Promise<string> {
  const { form } = input.query
  const [paper, zone, house] = await Promise.all([
    printed(ctx, { params: input.params, query: undefined, body: undefined }),
    zoneOf(query(ctx), ctx.siteId),
    houseOf(ctx),
  ])
  const what = {
    ...paper,
    zone,
    at: ctx.kernel.clock.now(),
    kindName: house.kinds.get(paper.visit.kind)?.name.zh ?? paper.visit.kind,
    code: await qrPng(paper.code),
  }
  const content = form === 'slip' ? await slipPdf(what) : await passPdf(what, form)
  const name = `${form === 'slip' ? '来访人员来访登记表' : '访客证'} ${paper.visit.number}.pdf`
  await http.reply
    .type('application/pdf')
    .header('content-disposition', disposition('inline', name))
    .send(content)
  return ''
}
