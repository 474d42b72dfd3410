/** A small house for the module's tests: a desk of two, a sales department, hotlines, a customer and whose it is. */
import { type Actor, systemActor } from '../../kernel/actor.ts'
import { raw } from '../../kernel/db/sql.ts'
import { newId } from '../../kernel/ids.ts'
import { type Kernel, systemCtx } from '../../kernel/kernel.ts'
import { seedSettings } from '../../kernel/settings/settings.ts'
import { command } from '../../kernel/work/command.ts'
import { createPerson } from '../directory/public.ts'
import { addSite } from '../identity/public.ts'

export interface CallsHouse {
  readonly siteId: string
  /** 李明 8101: owner of the customer; deputy 赵岚 8102; head 周经理 8200. */
  readonly ownerId: string
  readonly deputyId: string
  readonly headId: string
  readonly dutyId: string
  readonly deskId: string
  readonly secondDeskId: string
  readonly customerId: string
  readonly contactId: string
}

export const customerNumber = '+8613912345678'

export async function callsHouse(
  app: { readonly kernel: Kernel },
  siteId: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<CallsHouse> {
  const ctx = systemCtx(app.kernel, siteId, systemActor)
  const [ownerId, deputyId, headId, dutyId, deskId, secondDeskId, customerId, contactId, sales] = [
    newId(),
    newId(),
    newId(),
    newId(),
    newId(),
    newId(),
    newId(),
    newId(),
    newId(),
  ]
  await command(ctx, async (work) => {
    addSite(work, { id: siteId, code: siteId.slice(-8), name: '测试人才网', zone: 'Asia/Shanghai' })
  })
  await command(ctx, async (work) => {
    createPerson(work, { id: headId, name: '周经理', extension: '8200' })
    createPerson(work, { id: deputyId, name: '赵岚', extension: '8102' })
    createPerson(work, { id: deskId, name: '前台小周', extension: '8888' })
    createPerson(work, { id: secondDeskId, name: '前台小陈', extension: '8889' })
    await seedSettings(work, settings, 'test')
    work.journal({ entity: 'site', entityId: siteId, action: 'site.tested' })
  })
  await command(ctx, async (work) => {
    const { now } = work
    const run = (text: string, values: readonly unknown[]) => work.run(raw(text, values))
    await run(
      `insert into department (id, site_id, name, head_id, extension, created_at) values ($1, $2, '业务部', $3, '8100', $4)`,
      [sales, siteId, headId, now],
    )
    await run('update employee set department_id = $1 where id = any($2::uuid[])', [
      sales,
      [headId, deputyId],
    ])
    createPerson(work, { id: ownerId, name: '李明', departmentId: sales, deputyId, extension: '8101' })
    createPerson(work, { id: dutyId, name: '值班小王', departmentId: sales, extension: '8103' })
    work.journal({ entity: 'site', entityId: siteId, action: 'site.tested' })
  })
  await command(ctx, async (work) => {
    const { now } = work
    const run = (text: string, values: readonly unknown[]) => work.run(raw(text, values))
    await run(
      `insert into customer (id, site_id, name, name_pinyin, name_initials, name_key, owner_id, owner_since, created_at,
         created_by, updated_at) values ($1, $2, '华信科技', 'huaxinkeji', 'hxkj', '华信', $3, $4, $4, 'test', $4)`,
      [customerId, siteId, ownerId, now],
    )
    await run(
      `insert into contact (id, site_id, customer_id, name, name_pinyin, name_initials, origin, created_at, created_by,
         updated_at) values ($1, $2, $3, '王芳', 'wangfang', 'wf', 'manual', $4, 'test', $4)`,
      [contactId, siteId, customerId, now],
    )
    await run(
      `insert into customer_phone (id, site_id, contact_id, number, kind, position) values ($1, $2, $3, $4, 'mobile', 1)`,
      [newId(), siteId, contactId, customerNumber],
    )
    await run(
      `insert into duty_day (site_id, day, post, employee_id, employee_name, set_at, set_by_name)
       values ($1, ($3::timestamptz at time zone 'Asia/Shanghai')::date, 'sales', $2, '值班小王', $3, 'test')`,
      [siteId, dutyId, now],
    )
  })
  return { siteId, ownerId, deputyId, headId, dutyId, deskId, secondDeskId, customerId, contactId }
}

export function deskActor(siteId: string, employeeId: string, name: string): Actor {
  return {
    kind: 'user',
    id: newId(),
    name,
    employeeId,
    roles: new Map([[siteId, ['receptionist']]]),
    link: null,
  }
}
