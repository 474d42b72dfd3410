import { raw, type Statement } from '../../../kernel/db/sql.ts'

/** Calls, promises and messages that began within; `handler` null: everybody's. */
export interface Span {
  readonly siteId: string
  readonly from: Date
  readonly to: Date
  readonly handler: string | null
}

const values = (span: Span) => [span.siteId, span.from, span.to, span.handler]

/** $4 belongs to every statement, so that one span fills them all. */
const inSpan = `site_id = $1 and started_at >= $2 and started_at < $3 and ($4::uuid is null or handler_id = $4)`

export interface HourRow {
  readonly day: string
  readonly weekday: number
  readonly hour: number
  readonly direction: 'in' | 'out' | 'internal'
  readonly outcome: string | null
  readonly route: string | null
  readonly handler_id: string | null
  readonly handler_name: string
  readonly rings: number | null
  readonly private: boolean
  readonly long: boolean
  readonly answered: boolean
  readonly calls: number
  readonly talk: number
}

/**
 * One pass over the calls, grouped as finely as any figure needs: everything else is added up from these rows, so that
 * no two figures of the report can disagree (G8).
 */
export function callGroups(span: Span, zone: string, privateSeconds: number): Statement<HourRow> {
  return raw<HourRow>(
    `select to_char(started_at at time zone $5, 'YYYY-MM-DD') as day,
       extract(isodow from started_at at time zone $5)::int as weekday,
       extract(hour from started_at at time zone $5)::int as hour,
       direction, outcome, route, handler_id, max(handler_name) as handler_name, least(rings, 10)::int as rings, private,
       (private and talk_seconds > $6) as long, (answered_at is not null) as answered,
       count(*)::int as calls, sum(talk_seconds)::float8 as talk
     from call where ${inSpan}
     group by 1, 2, 3, direction, outcome, route, handler_id, least(rings, 10), private, 11, 12`,
    [...values(span), zone, privateSeconds],
  )
}

export interface HopRow {
  readonly step: number
  readonly result: string
  readonly count: number
}

export function hopResults(span: Span): Statement<HopRow> {
  return raw<HopRow>(
    `select h.step, h.result, count(*)::int as count from call_hop h join call c on c.id = h.call_id
     where c.site_id = $1 and c.started_at >= $2 and c.started_at < $3 and ($4::uuid is null or c.handler_id = $4)
       and h.step is not null and h.result not in ('trying', 'cancelled')
     group by h.step, h.result order by h.step, h.result`,
    values(span),
  )
}

export interface CallbackRow {
  readonly day: string
  readonly person: string | null
  readonly person_name: string
  readonly kept: number
  readonly of: number
}

/** Promises that fell due within: kept in time, of all but those the customer did not want any more. */
export function callbacksKept(span: Span, zone: string, now: Date): Statement<CallbackRow> {
  return raw<CallbackRow>(
    `select to_char(due_at at time zone $5, 'YYYY-MM-DD') as day,
       coalesce(taken_by, case when owner_kind = 'person' then owner_id::uuid end) as person,
       max(coalesce(nullif(taken_by_name, ''), owner_name)) as person_name,
       count(*) filter (where in_time)::int as kept, count(*)::int as of
     from callback
     where site_id = $1 and due_at >= $2 and due_at < $3 and status <> 'withdrawn'
       and (ended_at is not null or due_at < $6)
       and ($4::uuid is null or taken_by = $4 or (taken_by is null and owner_id = $4::text))
     group by 1, 2`,
    [...values(span), zone, now],
  )
}

export interface MessageRow {
  readonly seen: number
  readonly of: number
  readonly reported: number
  readonly to_report: number
}

/** Seen within the site's minutes (urgent ones sooner), and told back to the caller where that was promised (C10). */
export function messagesSeen(
  span: Span,
  minutes: number,
  urgentMinutes: number,
  now: Date,
): Statement<MessageRow> {
  return raw<MessageRow>(
    `select count(*) filter (where seen_at <= taken_at + limit_of)::int as seen,
       count(*) filter (where seen_at is not null or taken_at + limit_of < $7)::int as of,
       count(*) filter (where report_back and reported_at is not null)::int as reported,
       count(*) filter (where report_back and done_at is not null)::int as to_report
     from (select *, make_interval(mins => case when urgent then $6::int else $5::int end) as limit_of
       from message where site_id = $1 and taken_at >= $2 and taken_at < $3 and status <> 'withdrawn'
         and ($4::uuid is null or to_id = $4::text)) m`,
    [...values(span), minutes, urgentMinutes, now],
  )
}

export interface ScoreRow {
  readonly score: number
  readonly count: number
}

/** C14. */
export function satisfaction(span: Span): Statement<ScoreRow> {
  return raw<ScoreRow>(
    `select satisfaction as score, count(*)::int as count from callback
     where site_id = $1 and ended_at >= $2 and ended_at < $3 and satisfaction is not null
       and ($4::uuid is null or taken_by = $4)
     group by satisfaction order by satisfaction`,
    values(span),
  )
}

export interface PrivateRow {
  readonly id: string
  readonly number: number
  readonly at: Date
  readonly name: string
  readonly talk: number
  readonly direction: string
}

const mostPrivate = 500

/** C12: longest first. */
export function privateCalls(span: Span, seconds: number): Statement<PrivateRow> {
  return raw<PrivateRow>(
    `select id, number::int as number, started_at as at, handler_name as name, talk_seconds::float8 as talk, direction
     from call where ${inSpan} and private and talk_seconds > $5
     order by talk_seconds desc, id limit ${mostPrivate}`,
    [...values(span), seconds],
  )
}
