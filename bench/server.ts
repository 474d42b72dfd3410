/**
 * The product's server in its own process, with a small house in it: one site, a department, hosts, passes, API keys.
 * Everything is made by the product's own use cases. Started by `stage.ts`, which hears the port over IPC.
 */
import { buildApp } from '../src/apps/server/app.ts'
import { systemActor } from '../src/kernel/actor.ts'
import { readConfig } from '../src/kernel/config.ts'
import { newId } from '../src/kernel/ids.ts'
import { type Kernel, systemCtx } from '../src/kernel/kernel.ts'
import { makeLog } from '../src/kernel/log.ts'
import { command } from '../src/kernel/work/command.ts'
import { create as createDepartment } from '../src/modules/directory/departments/service.ts'
import { createPerson } from '../src/modules/directory/public.ts'
import { create as createKey } from '../src/modules/identity/keys/service.ts'
import { addSite } from '../src/modules/identity/public.ts'
import { addPasses } from '../src/modules/visits/passes/store.ts'

export interface House {
  readonly siteId: string
  readonly hostIds: readonly string[]
  readonly key: { readonly id: string; readonly secret: string }
}

const hosts = 200

async function makeHouse(kernel: Kernel, passes: number): Promise<House> {
  const siteId = newId()
  const ctx = systemCtx(kernel, siteId, systemActor)
  await command(ctx, async (work) => {
    addSite(work, { id: siteId, code: 'bench', name: '测试园区', zone: 'Asia/Shanghai' })
  })
  const body = { name: '技术部', parentId: null, headId: null, deputyId: null, extension: '8100' }
  const department = await createDepartment(ctx, { body })
  const hostIds = Array.from({ length: hosts }, () => newId())
  await command(ctx, async (work) => {
    hostIds.forEach((id, n) => {
      createPerson(work, {
        id,
        name: `工程师${n + 1}`,
        departmentId: department.id,
        extension: String(8200 + n),
      })
    })
  })
  const { key, secret } = await createKey(ctx, {
    body: { name: 'bench', role: 'receptionist', expiresAt: null },
  })
  for (let from = 1; from <= passes; from += 10_000) {
    const some = Array.from(
      { length: Math.min(10_000, passes - from + 1) },
      (_, n) => `P${String(from + n).padStart(7, '0')}`,
    )
    await kernel.sql.run(addPasses(siteId, some))
  }
  return { siteId, hostIds, key: { id: key.id, secret } }
}

if (import.meta.main) {
  const config = readConfig()
  if (config.databaseUrl === undefined) throw new Error('started by bench/run.ts, not by hand')
  const app = await buildApp({ config, databaseUrl: config.databaseUrl, log: makeLog(config.logLevel) })
  const house = await makeHouse(app.kernel, Number(process.argv[2] ?? 0))
  await app.http.listen({ host: '127.0.0.1', port: 0 })
  await app.startBackground()
  const bound = app.http.server.address()
  process.send?.({ port: typeof bound === 'object' && bound !== null ? bound.port : 0, house })
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    void app.stop().finally(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  // The benchmark was killed: nobody is left to end us.
  process.on('disconnect', stop)
}
