-- Figures of visits (V23, G8). What each visit adds to them is one view; what was added is remembered per visit, so that
-- a follower of the journal adds new minus old, and a correction moves every count it touches.

-- PURE in the visit and its tasks: no clock, no setting. Deadlines are those the tasks were given at the time, so that a
-- changed setting does not judge the past anew. Whether a visitor came for the first time depends on other visits and
-- is said by whoever counts (`visits/figures/store.ts`).
create view visit_contribution as
select
  v.id as visit_id, v.site_id, v.visitor_id,
  (v.sort_at at time zone s.zone)::date as day,
  extract(hour from v.sort_at at time zone s.zone)::smallint as hour,
  v.kind, v.category, v.host_department_id as department_id, v.host_id, v.organisation, v.sort_at,
  1 as visits,
  case when v.arrived_at is not null then v.party_size else 0 end as people,
  (v.arrived_at is not null)::int as arrived,
  (v.arrived_at is not null and v.announced)::int as announced,
  (v.arrived_at is not null and not v.announced)::int as walk_in,
  (v.status = 'no_show')::int as no_show,
  (v.status = 'declined')::int as declined,
  (v.status = 'refused')::int as refused,
  (v.status = 'cancelled')::int as cancelled,
  -- V5: somebody of the house was asked, and answered or let the minutes pass
  (ask.measured)::int as ask_of,
  (ask.measured and ask.hops = 1 and (ask.settled_at is null or ask.settled_at <= ask.due_at))::int as ask_kept,
  -- V10: released with a signature wanted
  (sign.measured)::int as sign_of,
  (sign.measured and sign.at_exit)::int as sign_kept,
  (sign.measured and not sign.at_exit and v.signed_at is not null and not sign.overdue)::int as sign_late,
  (sign.measured and not sign.at_exit and sign.overdue)::int as sign_overdue,
  -- V11
  (v.status = 'left' and v.pass_returned is not null)::int as pass_of,
  (v.status = 'left' and v.pass_returned is true)::int as pass_kept,
  -- V17: met in time, or the host was reminded when the time was over
  (coalesce(wait.measured, false))::int as meet_of,
  (coalesce(wait.measured and (wait.prompt or wait.reminded), false))::int as meet_kept,
  (coalesce(wait.measured and wait.prompt, false))::int as meet_prompt,
  case when v.admitted_at >= v.arrived_at
    then least(floor(extract(epoch from v.admitted_at - v.arrived_at) / 60), 240)::smallint end as admit_minutes,
  case when v.met_at >= v.admitted_at
    then least(floor(extract(epoch from v.met_at - v.admitted_at) / 60), 240)::smallint end as meet_minutes
from visit v
join site s on s.id = v.site_id
cross join lateral (
  select jsonb_array_length(case when jsonb_typeof(v.asked_ids) = 'array' then v.asked_ids else '[]' end) as hops
) asked
left join lateral (
  select t.due_at, t.settled_at from task t
  where asked.hops = 1 and t.subject_entity = 'visit' and t.subject_id = v.id::text and t.kind = 'visit.consent'
    and t.status <> 'cancelled'
  order by t.created_at desc, t.id desc limit 1
) consent on true
cross join lateral (
  select asked.hops, consent.due_at, consent.settled_at,
    asked.hops > 0 and v.asked_ids ->> 0 <> 'desk'
      and (v.consent_at is not null or v.status = 'declined' or asked.hops > 1) as measured
) ask
left join lateral (
  select t.status, t.due_at, t.settled_at, t.level from task t
  where v.status = 'left' and (v.late_signature or v.signed_at > v.left_at)
    and t.subject_entity = 'visit' and t.subject_id = v.id::text and t.kind = 'visit.late-signature'
    and t.status <> 'cancelled'
  order by t.created_at desc, t.id desc limit 1
) owed on true
cross join lateral (
  select v.status = 'left' and (v.signed_at is not null or v.late_signature) as measured,
    coalesce(v.signed_at <= v.left_at, false) as at_exit,
    coalesce(case when owed.status = 'open' then owed.level > 0 else owed.settled_at > owed.due_at end, false) as overdue
) sign
left join lateral (
  select t.status = 'done' or t.level > 0 as measured, t.level > 0 as reminded,
    coalesce(t.settled_at <= t.due_at, false) as prompt
  from task t
  where v.admitted_at is not null and t.subject_entity = 'visit' and t.subject_id = v.id::text
    and t.kind = 'visit.waiting' and t.status <> 'cancelled'
  order by t.created_at desc, t.id desc limit 1
) wait on true;

