/** A small house for the module's tests: a sales department with its head and two salespeople, an office, a desk. */
import { systemActor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { type Kernel, systemCtx } from '../../kernel/kernel.ts'
import { command } from '../../kernel/work/command.ts'
import { create } from '../directory/departments/service.ts'
import { createPerson } from '../directory/public.ts'
import { addSite } from '../identity/public.ts'

export interface SalesHouse {
  readonly headId: string
  readonly anId: string
  readonly boId: string
  readonly officeId: string
  readonly deskId: string
  readonly departmentId: string
}

export async function salesHouse(app: { readonly kernel: Kernel }, site: string): Promise<SalesHouse> {
  const ctx = systemCtx(app.kernel, site, systemActor)
  const [headId, anId, boId, officeId, deskId] = [newId(), newId(), newId(), newId(), newId()]
  await command(ctx, async (work) => {
    addSite(work, { id: site, code: site.slice(-8), name: '测试公司', zone: 'Asia/Shanghai' })
  })
  await command(ctx, async (work) => {
    createPerson(work, { id: headId, name: '孙经理', extension: '8001' })
    createPerson(work, { id: officeId, name: '行政小何' })
    createPerson(work, { id: deskId, name: '前台小周' })
  })
  const department = await create(ctx, {
    body: { name: '销售部', parentId: null, headId, deputyId: null, extension: '8100' },
  })
  await command(ctx, async (work) => {
    createPerson(work, { id: anId, name: '赵敏', departmentId: department.id, extension: '8101' })
    createPerson(work, { id: boId, name: '钱波', departmentId: department.id, extension: '8102' })
  })
  return { headId, anId, boId, officeId, deskId, departmentId: department.id }
}
