-- V22: a group is announced, counted in and counted out; V11, E2: standing permits of those who come again and again.
alter table visit_group
  add column version integer not null default 1,
  add column organiser text not null default '',
  add column host_id uuid,
  add column host_department_id uuid,
  add column host_department text not null default '',
  add column host_extension text not null default '',
  add column kind text not null default '',
  add column category text not null default '',
  add column purpose text not null default '',
  add column note text not null default '',
  add column leader_name text not null default '',
  add column leader_phone text not null default '',
  add column plates jsonb not null default '[]',
  add column pass_mode text not null default 'each' check (pass_mode in ('each', 'group', 'none')),
  add column pass_number text,
  add column valid_until timestamptz,
  -- people counted without names: pupils, an audience
  add column headcount integer not null default 0 check (headcount between 0 and 2000),
  add column counted_in integer not null default 0 check (counted_in between 0 and 2000),
  add column counted_out integer not null default 0,
  -- the visit that stands for those of them who are inside, so that every list of people inside has them
  add column crowd_visit_id uuid references visit (id),
  -- V5: the host is asked once for all
  add column asked_at timestamptz,
  add column consent_by text,
  add column consent_by_name text not null default '',
  add column consent_how text,
  add column consent_at timestamptz,
  add column declined_at timestamptz,
  add column decline_reason text not null default '',
  add column leader_signed_at timestamptz,
  add column host_signed_at timestamptz,
  add column host_signed_by_name text not null default '',
  add column cancelled_at timestamptz,
  add column created_by text not null default 'import',
  add column created_by_name text not null default '',
  add constraint visit_group_counted_out_came_in check (counted_out between 0 and counted_in);
create index visit_group_day on visit_group (site_id, expected_at desc, id desc);
create index visit_group_host on visit_group (host_id, expected_at desc) where host_id is not null;

create sequence permit_number;

create table permit (
  id uuid primary key,
  site_id uuid not null,
  number bigint not null default nextval('permit_number'),
  version integer not null default 1,
  status text not null default 'draft' check (status in ('draft', 'active', 'suspended', 'ended')),
  status_at timestamptz not null,
  status_by_name text not null default '',
  status_reason text not null default '',
  visitor_id uuid not null,
  holder_name text not null,
  holder_pinyin text collate "C" not null,
  holder_initials text collate "C" not null,
  organisation text not null default '',
  phone text not null default '',
  document_kind text,
  document_sealed text,
  document_index text,
  document_tail text,
  plate text collate "C" not null default '',
  kind text not null,
  category text not null,
  purpose text not null default '',
  host_id uuid,
  host_name text not null default '',
  host_department_id uuid,
  host_department text not null default '',
  host_extension text not null default '',
  valid_from date not null,
  valid_to date not null,
  -- ISO weekdays 1–7
  weekdays jsonb not null default '[1, 2, 3, 4, 5]',
  -- minutes of the day, site time; to = 1440 is midnight
  from_minute integer not null default 0 check (from_minute between 0 and 1439),
  to_minute integer not null default 1440 check (to_minute between 1 and 1440),
  areas jsonb not null default '[]',
  note text not null default '',
  source_key text,
  created_at timestamptz not null,
  created_by text not null,
  created_by_name text not null,
  updated_at timestamptz not null,
  constraint permit_period check (valid_from <= valid_to),
  constraint permit_hours check (from_minute < to_minute)
);
create unique index permit_number_of on permit (number);
create index permit_page on permit (site_id, valid_to, id);
create index permit_document on permit (site_id, document_index) where document_index is not null;
create unique index permit_source on permit (site_id, source_key) where source_key is not null;

-- Insurance, work permit, safety training: what the permit rests on, each with its own last day.
create table permit_paper (
  id uuid primary key,
  site_id uuid not null,
  permit_id uuid not null references permit (id) on delete cascade,
  kind text not null,
  number text not null default '',
  expires_on date,
  -- blocks: no entry once expired; otherwise the desk is only warned
  blocks boolean not null default true,
  -- last day for which the host has been reminded, so that one paper gives one task
  reminded_for date
);
create index permit_paper_of on permit_paper (permit_id);
create index permit_paper_expiry on permit_paper (expires_on) where expires_on is not null;

create function permit_transition() returns trigger language plpgsql as $$
begin
  if not (old.status, new.status) in (
    ('draft', 'active'), ('draft', 'ended'),
    ('active', 'suspended'), ('active', 'ended'),
    ('suspended', 'active'), ('suspended', 'ended')
  ) then
    raise exception 'permit cannot go from % to %', old.status, new.status
      using errcode = 'check_violation', constraint = 'permit_transition';
  end if;
  return new;
end $$;
create trigger permit_transition before update of status on permit for each row
  when (old.status is distinct from new.status) execute function permit_transition();

create index visit_of_permit on visit (permit_id, sort_at desc) where permit_id is not null;
