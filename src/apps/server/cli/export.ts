import { writeFile } from 'node:fs/promises'
import Fastify, { type FastifyReply } from 'fastify'
import type { Ctx } from '../../../kernel/work/command.ts'
import { exportEmployees } from '../../../modules/directory/sheets/export.ts'
import { exportRegister } from '../../../modules/visits/register/service.ts'
import { type Command, ctxAt, parse, print, UsageError, withKernel } from './command.ts'

type Language = 'zh' | 'en'
interface Asked {
  readonly from: string | undefined
  readonly to: string | undefined
  readonly language: Language
}

const visitsForm =
  (form: 'registration' | 'in-out') => async (ctx: Ctx, asked: Asked, reply: FastifyReply) => {
    await exportRegister(ctx, { params: undefined, body: undefined, query: { ...asked, form } }, { reply })
  }

const registers: Readonly<Record<string, (ctx: Ctx, asked: Asked, reply: FastifyReply) => Promise<void>>> = {
  visits: visitsForm('registration'),
  'visits-in-out': visitsForm('in-out'),
  employees: (ctx, { language }, reply) =>
    exportEmployees(ctx, { query: { state: 'active', lang: language } }, { reply }),
}

export const exportCommand: Command = {
  name: 'export',
  summary: 'write a register as Excel file',
  usage: `foyer export REGISTER [--out FILE] [--site CODE] [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--language zh|en]

Registers: visits (来访人员登记表), visits-in-out (来访人员出入登记表), employees (员工名册).
The file is REGISTER.xlsx unless --out names another. That it was taken is written into the journal.`,
  async run(args) {
    const { values, positionals } = parse(args, {
      out: { type: 'string' },
      site: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      language: { type: 'string', default: 'zh' },
    })
    const [register, ...rest] = positionals
    const known = Object.keys(registers).join(', ')
    const write = register === undefined ? undefined : registers[register]
    if (register === undefined || rest.length > 0) throw new UsageError(`one register is needed: ${known}`)
    if (write === undefined) throw new UsageError(`"${register}" is no register; there are: ${known}`)
    const { language, from, to } = values
    if (language !== 'zh' && language !== 'en') throw new UsageError('--language is zh or en')
    for (const [name, day] of [
      ['--from', from],
      ['--to', to],
    ] as const) {
      if (day !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(day))
        throw new UsageError(`${name} is a day: 2026-01-31`)
    }
    const out = values.out ?? `${register}.xlsx`
    const content = await withKernel(async (kernel) => {
      const ctx = await ctxAt(kernel, values.site)
      return await fileOf((reply) => write(ctx, { from, to, language }, reply))
    })
    await writeFile(out, content)
    print(`${out}: ${content.length} bytes`)
    return 0
  },
}

/** The use cases answer with a file over HTTP; here the answer is caught without a socket. */
async function fileOf(write: (reply: FastifyReply) => Promise<void>): Promise<Buffer> {
  const once = Fastify()
  let failure: unknown
  once.get('/', async (_request, reply) => {
    await write(reply)
    return reply
  })
  once.setErrorHandler((error, _request, reply) => {
    failure = error
    return reply.code(500).send('')
  })
  try {
    const { rawPayload } = await once.inject('/')
    if (failure !== undefined) throw failure
    return rawPayload
  } finally {
    await once.close()
  }
}
