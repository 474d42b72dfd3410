/** Who is inside at this moment (V18): visitors with their companions, staff signed in; each with a zone. */
import { type RawStatement, raw, type Sql } from '../../../kernel/db/sql.ts'
import { allStaff, type StaffMember, staffMembers } from '../../directory/public.ts'

export interface InsidePerson {
  readonly kind: 'visitor' | 'staff'
  /** Visit or employee. */
  readonly subjectId: string
  /** 0 the visitor, 1… companions; one whose name nobody wrote down is 「王芳 +1」. */
  readonly place: number
  readonly name: string
  readonly organisation: string
  readonly hostName: string
  /** Pass number or staff number. */
  readonly detail: string
  readonly zoneZh: string
  readonly zoneEn: string
}

/** Which staff count as inside: those signed in, everybody who is not out, nobody. */
export type StaffCounted = 'signed-in' | 'everyone' | 'none'

/**
 * Members of a group are visits of their own, so companions and groups need no second look. Where a door or the gate last
 * read the pass counts most; else the areas of the pass or the host's department, and before the host is there the waiting place.
 */
function visitorsInside(siteId: string): RawStatement<InsidePerson> {
  return raw(
    `select 'visitor' as kind, v.id as "subjectId", p.place,
       case when p.place = 0 then v.visitor_name else coalesce(nullif(v.companions ->> (p.place - 1), ''), v.visitor_name || ' +' || p.place) end as name,
       v.organisation, coalesce(nullif(v.receiver_name, ''), v.host_name) as "hostName",
       coalesce(v.pass_number, '') as detail, z.zh as "zoneZh", z.en as "zoneEn"
     from visit v
     cross join lateral generate_series(0, greatest(v.party_size, 1) - 1) p(place)
     left join area s on s.site_id = v.site_id and s.name_zh = v.seen_area and not s.archived
     cross join lateral (
       select string_agg(n.name, '、' order by n.at) as zh,
         string_agg(coalesce(nullif(r.name_en, ''), n.name), ', ' order by n.at) as en
       from jsonb_array_elements_text(v.areas) with ordinality n(name, at)
       left join area r on r.site_id = v.site_id and r.name_zh = n.name and not r.archived) a
     cross join lateral (
       select v.status in ('with_host', 'signed_off') as "in") w
     cross join lateral (
       select coalesce(nullif(v.seen_area, ''),
           case when w."in" then coalesce(nullif(a.zh, ''), v.host_department) else v.waiting_place ->> 'zh' end, '') as zh,
         coalesce(nullif(s.name_en, ''), nullif(v.seen_area, ''),
           case when w."in" then coalesce(nullif(a.en, ''), v.host_department) else v.waiting_place ->> 'en' end, '') as en) z
     where v.site_id = $1 and v.status in ('held', 'asking', 'admitted', 'with_host', 'signed_off')
     order by v.arrived_at, v.id, p.place`,
    [siteId],
  )
}

interface Signed {
  readonly employeeId: string
  readonly zone: string
  readonly inside: boolean
  readonly out: boolean
}

function signedStaff(siteId: string): RawStatement<Signed> {
  return raw(
    `select coalesce(p.employee_id, o.employee_id) as "employeeId", coalesce(p.zone, '') as zone,
       coalesce(p.inside, false) as inside, o.employee_id is not null as out
     from (select employee_id, zone, inside from staff_presence where site_id = $1 and inside) p
     full join (select employee_id from outing where site_id = $1 and status = 'out') o on o.employee_id = p.employee_id`,
    [siteId],
  )
}

function asInside(person: StaffMember, zone: string): InsidePerson {
  const where = zone || person.floor || person.departmentName
  return {
    kind: 'staff',
    subjectId: person.id,
    place: 0,
    name: person.name,
    organisation: person.departmentName,
    hostName: '',
    detail: person.number,
    zoneZh: where,
    zoneEn: where,
  }
}

async function staffInside(sql: Sql, siteId: string, counted: StaffCounted): Promise<InsidePerson[]> {
  if (counted === 'none') return []
  const signed = await sql.all(signedStaff(siteId))
  const out = new Set(signed.filter((one) => one.out).map((one) => one.employeeId))
  const zones = new Map(signed.filter((one) => one.inside).map((one) => [one.employeeId, one.zone]))
  const people = await sql.all(
    counted === 'everyone' ? allStaff(siteId) : staffMembers(siteId, [...zones.keys()]),
  )
  return people
    .filter((person) => !out.has(person.id))
    .map((person) => asInside(person, zones.get(person.id) ?? ''))
}

/** Reads only; inside a transaction it sees what the transaction sees. */
export async function peopleInside(sql: Sql, siteId: string, counted: StaffCounted): Promise<InsidePerson[]> {
  const [visitors, staff] = await Promise.all([
    sql.all(visitorsInside(siteId)),
    staffInside(sql, siteId, counted),
  ])
  return [...visitors, ...staff]
}
