-- V12: what was seen of a document, each time it was shown; the number itself stays sealed on the visit (G5)
create table document_check (
  id uuid primary key,
  site_id uuid not null,
  visit_id uuid not null references visit (id) on delete cascade,
  kind text not null,
  document_index text,
  tail text,
  name_on_document text not null default '',
  name_agrees text not null default 'unknown' check (name_agrees in ('unknown', 'same', 'close', 'differs')),
  expires_on date,
  issuing_country text not null default '',
  suspicion text not null default '',
  checked_at timestamptz not null,
  checked_by text not null,
  checked_by_name text not null
);
create index document_check_of_visit on document_check (visit_id, checked_at);
create index document_check_index on document_check (site_id, document_index) where document_index is not null;

-- V12: refusals are on record
create table visit_refusal (
  id uuid primary key,
  site_id uuid not null,
  visit_id uuid not null references visit (id) on delete cascade,
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  reason text not null,
  suspicious boolean not null default false,
  told text[] not null default '{}',
  undone_at timestamptz
);
create index visit_refusal_list on visit_refusal (site_id, at desc, id desc);
create index visit_refusal_of_visit on visit_refusal (visit_id);
insert into visit_refusal (id, site_id, visit_id, at, by_id, by_name, reason)
  select gen_random_uuid(), site_id, id, status_at, status_by, '', refuse_reason from visit where status = 'refused';

create table watch_entry (
  id uuid primary key,
  site_id uuid not null,
  version integer not null default 1,
  status text not null check (status in ('draft', 'active', 'expired', 'withdrawn')),
  level text not null check (level in ('alert', 'block')),
  name text not null default '',
  name_pinyin text not null default '',
  aliases text[] not null default '{}',
  organisation text not null default '',
  phones text[] not null default '{}',
  plates text[] not null default '{}',
  document_kind text,
  document_sealed text,
  document_index text,
  document_tail text,
  reason text not null,
  valid_from timestamptz not null,
  valid_until timestamptz,
  withdrawn_why text not null default '',
  visit_id uuid,
  source_key text,
  -- what a visitor's particulars are looked up by: spellings, telephone, plate, blind index
  keys text[] not null default '{}',
  grams text[] not null default '{}',
  created_at timestamptz not null,
  created_by text not null,
  created_by_name text not null,
  updated_at timestamptz not null,
  constraint watch_entry_names_something check
    (name <> '' or organisation <> '' or cardinality(phones) > 0 or cardinality(plates) > 0 or document_index is not null),
  constraint watch_entry_period check (valid_until is null or valid_until > valid_from)
);
create index watch_entry_keys on watch_entry using gin (keys) with (fastupdate = off) where status = 'active';
create index watch_entry_grams on watch_entry using gin (grams);
create index watch_entry_list on watch_entry (site_id, created_at desc, id desc);
create index watch_entry_ends on watch_entry (valid_until) where status = 'active' and valid_until is not null;
create unique index watch_entry_source on watch_entry (site_id, source_key) where source_key is not null and status <> 'withdrawn';

create table watch_hit (
  id uuid primary key,
  site_id uuid not null,
  visit_id uuid not null references visit (id) on delete cascade,
  visitor_id uuid not null,
  entry_id uuid not null references watch_entry (id) on delete cascade,
  moment text not null,
  person jsonb not null,
  level text not null,
  score numeric(4, 3) not null,
  agreed jsonb not null,
  differed jsonb not null,
  effect text not null check (effect in ('held', 'alert')),
  at timestamptz not null,
  by_name text not null,
  decision text check (decision in ('not-same-person', 'confirmed', 'let-in')),
  decided_at timestamptz,
  decided_by text,
  decided_by_name text not null default '',
  note text not null default '',
  constraint watch_hit_once unique (visit_id, entry_id),
  constraint watch_hit_decided check ((decision is null) = (decided_at is null))
);
create index watch_hit_list on watch_hit (site_id, at desc, id desc);
create index watch_hit_open on watch_hit (site_id, at desc) where decision is null;
create index watch_hit_of_entry on watch_hit (entry_id, at desc);

-- A false alarm is raised once: this visitor is not that entry; or was let in, for this one visit.
create table watch_dismissal (
  id uuid primary key,
  site_id uuid not null,
  entry_id uuid not null references watch_entry (id) on delete cascade,
  visitor_id uuid not null,
  document_index text,
  visit_id uuid references visit (id) on delete cascade,
  -- only what was looked at then: another attribute that agrees is new
  agreed text[] not null,
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  note text not null default ''
);
create index watch_dismissal_pair on watch_dismissal (entry_id, visitor_id);
