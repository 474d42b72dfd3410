import type { FastifyReply } from 'fastify'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import type { RouteInput } from '../../../kernel/contract.ts'
import { DomainError } from '../../../kernel/errors.ts'
import { showNumber } from '../../../kernel/telephone/number.ts'
import { type Ctx, command, query } from '../../../kernel/work/command.ts'
import { filterOf } from '../companies/service.ts'
import { type CompanyRow, companyPage, placeOf } from '../companies/store.ts'
import type { customers } from '../contract.ts'
import type { Place } from '../lists/paging.ts'
import { phonesOf, type StoredPhone } from '../phones/store.ts'
import { type ColumnKey, customerColumns, gradeWords } from './columns.ts'
import { peopleOfCompanies, peopleWithoutCompany, type SheetContact } from './store.ts'

type Lang = 'zh' | 'en'
type Asked = RouteInput<typeof customers.export>['query']

interface Line {
  readonly company: CompanyRow | null
  readonly contact: SheetContact | null
  readonly companyPhones: readonly StoredPhone[]
  readonly contactPhones: readonly StoredPhone[]
}

const mostLines = 50_000
const chunk = 500

/** Companies page by page with their people; people without a company at the end, unless a filter names companies. */
async function* everyLine(ctx: Ctx, asked: Asked): AsyncGenerator<Line> {
  const sql = query(ctx)
  const filter = filterOf(ctx, asked)
  for (let after: Place | null = null; ; ) {
    const companies: CompanyRow[] = await sql.all(companyPage(filter, 'name', after, chunk))
    const ids = companies.map((one) => one.id)
    const people = await sql.all(peopleOfCompanies(ctx.siteId, ids))
    const phones = await sql.all(
      phonesOf(
        people.map((one) => one.id),
        ids,
      ),
    )
    const byCompany = Map.groupBy(people, (one) => one.customerId)
    const numbers = Map.groupBy(phones, (one) => one.contactId ?? one.customerId)
    for (const company of companies) {
      const companyPhones = numbers.get(company.id) ?? []
      const own = byCompany.get(company.id) ?? []
      if (own.length === 0) yield { company, contact: null, companyPhones, contactPhones: [] }
      for (const contact of own)
        yield { company, contact, companyPhones, contactPhones: numbers.get(contact.id) ?? [] }
    }
    const last = companies.at(-1)
    if (last === undefined || companies.length < chunk) break
    after = placeOf(last, 'name')
  }
  const narrowed = [asked.q, asked.grade, asked.owner, asked.tag].some(
    (one) => one !== undefined && one !== '',
  )
  if (narrowed || asked.state === 'inactive') return
  for (let after: { pinyin: string; id: string } | null = null; ; ) {
    const people: (SheetContact & { pinyin: string })[] = await sql.all(
      peopleWithoutCompany(ctx.siteId, after, chunk),
    )
    const ids = people.map((one) => one.id)
    const numbers = Map.groupBy(await sql.all(phonesOf(ids, [])), (one) => one.contactId)
    for (const contact of people)
      yield { company: null, contact, companyPhones: [], contactPhones: numbers.get(contact.id) ?? [] }
    const last = people.at(-1)
    if (last === undefined || people.length < chunk) return
    after = { pinyin: last.pinyin, id: last.id }
  }
}

/** Numbers in full; that they were taken out of the house is journalled (G4, G5). */
export async function exportCustomers(
  ctx: Ctx,
  input: RouteInput<typeof customers.export>,
  http: { reply: FastifyReply },
): Promise<void> {
  const { lang, ...filter } = input.query
  const rows: SheetData = [
    customerColumns.map((column) => ({ value: column[lang], fontWeight: 'bold' as const })),
  ]
  for await (const line of everyLine(ctx, input.query)) {
    // Text stays text: a name that begins with "=" must not become a formula in somebody's Excel.
    rows.push(customerColumns.map(({ key }) => ({ value: cell(line, key, lang), type: String })))
    if (rows.length > mostLines + 1) throw new DomainError('customer.too-many-rows', { most: mostLines })
  }
  const content = await writeXlsxFile(rows, {
    sheet: lang === 'zh' ? '客户' : 'Customers',
    columns: customerColumns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer()
  await command({ ...ctx, idempotency: null }, async (work) => {
    work.journal({
      entity: 'customer',
      entityId: 'list',
      action: 'customer.exported',
      data: { rows: rows.length - 1, filter },
    })
  })
  const name = lang === 'zh' ? '客户名册' : 'customers'
  await http.reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header(
      'content-disposition',
      `attachment; filename="customers.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}.xlsx`,
    )
    .send(content)
}

const between: Record<Lang, string> = { zh: '、', en: ', ' }

/** `办公 0755-6666 8000-8130`: as the importer reads it again. */
function numbers(phones: readonly StoredPhone[], lang: Lang): string {
  return phones
    .map(({ number, extension, label }) =>
      [label, `${showNumber(number)}${extension === '' ? '' : `转${extension}`}`].filter(Boolean).join(' '),
    )
    .join(between[lang])
}

function cell(line: Line, key: ColumnKey, lang: Lang): string {
  const { company, contact } = line
  switch (key) {
    case 'company':
      return company?.name ?? contact?.organisation ?? ''
    case 'shortName':
    case 'industry':
    case 'address':
    case 'website':
      return company?.[key] ?? ''
    case 'grade':
      return company === null ? '' : gradeWords[company.grade][lang === 'zh' ? 0 : 1]
    case 'companyPhone':
      return numbers(line.companyPhones, lang)
    case 'companyTags':
      return (company?.tags ?? []).join(between[lang])
    case 'companyNote':
      return company?.note ?? ''
    case 'owner':
      return company?.ownerName ?? ''
    case 'lockedUntil':
      return company?.lockedUntil ?? ''
    case 'contact':
      return contact?.name ?? ''
    case 'post':
      return contact?.title ?? ''
    case 'sex':
      return sexWord(contact?.sex ?? null, lang)
    case 'phone':
      return numbers(line.contactPhones, lang)
    case 'vip':
      return contact?.vip === true ? (lang === 'zh' ? '是' : 'yes') : ''
    case 'contactTags':
      return (contact?.tags ?? []).join(between[lang])
    case 'contactNote':
      return contact?.note ?? ''
    default:
      return contact?.[key] ?? ''
  }
}

function sexWord(sex: 'female' | 'male' | null, lang: Lang): string {
  if (sex === null) return ''
  return lang === 'zh' ? (sex === 'female' ? '女' : '男') : sex
}
