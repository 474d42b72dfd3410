/** A small house for the module's tests: one site, a department with head and deputy, a host, a desk, passes. */
import { CompactSign, generateKeyPair } from 'jose'
import { systemActor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { type Kernel, systemCtx } from '../../kernel/kernel.ts'
import { command } from '../../kernel/work/command.ts'
import { create } from '../directory/departments/service.ts'
import { createPerson } from '../directory/public.ts'
import { addSite } from '../identity/public.ts'
import { addPasses } from './passes/store.ts'

export interface TestHouse {
  readonly hostId: string
  readonly deputyId: string
  readonly headId: string
  readonly deskId: string
}

export async function houseFor(app: { readonly kernel: Kernel }, site: string): Promise<TestHouse> {
  const ctx = systemCtx(app.kernel, site, systemActor)
  const [hostId, deputyId, headId, deskId] = [newId(), newId(), newId(), newId()]
  await command(ctx, async (work) => {
    addSite(work, { id: site, code: site.slice(-8), name: '测试园区', zone: 'Asia/Shanghai' })
  })
  await command(ctx, async (work) => {
    createPerson(work, { id: headId, name: '孙总' })
    createPerson(work, { id: deputyId, name: '李副' })
    createPerson(work, { id: deskId, name: '前台小周' })
  })
  const department = await create(ctx, {
    body: { name: '技术部', parentId: null, headId, deputyId: null, extension: '8100' },
  })
  await command(ctx, async (work) => {
    createPerson(work, { id: hostId, name: '张工', departmentId: department.id, deputyId, extension: '8171' })
  })
  await app.kernel.sql.run(
    addPasses(
      site,
      Array.from({ length: 60 }, (_, i) => `A${String(i + 1).padStart(3, '0')}`),
    ),
  )
  return { hostId, deputyId, headId, deskId }
}

/** What another house's Foyer would have signed: right in form, by a key nobody here has. */
export async function signedElsewhere(payload: Readonly<Record<string, unknown>>): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256')
  return await new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256', kid: newId() })
    .sign(privateKey)
}