-- What each visit has been counted as. The rows behind every figure, too.
create table visit_counted (
  visit_id uuid primary key,
  site_id uuid not null,
  visitor_id uuid not null,
  department_id uuid,
  host_id uuid,
  day date not null,
  people integer not null,
  hour smallint not null,
  visits smallint not null,
  arrived smallint not null,
  announced smallint not null,
  walk_in smallint not null,
  first smallint not null,
  again smallint not null,
  no_show smallint not null,
  declined smallint not null,
  refused smallint not null,
  cancelled smallint not null,
  ask_of smallint not null,
  ask_kept smallint not null,
  sign_of smallint not null,
  sign_kept smallint not null,
  sign_late smallint not null,
  sign_overdue smallint not null,
  pass_of smallint not null,
  pass_kept smallint not null,
  meet_of smallint not null,
  meet_kept smallint not null,
  meet_prompt smallint not null,
  admit_minutes smallint,
  meet_minutes smallint,
  kind text not null,
  category text not null,
  organisation text not null
);
create index visit_counted_day on visit_counted (site_id, day);
create index visit_counted_host on visit_counted (host_id, day) where host_id is not null;
create index visit_counted_first on visit_counted (visitor_id) where first = 1;
-- Single misses over a long period are few among many.
create index visit_counted_missed on visit_counted (site_id, day)
  where ask_kept < ask_of or sign_kept < sign_of or pass_kept < pass_of or meet_prompt < meet_of;

create table visit_tally_hour (
  site_id uuid not null,
  department_id uuid,
  day date not null,
  hour smallint not null,
  kind text not null,
  category text not null,
  visits integer not null,
  people integer not null,
  arrived integer not null,
  announced integer not null,
  walk_in integer not null,
  first integer not null,
  again integer not null,
  no_show integer not null,
  declined integer not null,
  refused integer not null,
  cancelled integer not null,
  ask_of integer not null,
  ask_kept integer not null,
  sign_of integer not null,
  sign_kept integer not null,
  sign_late integer not null,
  sign_overdue integer not null,
  pass_of integer not null,
  pass_kept integer not null,
  meet_of integer not null,
  meet_kept integer not null,
  meet_prompt integer not null,
  constraint visit_tally_hour_key unique nulls not distinct (site_id, day, hour, kind, category, department_id)
);

create table visit_tally_host (
  site_id uuid not null,
  host_id uuid,
  department_id uuid,
  day date not null,
  kind text not null,
  category text not null,
  visits integer not null,
  people integer not null,
  arrived integer not null,
  announced integer not null,
  walk_in integer not null,
  first integer not null,
  again integer not null,
  no_show integer not null,
  declined integer not null,
  refused integer not null,
  cancelled integer not null,
  ask_of integer not null,
  ask_kept integer not null,
  sign_of integer not null,
  sign_kept integer not null,
  sign_late integer not null,
  sign_overdue integer not null,
  pass_of integer not null,
  pass_kept integer not null,
  meet_of integer not null,
  meet_kept integer not null,
  meet_prompt integer not null,
  constraint visit_tally_host_key unique nulls not distinct (site_id, day, host_id, kind, category, department_id)
);

-- Waiting times minute by minute, so that any percentile comes from here; 240 stands for four hours and more.
create table visit_tally_wait (
  site_id uuid not null,
  department_id uuid,
  day date not null,
  which text not null check (which in ('admit', 'meet')),
  minutes smallint not null,
  kind text not null,
  category text not null,
  visits integer not null,
  constraint visit_tally_wait_key
    unique nulls not distinct (site_id, day, which, minutes, kind, category, department_id)
);

-- Where a rebuild stands: it goes on there after an interruption.
create table visit_rebuild (
  singleton boolean primary key default true check (singleton),
  stage text not null check (stage in ('visits', 'tallies', 'done')),
  last_visitor uuid,
  last_day date,
  started_at timestamptz not null,
  finished_at timestamptz
);
