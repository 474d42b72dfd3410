/** For tests: somebody the house comes to know in every way there is (G5). */
import type { TestApp } from '../../../apps/server/testing.ts'
import { raw } from '../../../kernel/db/sql.ts'
import { newId } from '../../../kernel/ids.ts'
import { follow } from '../../../kernel/journal/followers.ts'
import type { Ctx } from '../../../kernel/work/command.ts'
import { recogniseContact } from '../../customers/public.ts'
import * as agreements from '../agreements/service.ts'
import * as signing from '../agreements/sign.ts'
import { announce } from '../arrival/announce.ts'
import { checkIn } from '../arrival/check-in.ts'
import { register } from '../arrival/register.ts'
import { visits } from '../contract.ts'
import { emergencies } from '../emergency/contract.ts'
import * as emergency from '../emergency/service.ts'
import { create as createGroup } from '../groups/announce.ts'
import { groups } from '../groups/contract.ts'
import { release as releaseGroup } from '../groups/exit.ts'
import { checkIn as checkInGroup } from '../groups/service.ts'
import { permits } from '../permits/contract.ts'
import * as permit from '../permits/service.ts'
import { use } from '../permits/use.ts'
import * as incident from '../security/service.ts'
import { release } from '../stay/exit.ts'
import { edit } from '../stay/inside.ts'
import type { TestHouse } from '../testing.ts'
import { unannounced } from '../unannounced/contract.ts'
import * as unannouncedService from '../unannounced/service.ts'
import { vehicles } from '../vehicles/contract.ts'
import * as car from '../vehicles/service.ts'

export const person = {
  name: '欧阳独一二',
  phone: '13987654321',
  document: '11010519491231002X',
  plate: '粤B7Q9K1',
  email: 'ouyang.only@example.test',
  companion: '司徒随行九',
}
export const none = { params: undefined, query: undefined, body: undefined }
export const at = (id: string) => ({ ...none, params: { id } })

export async function followAll(app: TestApp): Promise<void> {
  await app.settled()
  for (const module of app.kernel.modules.list) {
    for (const follower of module.followers ?? []) {
      while ((await follow(app.kernel, follower)) > 0);
    }
  }
}

export const details = {
  visitorName: person.name,
  organisation: '独行科技',
  phone: person.phone,
  purpose: `${person.name}来对账`,
  kind: 'visitor',
}

export interface Known {
  readonly app: TestApp
  readonly house: TestHouse
  readonly site: string
  readonly desk: Ctx
  readonly office: Ctx
  readonly guard: Ctx
}

