-- V20: staff leaving and entering in working hours (员工出入登记表), and who of the staff is on site.
-- V18: an evacuation freezes who is inside into a list and marks them safe one by one.

create table outing (
  id uuid primary key,
  site_id uuid not null,
  version integer not null default 1,
  status text not null check (status in ('requested', 'approved', 'declined', 'out', 'back', 'cancelled')),
  previous_status text,
  status_at timestamptz not null,
  status_by text not null,
  employee_id uuid not null,
  employee_name text not null check (btrim(employee_name) <> ''),
  employee_number text not null default '',
  department_id uuid,
  department text not null default '',
  reason text not null check (reason <> ''),
  destination text not null default '',
  note text not null default '',
  -- when the person wants to leave, and when they will be back; without the second they do not come back today
  leave_at timestamptz not null,
  return_by timestamptz,
  approval boolean not null,
  decided_by uuid,
  decided_by_name text not null default '',
  decided_at timestamptz,
  decline_reason text not null default '',
  out_at timestamptz,
  out_by_name text not null default '',
  back_at timestamptz,
  back_by_name text not null default '',
  created_at timestamptz not null,
  created_by text not null,
  created_by_name text not null,
  updated_at timestamptz not null,
  constraint outing_returns_later check (return_by is null or return_by > leave_at),
  constraint outing_out_has_time check (status not in ('out', 'back') or out_at is not null),
  constraint outing_back_has_time check (status <> 'back' or back_at is not null),
  constraint outing_declined_says_why check (status <> 'declined' or btrim(decline_reason) <> '')
);
-- Nobody is out twice, however many gates press at once.
create unique index outing_one_out on outing (site_id, employee_id) where status = 'out';
create index outing_by_time on outing (site_id, leave_at, id);
create index outing_of_employee on outing (site_id, employee_id, leave_at);
create index outing_of_department on outing (site_id, department_id, leave_at);
create index outing_open on outing (site_id, status) where status in ('requested', 'approved', 'out');

create function outing_transition() returns trigger language plpgsql as $$
begin
  if not (old.status, new.status) in (
    ('requested', 'approved'), ('requested', 'declined'), ('requested', 'cancelled'),
    ('approved', 'out'), ('approved', 'cancelled'), ('approved', 'requested'),
    ('declined', 'requested'),
    ('out', 'back'), ('out', 'approved'), ('out', 'cancelled'),
    ('back', 'out'),
    ('cancelled', 'requested'), ('cancelled', 'approved')
  ) then
    raise exception 'outing cannot go from % to %', old.status, new.status
      using errcode = 'check_violation', constraint = 'outing_transition';
  end if;
  return new;
end $$;
create trigger outing_transition before update of status on outing for each row
  when (old.status is distinct from new.status) execute function outing_transition();

-- A card that doors and gates read, and whose it is.
create table staff_card (
  site_id uuid not null,
  code text collate "C" not null check (code <> ''),
  employee_id uuid not null,
  created_at timestamptz not null,
  primary key (site_id, code)
);
create index staff_card_of on staff_card (employee_id);

-- Staff on site: signed in by gate, card or door; `last_at` keeps an older event that comes late from undoing a newer one.
create table staff_presence (
  site_id uuid not null,
  employee_id uuid not null,
  inside boolean not null,
  zone text not null default '',
  arrived_at timestamptz,
  left_at timestamptz,
  last_at timestamptz not null,
  via text not null check (via in ('gate', 'card', 'door', 'import')),
  primary key (site_id, employee_id),
  constraint staff_presence_inside_since check (not inside or arrived_at is not null)
);
create index staff_presence_inside on staff_presence (site_id) where inside;

create table muster (
  id uuid primary key,
  site_id uuid not null,
  kind text not null check (kind in ('alarm', 'drill')),
  status text not null check (status in ('running', 'ended')),
  note text not null default '',
  -- counted up with every change of its people, under the row's lock: a device asks for what came after
  revision bigint not null default 1,
  started_at timestamptz not null,
  started_by text not null,
  started_by_name text not null,
  ended_at timestamptz,
  ended_by text,
  ended_by_name text not null default '',
  end_note text not null default '',
  constraint muster_ended_has_time check ((status = 'ended') = (ended_at is not null))
);
-- One evacuation at a time: twenty who press at once start one.
create unique index muster_running on muster (site_id) where status = 'running';
create index muster_by_time on muster (site_id, started_at, id);

create table muster_person (
  id uuid primary key,
  muster_id uuid not null references muster (id),
  kind text not null check (kind in ('visitor', 'staff', 'other')),
  -- visit or employee; place 0 is the visitor, 1… the companions
  subject_id uuid,
  place integer not null default 0,
  name text not null default '',
  organisation text not null default '',
  host_name text not null default '',
  detail text not null default '',
  zone_zh text not null default '',
  zone_en text not null default '',
  added_at timestamptz not null,
  added_by_name text not null default '',
  added_how text not null check (added_how in ('frozen', 'arrived', 'found')),
  -- what `standing()` makes of the marks; kept so that a list needs no folding
  safe boolean not null default false,
  marked_at timestamptz,
  marked_by_name text not null default '',
  point text not null default '',
  missing_at timestamptz,
  outcome text check (outcome in ('found-safe', 'had-left', 'injured', 'not-there', 'other')),
  outcome_note text not null default '',
  outcome_at timestamptz,
  outcome_by_name text not null default '',
  revision bigint not null
);
create unique index muster_person_once on muster_person (muster_id, kind, subject_id, place) where subject_id is not null;
create index muster_person_changed on muster_person (muster_id, revision);

-- Every mark ever made, also those that came late from a device without a network; never changed.
create table muster_mark (
  id uuid primary key,
  muster_id uuid not null references muster (id),
  person_id uuid not null references muster_person (id),
  safe boolean not null,
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  point text not null default '',
  how text not null check (how in ('person', 'self', 'exit')),
  received_at timestamptz not null
);
create index muster_mark_of on muster_mark (person_id);
