/** For tests: a house with an executive, a secretary, a category of important guests and two parking places. */
import { systemActor } from '../../../kernel/actor.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { type Kernel, systemCtx } from '../../../kernel/kernel.ts'
import { storeSetting } from '../../../kernel/settings/settings.ts'
import { command } from '../../../kernel/work/command.ts'
import { createPerson } from '../../directory/public.ts'
import { categoriesSetting, kindsSetting } from '../settings.ts'
import { houseFor, type TestHouse } from '../testing.ts'
import { parkingSetting } from '../vehicles/settings.ts'

export interface ImportantHouse extends TestHouse {
  readonly bossId: string
  readonly secretaryId: string
}

export async function importantHouse(
  app: { readonly kernel: Kernel },
  site: string,
): Promise<ImportantHouse> {
  const people = await houseFor(app, site)
  const [bossId, secretaryId] = [newId(), newId()]
  const ctx = systemCtx(app.kernel, site, systemActor)
  await command(ctx, async (work) => {
    createPerson(work, { id: secretaryId, name: '江秘书' })
    createPerson(work, { id: bossId, name: '周总' })
  })
  await app.kernel.sql.run(raw('update employee set secretary_id = $1 where id = $2', [secretaryId, bossId]))
  await command(ctx, async (work) => {
    const general = categoriesSetting.fallback[0]
    if (general === undefined) throw new Error('no category')
    const vip = {
      ...general,
      key: 'important',
      important: true,
      consent: 'never' as const,
      slip: false,
      pass: false,
      signOff: false,
      required: [],
    }
    await storeSetting(work, categoriesSetting, [general, vip], 0, 'test')
    const visitor = {
      key: 'visitor',
      name: { zh: '访客', en: 'Visitor' },
      category: 'general',
      questions: true,
      topics: [],
    }
    const guest = {
      ...visitor,
      key: 'guest',
      name: { zh: '贵宾', en: 'Guest' },
      category: 'important',
      questions: false,
    }
    await storeSetting(work, kindsSetting, [visitor, guest], 0, 'test')
    const lot = { key: 'front', name: { zh: '前院', en: 'Front' }, places: ['A1', 'A2'], reserved: ['A1'] }
    await storeSetting(work, parkingSetting, { lots: [lot] }, 0, 'test')
  })
  app.kernel.settings.forget(site)
  return { ...people, bossId, secretaryId }
}
