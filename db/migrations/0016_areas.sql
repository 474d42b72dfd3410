-- V9: where a visitor may go. Restricted areas need the responsible head's word before entry; V13: somebody walks along.

create table area (
  id uuid primary key,
  site_id uuid not null references site (id),
  version integer not null default 1,
  parent_id uuid references area (id),
  -- visits, categories and passes name an area by one of these
  name_zh text not null check (btrim(name_zh) <> ''),
  name_en text not null default '',
  restricted boolean not null default false,
  responsible_kind text check (responsible_kind in ('person', 'department', 'post')),
  responsible_id text,
  responsible_name text not null default '',
  -- V21: floor, room, lift
  way_zh text not null default '',
  way_en text not null default '',
  note text not null default '',
  position integer not null default 0,
  archived boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint area_not_own_parent check (parent_id is distinct from id),
  constraint area_responsible check ((responsible_kind is null) = (responsible_id is null))
);
create unique index area_name on area (site_id, name_zh) where not archived;
create index area_restricted on area (site_id) where restricted and not archived;

create table area_approval (
  id uuid primary key,
  site_id uuid not null,
  version integer not null default 1,
  visit_id uuid not null references visit (id),
  area_id uuid not null references area (id),
  status text not null check (status in ('asked', 'approved', 'declined', 'withdrawn', 'expired')),
  previous_status text,
  status_at timestamptz not null,
  status_by text not null,
  asked_kind text not null check (asked_kind in ('person', 'post')),
  asked_id text not null,
  asked_name text not null default '',
  asked_at timestamptz not null,
  asked_by_name text not null default '',
  decided_by text,
  decided_by_name text not null default '',
  decided_at timestamptz,
  -- taken down at the desk after a call
  how text check (how in ('phone', 'in-person', 'chat')),
  until timestamptz,
  note text not null default '',
  constraint area_approval_decided check (status not in ('approved', 'declined') or decided_at is not null),
  constraint area_approval_says_why check (status <> 'declined' or btrim(note) <> '')
);
-- One open question for a visit and an area, however many ask at once.
create unique index area_approval_open on area_approval (visit_id, area_id) where status in ('asked', 'approved');
create index area_approval_of_visit on area_approval (visit_id);
create index area_approval_asked on area_approval (site_id, asked_id) where status = 'asked';
create index area_approval_until on area_approval (until) where status = 'approved' and until is not null;

create function area_approval_transition() returns trigger language plpgsql as $$
begin
  if not (old.status, new.status) in (
    ('asked', 'approved'), ('asked', 'declined'), ('asked', 'withdrawn'), ('asked', 'expired'),
    ('approved', 'asked'), ('approved', 'withdrawn'), ('approved', 'expired'),
    ('declined', 'asked')
  ) then
    raise exception 'area approval cannot go from % to %', old.status, new.status
      using errcode = 'check_violation', constraint = 'area_approval_transition';
  end if;
  return new;
end $$;
create trigger area_approval_transition before update of status on area_approval for each row
  when (old.status is distinct from new.status) execute function area_approval_transition();

alter table visit
  add column approvals_due int not null default 0,
  -- a restricted area is among the visit's: somebody walks along, whatever the category says (V13)
  add column escort_due boolean not null default false,
  -- the last door where the pass was good
  add column seen_area text not null default '',
  add column seen_at timestamptz;

create function visit_approvals_due(site uuid, visit uuid, names jsonb) returns int language sql stable as $$
  select count(*)::int from area a
  where a.site_id = site and a.restricted and not a.archived and (names ? a.name_zh or (a.name_en <> '' and names ? a.name_en))
    and not exists (select 1 from area_approval p where p.visit_id = visit and p.area_id = a.id and p.status = 'approved')
$$;

-- Here and not in every way in: whoever begins a visit, lets it arrive or changes its areas cannot forget whom to ask.
create function visit_owes_approvals() returns trigger language plpgsql as $$
begin
  new.escort_due := exists (select 1 from area a where a.site_id = new.site_id and a.restricted and not a.archived
    and (new.areas ? a.name_zh or (a.name_en <> '' and new.areas ? a.name_en)));
  new.approvals_due := case when new.escort_due then visit_approvals_due(new.site_id, new.id, new.areas) else 0 end;
  return new;
end $$;
create trigger visit_owes_approvals_new before insert on visit
  for each row when (new.areas <> '[]'::jsonb) execute function visit_owes_approvals();
create trigger visit_owes_approvals_changed before update of areas on visit
  for each row execute function visit_owes_approvals();

create function area_approval_counts() returns trigger language plpgsql as $$
begin
  update visit set approvals_due = visit_approvals_due(site_id, id, areas) where id = new.visit_id;
  return null;
end $$;
create trigger area_approval_counts after insert or update of status on area_approval
  for each row execute function area_approval_counts();
