-- V11, V18: doors and their controllers. What a controller has to know of a pass is compared with what it was told at the end of
-- every transaction that touches a pass or its visit, so that no way of issuing, exchanging or taking back can forget to tell.

create table door (
  id uuid primary key,
  site_id uuid not null,
  version integer not null default 1,
  name text not null check (btrim(name) <> ''),
  area text not null default '',
  direction text not null check (direction in ('in', 'out', 'both')),
  -- the name the vendor's controller has for it
  external_id text not null check (btrim(external_id) <> ''),
  controller text not null default '',
  archived_at timestamptz,
  last_seen_at timestamptz,
  created_at timestamptz not null,
  created_by text not null
);
create unique index door_external on door (site_id, external_id) where archived_at is null;

-- One row for each event of a controller, by the controller's own id: told twice it counts once.
create table access_scan (
  site_id uuid not null,
  id uuid not null,
  door_id uuid not null references door (id),
  at timestamptz not null,
  received_at timestamptz not null,
  direction text not null check (direction in ('in', 'out')),
  result text not null check (result in ('granted', 'denied', 'unknown')),
  kind text not null check (kind in ('pass', 'staff')),
  verdict text not null,
  pass_number text not null default '',
  visit_id uuid,
  primary key (site_id, id)
);
create index access_scan_door on access_scan (door_id, at desc);
create index access_scan_at on access_scan (at);

-- What controllers have been told of each number; a number that is no longer out stays, with its last revision.
create table access_pass (
  site_id uuid not null,
  number text not null,
  revision integer not null,
  active boolean not null,
  visit_id uuid not null,
  areas jsonb not null,
  valid_from timestamptz not null,
  valid_until timestamptz,
  suspended boolean not null,
  primary key (site_id, number)
);

create function access_instant(moment timestamptz) returns text language sql stable as $$
  select to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

-- A restricted area is on the pass only with its head's word (V9).
create function access_areas(visit_row visit) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(named.name order by named.place), '[]')
  from jsonb_array_elements_text(visit_row.areas) with ordinality as named(name, place)
  where not exists (
    select 1 from area a where a.site_id = visit_row.site_id and not a.archived and a.restricted
      and (a.name_zh = named.name or a.name_en = named.name)
      and not exists (select 1 from area_approval p
        where p.visit_id = visit_row.id and p.area_id = a.id and p.status = 'approved'))
$$;

-- Who: whoever the transaction's own entry names; the row of the pass is locked, so revisions of a number never cross.
create function tell_access(of_site uuid, of_number text) returns void language plpgsql as $$
declare
  pass_now record;
  was access_pass;
  told access_pass;
  author record;
  actions text[] := '{}';
  told_action text;
begin
  perform 1 from pass where site_id = of_site and number = of_number for update;
  select p.status, p.visit_id, p.issued_at, coalesce(access_areas(v), '[]') as areas, v.valid_until, v.status = 'held' as suspended
    into pass_now from pass p left join visit v on v.id = p.visit_id
    where p.site_id = of_site and p.number = of_number;
  if not found then return; end if;
  select * into was from access_pass where site_id = of_site and number = of_number;
  told := was;
  if pass_now.status = 'issued' then
    if was.active is true and was.visit_id = pass_now.visit_id then
      if was.areas <> pass_now.areas then actions := actions || 'pass.areas-changed'::text; end if;
      if was.valid_until is distinct from pass_now.valid_until then actions := actions || 'pass.extended'::text; end if;
      if was.suspended <> pass_now.suspended then
        actions := actions || case when pass_now.suspended then 'pass.suspended' else 'pass.resumed' end;
      end if;
    else
      actions := actions || 'pass.issued'::text;
    end if;
    told.site_id := of_site;
    told.number := of_number;
    told.active := true;
    told.visit_id := pass_now.visit_id;
    told.areas := pass_now.areas;
    told.valid_from := pass_now.issued_at;
    told.valid_until := pass_now.valid_until;
    told.suspended := pass_now.suspended;
  elsif was.active is true then
    actions := actions || case when pass_now.status = 'in_stock' then 'pass.returned' else 'pass.voided' end;
    told.active := false;
  end if;
  if cardinality(actions) = 0 then return; end if;

  select at, actor_kind, actor_id, actor_name, request_id into author from journal where xid = journal_xid() order by id limit 1;
  if not found then
    select clock_timestamp() as at, 'system'::text as actor_kind, 'access'::text as actor_id, ''::text as actor_name,
      'access'::text as request_id into author;
  end if;
  told.revision := coalesce(was.revision, 0);
  foreach told_action in array actions loop
    told.revision := told.revision + 1;
    insert into journal (at, site_id, actor_kind, actor_id, actor_name, request_id, entity, entity_id, action, data)
    values (author.at, of_site, author.actor_kind, author.actor_id, author.actor_name, author.request_id, 'pass', of_number,
      told_action, jsonb_build_object('facts', jsonb_build_object('number', of_number, 'revision', told.revision,
        'active', told.active, 'visitId', told.visit_id, 'areas', told.areas, 'validFrom', access_instant(told.valid_from),
        'validUntil', access_instant(told.valid_until), 'suspended', told.suspended)));
  end loop;
  insert into access_pass values (told.*) on conflict (site_id, number) do update set
    revision = excluded.revision, active = excluded.active, visit_id = excluded.visit_id, areas = excluded.areas,
    valid_from = excluded.valid_from, valid_until = excluded.valid_until, suspended = excluded.suspended;
end $$;

create function pass_tells_access() returns trigger language plpgsql as $$
begin
  perform tell_access(new.site_id, new.number);
  return null;
end $$;

create function visit_tells_access() returns trigger language plpgsql as $$
declare
  held text;
begin
  select number into held from pass where visit_id = new.id and status = 'issued';
  if found then perform tell_access(new.site_id, held); end if;
  return null;
end $$;

-- Deferred: a use case writes pass and visit one after the other, and only their final state is worth telling.
create constraint trigger pass_access after insert or update on pass deferrable initially deferred
  for each row when (new.status = 'issued' or new.version > 1) execute function pass_tells_access();
create constraint trigger visit_access after update on visit deferrable initially deferred
  for each row when (old.areas is distinct from new.areas or old.valid_until is distinct from new.valid_until
    or (old.status = 'held') <> (new.status = 'held')) execute function visit_tells_access();

create function approval_tells_access() returns trigger language plpgsql as $$
declare
  held text;
begin
  select number into held from pass where visit_id = new.visit_id and status = 'issued';
  if found then perform tell_access(new.site_id, held); end if;
  return null;
end $$;
create constraint trigger area_approval_access after insert or update on area_approval deferrable initially deferred
  for each row execute function approval_tells_access();

create index journal_access on journal (xid, id) where entity = 'pass' and data ? 'facts';

-- Passes that are out when this house gets its doors.
select tell_access(site_id, number) from pass where status = 'issued';
