-- Important guests from the executive's word to the car (V7), emergencies (V14), unannounced "important" people (V15),
-- security calls (V16) and vehicles (V19).

-- What the desk and the gate did around an important guest, and by whom; the times themselves are the visit's own.
create table visit_reception (
  visit_id uuid primary key references visit (id),
  site_id uuid not null,
  warned_at timestamptz,
  warned_by text,
  warned_by_name text not null default '',
  parking_wish text not null default '',
  acknowledged_at timestamptz,
  acknowledged_by_name text not null default '',
  led_in_by_name text not null default '',
  leaving_by_name text not null default '',
  gate_told_by_name text not null default '',
  driver_told_by_name text not null default '',
  -- The last step and whoever made it: only they may take it back, and only while it is fresh.
  last_step text check (last_step in ('acknowledge', 'lead-in', 'leaving', 'gate-told', 'driver-told')),
  last_step_at timestamptz,
  last_step_by text
);
create index visit_reception_open on visit_reception (site_id) where warned_at is not null and acknowledged_at is null;

-- The chain of a departure has an order: desk, gate, driver.
alter table visit add constraint visit_departure_order check (
  (gate_told_at is null or leaving_at is not null) and (driver_told_at is null or gate_told_at is not null));

-- V14: let in with a word, written down afterwards.
create table visit_emergency (
  visit_id uuid primary key references visit (id),
  site_id uuid not null,
  kind text not null,
  kind_name jsonb not null,
  place text not null,
  told jsonb not null default '[]',
  let_in_by text not null,
  let_in_by_name text not null,
  due_at timestamptz not null,
  registered_at timestamptz,
  registered_by_name text not null default ''
);
create index visit_emergency_owed on visit_emergency (site_id, due_at) where registered_at is null;

-- V15: somebody unannounced who says to be important; nobody goes in without an explicit word.
create table visit_unannounced (
  visit_id uuid primary key references visit (id),
  site_id uuid not null,
  claim text not null,
  charge_kind text not null check (charge_kind in ('person', 'post')),
  charge_id text not null,
  charge_name text not null,
  instruction text check (instruction in ('receive', 'wait', 'decline', 'other')),
  instruction_words text not null default '',
  instructed_by_name text not null default '',
  instructed_how text check (instructed_how in ('phone', 'in-person', 'chat')),
  instructed_at timestamptz,
  recorded_by_name text not null default '',
  constraint visit_unannounced_whole check (
    (instruction is null) = (instructed_at is null) and (instruction is null or instructed_by_name <> ''))
);

create function visit_unannounced_guard() returns trigger language plpgsql as $$
begin
  if not exists (
    select from visit_unannounced where visit_id = new.id and instruction in ('receive', 'other')
  ) then
    raise exception 'nobody has said that visit % may come in', new.id
      using errcode = 'check_violation', constraint = 'visit_unannounced_instruction';
  end if;
  return new;
end $$;
create trigger visit_unannounced_guard before update of status on visit for each row
  when (old.status = 'held' and old.hold_reason = 'unannounced' and new.status in ('asking', 'admitted', 'with_host'))
  execute function visit_unannounced_guard();

-- V16
create sequence incident_number;
create table incident (
  id uuid primary key,
  site_id uuid not null,
  number bigint not null default nextval('incident_number'),
  version integer not null default 1,
  status text not null check (status in ('open', 'acknowledged', 'on_site', 'closed', 'false_alarm')),
  previous_status text,
  status_at timestamptz not null,
  status_by text not null,
  place text not null default '',
  visit_id uuid references visit (id),
  surface text not null check (surface in ('desk', 'gate', 'phone')),
  persons text not null default '',
  course text not null default '',
  measures text not null default '',
  report text not null default '',
  police_called boolean not null default false,
  raised_at timestamptz not null,
  raised_by text not null,
  raised_by_name text not null,
  acknowledged_at timestamptz,
  acknowledged_by_name text not null default '',
  escalated_at timestamptz,
  on_site_at timestamptz,
  on_site_by_name text not null default '',
  closed_at timestamptz,
  closed_by_name text not null default '',
  false_reason text not null default '',
  updated_at timestamptz not null,
  constraint incident_acknowledged check (status not in ('acknowledged', 'on_site', 'closed') or acknowledged_at is not null),
  constraint incident_closed check ((status = 'closed') = (closed_at is not null)),
  constraint incident_reported check (status <> 'closed' or (course <> '' and measures <> '')),
  constraint incident_false_why check (status <> 'false_alarm' or false_reason <> '')
);
create unique index incident_number_of on incident (number);
create index incident_list on incident (site_id, raised_at desc, id desc);
create index incident_live on incident (site_id, raised_at) where status in ('open', 'acknowledged', 'on_site');
create index incident_of_visit on incident (visit_id) where visit_id is not null;