/** Every way a person comes to be on record; whoever adds one, adds it here. */
export function everyWay({
  app,
  house,
  site,
  desk,
  office,
  guard,
}: Known): Record<string, () => Promise<void>> {
  async function leave(id: string): Promise<void> {
    await release(desk, {
      ...at(id),
      body: { passReturned: true, slipReturned: true, hostConfirmed: { byName: '张工' } },
    })
  }

  const versionOf = async (id: string) =>
    (await app.kernel.sql.one(raw<{ version: number }>('select version from visit where id = $1', [id])))
      .version

  return {
    'walk-in with everything': async () => {
      const visit = await register(app.ctx(desk.actor, site, 'first-key'), {
        body: visits.register.body.parse({
          ...details,
          hostId: house.hostId,
          companions: [person.companion],
          plate: person.plate,
          note: `${person.name},电话 ${person.phone}`,
          consent: { how: 'phone', byId: house.hostId },
          document: { kind: 'id-card', number: person.document, nameOnDocument: person.name },
          issuePass: true,
        }),
      })
      await car.add(desk, {
        ...at(visit.id),
        body: vehicles.add.body.parse({
          plate: '粤A7Q9K1',
          driverName: person.companion,
          driverPhone: person.phone,
        }),
      })
      await edit(desk, {
        ...at(visit.id),
        body: visits.edit.body.parse({ version: await versionOf(visit.id), note: `${person.name}改` }),
      })
      const alarm = await incident.raise(desk, {
        body: { place: '前台', surface: 'desk', visitId: visit.id },
      })
      await incident.acknowledge(guard, at(alarm.id))
      const there = await incident.arrive(guard, at(alarm.id))
      await incident.edit(guard, {
        ...at(alarm.id),
        body: {
          version: there.version,
          persons: `${person.name} ${person.phone}`,
          course: `${person.name}大声喧哗`,
          measures: '劝离',
        },
      })
      await incident.close(guard, at(alarm.id))
      await leave(visit.id)
    },
    'announced, invited by e-mail, signs': async () => {
      const made = await agreements.create(office, {
        ...none,
        body: {
          ...{
            purpose: 'safety',
            title: { zh: '安全须知', en: 'Safety' },
            body: { zh: '须知', en: 'Notes' },
          },
          ...{ kinds: [], categories: [], validDays: 0, needsSignature: true },
        },
      })
      const agreement = await agreements.publish(office, { ...at(made.id), body: { version: made.version } })
      const expectedAt = new Date(app.clock.now().getTime() + 3_600_000).toISOString()
      const visit = await announce(desk, {
        body: visits.announce.body.parse({
          ...details,
          hostId: house.hostId,
          expectedAt,
          validUntil: new Date(app.clock.now().getTime() + 3 * 3_600_000).toISOString(),
          email: person.email,
          language: 'zh',
        }),
      })
      await followAll(app)
      await signing.sign(
        desk,
        visit.id,
        {
          ...{ versionId: agreement.current?.id ?? '', signerName: person.name, language: 'zh' as const },
          ...{ picture: null, read: true as const },
        },
        'kiosk',
      )
      await checkIn(desk, {
        ...at(visit.id),
        body: visits.checkIn.body.parse({
          consent: { how: 'phone', byId: house.hostId },
          document: { kind: 'id-card', number: person.document, nameOnDocument: person.name },
        }),
      })
      await leave(visit.id)
    },
    'asks for the host, who is told': async () => {
      const visit = await register(desk, {
        body: visits.register.body.parse({ ...details, hostId: house.hostId }),
      })
      await followAll(app)
      await app.kernel.sql.run(
        raw("update visit set status = 'admitted', admitted_at = now() where id = $1", [visit.id]),
      )
      await leave(visit.id)
    },
    'member and leader of a group': async () => {
      const group = await createGroup(desk, {
        ...none,
        body: groups.create.body.parse({
          ...{ title: `${person.name}参观团`, kind: 'visitor', hostId: house.hostId, organiser: '独行科技' },
          ...{
            expectedAt: app.clock.now().toISOString(),
            leaderName: person.name,
            leaderPhone: person.phone,
          },
          members: [{ visitorName: person.name, phone: person.phone, organisation: '独行科技' }],
        }),
      })
      await checkInGroup(desk, { ...at(group.id), body: groups.checkIn.body.parse({}) })
      await releaseGroup(desk, {
        ...at(group.id),
        body: groups.release.body.parse({ hostConfirmed: { byName: '张工' } }),
      })
    },
    'standing permit, used and ended': async () => {
      const drafted = await permit.create(desk, {
        ...none,
        body: permits.create.body.parse({
          ...{ holderName: person.name, phone: person.phone, organisation: '独行科技', kind: 'visitor' },
          ...{ purpose: `${person.name}维保`, hostId: house.hostId, plate: person.plate },
          ...{ validFrom: '2026-03-01', validTo: '2026-12-31', fromMinute: 0, toMinute: 1440 },
          document: { kind: 'id-card', number: person.document },
          papers: [{ kind: '特种作业证', number: person.document, expiresOn: '2026-06-30' }],
        }),
      })
      await permit.activate(desk, { ...at(drafted.id), body: { reason: '' } } as Parameters<
        typeof permit.activate
      >[1])
      const { visit } = await use(desk, { ...none, body: permits.use.body.parse({ code: drafted.number }) })
      await leave(visit.id)
      await permit.end(desk, { ...at(drafted.id), body: { reason: `${person.name}不再来` } })
    },
    'let in first, registered afterwards': async () => {
      const { items } = await emergency.kinds(desk)
      const made = await emergency.letIn(desk, {
        body: emergencies.letIn.body.parse({ kind: items[0]?.key, place: '大门', plate: person.plate }),
      })
      await emergency.register(desk, {
        ...at(made.visit.id),
        body: emergencies.register.body.parse({ ...details, plate: person.plate, hostId: house.hostId }),
      })
      await leave(made.visit.id)
    },
    'unannounced, instructed': async () => {
      const made = await unannouncedService.start(desk, {
        body: unannounced.begin.body.parse({
          ...{ visitorName: person.name, organisation: '独行科技', chargeId: house.headId },
          claim: `${person.name}说认识孙总`,
        }),
      })
      const { id } = made.visit
      await unannouncedService.contact(desk, { ...at(id), body: { result: 'no-answer' } })
      await unannouncedService.instruct(desk, {
        ...at(id),
        body: unannounced.instruct.body.parse({
          instruction: 'receive',
          words: `请${person.name}进来`,
          byId: house.headId,
        }),
      })
      await leave(id)
    },
    'known to the telephone': async () => {
      const { siteId } = desk
      const contactId = await recogniseContact(app.kernel.sql, {
        ...{ siteId, name: person.name, number: `+86${person.phone}`, organisation: '独行科技' },
        ...{ origin: 'call' as const, at: app.clock.now(), by: 'test', concerns: [house.hostId] },
      })
      const id = newId()
      await app.kernel.sql.run(
        raw(
          `insert into call (id, site_id, status, status_at, status_by, direction, source, caller_number, caller_shown, contact_id,
           contact_name, organisation, contact_phone, reason, outcome, outcome_note, terms, started_at, ended_at, created_at,
           created_by, updated_at)
         values ($1, $2, 'closed', $3, 'test', 'in', 'hand', $4, $4, $5, $6, '独行科技', $4, $7, 'message', $7, array[$6], $3, $3,
           $3, 'test', $3)`,
          [id, siteId, app.clock.now(), `+86${person.phone}`, contactId, person.name, `${person.name}问价`],
        ),
      )
      await app.kernel.sql.run(
        raw(
          `insert into message (id, site_id, status, status_at, status_by, call_id, caller_name, phone, matter, to_kind, to_id,
           to_name, taken_at, taken_by, taken_by_name, terms)
         values ($1, $2, 'new', $3, 'test', $4, $5, $6, $7, 'person', $8, '张工', $3, 'test', 'test', array[$5])`,
          [
            newId(),
            siteId,
            app.clock.now(),
            id,
            person.name,
            `+86${person.phone}`,
            `请回电${person.name}`,
            house.hostId,
          ],
        ),
      )
      await app.kernel.sql.run(
        raw(
          `insert into callback (id, site_id, status, status_at, status_by, kind, call_id, contact_id, caller_name, phone, matter,
           owner_kind, owner_id, owner_name, due_at, promised_at, promised_by, promised_by_name, terms)
         values ($1, $2, 'promised', $3, 'test', 'other', $4, $5, $6, $7, $8, 'person', $9, '张工', $3, $3, 'test', 'test',
           array[$6])`,
          [
            newId(),
            siteId,
            app.clock.now(),
            id,
            contactId,
            person.name,
            `+86${person.phone}`,
            `${person.name}报价`,
            house.hostId,
          ],
        ),
      )
      await app.kernel.sql.run(
        raw(
          `insert into customer_remark (id, site_id, contact_id, kind, text, status, at, by_id, by_name)
         values ($1, $2, $3, 'suggestion', $4, 'kept', $5, 'test', 'test')`,
          [newId(), siteId, contactId, `${person.name}建议增加座椅`, app.clock.now()],
        ),
      )
    },
  }
}