create function incident_transition() returns trigger language plpgsql as $$
begin
  if not (old.status, new.status) in (
    ('open', 'acknowledged'), ('open', 'on_site'), ('open', 'false_alarm'),
    ('acknowledged', 'on_site'), ('acknowledged', 'closed'), ('acknowledged', 'false_alarm'), ('acknowledged', 'open'),
    ('on_site', 'closed'), ('on_site', 'false_alarm'), ('on_site', 'acknowledged'), ('on_site', 'open'),
    ('closed', 'acknowledged'), ('closed', 'on_site'),
    ('false_alarm', 'open'), ('false_alarm', 'acknowledged'), ('false_alarm', 'on_site')
  ) then
    raise exception 'incident cannot go from % to %', old.status, new.status
      using errcode = 'check_violation', constraint = 'incident_transition';
  end if;
  return new;
end $$;
create trigger incident_transition before update of status on incident for each row
  when (old.status is distinct from new.status) execute function incident_transition();

-- Every piece of two characters and more: a plate is remembered by any part of it. At most 36 for eight characters.
create function plate_fragments(plate text) returns text[] language sql immutable parallel safe as $$
  select coalesce(array_agg(distinct substr(plate, start, size)), '{}')
  from generate_series(1, length(plate)) start, generate_series(2, length(plate)) size
  where start + size <= length(plate) + 1
$$;

-- V19: every car of every visit; a delegation comes with several.
create table visit_vehicle (
  id uuid primary key default gen_random_uuid(),
  site_id uuid not null,
  visit_id uuid not null references visit (id) on delete cascade,
  plate text collate "C" not null check (plate <> '' and length(plate) <= 20),
  fragments text[] not null generated always as (plate_fragments(plate)) stored,
  driver_name text not null default '',
  driver_phone text not null default '',
  place text not null default '',
  -- The place is kept for this car: from the assignment until it is out or the visit is over.
  holds_place boolean not null default false,
  in_at timestamptz,
  out_at timestamptz,
  created_at timestamptz not null,
  constraint visit_vehicle_once unique (visit_id, plate),
  constraint visit_vehicle_out_after_in check (out_at is null or in_at is not null),
  constraint visit_vehicle_place_named check (not holds_place or (place <> '' and out_at is null))
);
-- V19: one place, one car.
create unique index visit_vehicle_place on visit_vehicle (site_id, place) where holds_place;
create index visit_vehicle_inside on visit_vehicle (site_id, in_at) where in_at is not null and out_at is null;
create index visit_vehicle_list on visit_vehicle (site_id, created_at desc, id desc);
create index visit_vehicle_plate on visit_vehicle using gin (fragments);

/*
 * In the database and not in a use case: a visit begins and ends in many ways (desk, gate, kiosk, list of a group,
 * standing permit, a device that was offline, import), and none of them may forget the car.
 */
create function visit_vehicle_follow() returns trigger language plpgsql as $$
declare
  inside constant text[] := array['held', 'asking', 'admitted', 'with_host', 'signed_off'];
begin
  if new.plate <> '' and (tg_op = 'INSERT' or new.plate <> old.plate) then
    if tg_op = 'INSERT' or not exists (select from visit_vehicle where visit_id = new.id and plate = new.plate) then
      if tg_op = 'UPDATE' and old.plate <> '' then
        update visit_vehicle set plate = new.plate where visit_id = new.id and plate = old.plate;
      end if;
      insert into visit_vehicle (site_id, visit_id, plate, driver_name, driver_phone, created_at)
        values (new.site_id, new.id, new.plate, new.driver_name, new.driver_phone, new.updated_at)
        on conflict (visit_id, plate) do nothing;
    end if;
  end if;
  if new.status = any (inside) and new.arrived_at is not null then
    update visit_vehicle set in_at = new.arrived_at where visit_id = new.id and in_at is null;
    if tg_op = 'UPDATE' and old.status = 'left' then
      update visit_vehicle set out_at = null where visit_id = new.id and out_at = old.left_at;
    end if;
  elsif new.status = 'left' then
    update visit_vehicle set in_at = coalesce(in_at, new.arrived_at), out_at = new.left_at, holds_place = false
      where visit_id = new.id and out_at is null and new.left_at is not null and coalesce(in_at, new.arrived_at) is not null;
  elsif new.status = 'expected' then
    update visit_vehicle set in_at = null, out_at = null where visit_id = new.id and in_at is not null;
  else
    update visit_vehicle set holds_place = false,
      out_at = case when in_at is null then null else coalesce(out_at, new.status_at) end
      where visit_id = new.id and (holds_place or (in_at is not null and out_at is null));
  end if;
  return null;
end $$;
create trigger visit_vehicle_begin after insert on visit for each row
  when (new.plate <> '') execute function visit_vehicle_follow();
create trigger visit_vehicle_follow after update of status, plate on visit for each row
  when (new.plate <> '' and (old.status is distinct from new.status or old.plate is distinct from new.plate))
  execute function visit_vehicle_follow();

-- Registered before this table: they are looked for by plate, too.
insert into visit_vehicle (site_id, visit_id, plate, in_at, out_at, created_at)
  select site_id, id, plate, arrived_at, case when arrived_at is null then null else left_at end, created_at
  from visit where plate <> '';
