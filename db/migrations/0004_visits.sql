-- visits: people who come, their visits, numbered passes, groups of visits.

-- The person. Two records of one person are one when phone and name agree (or name and organisation without phone):
-- the id is derived from them, so that registering needs no look-up and two gates cannot make two of one.
create table visitor (
  id uuid primary key,
  site_id uuid not null,
  -- Searched by prefix as a byte range ("C"): a LIKE with a parameter would lose the index once the plan is generic.
  name text collate "C" not null,
  name_pinyin text collate "C" not null,
  name_initials text collate "C" not null,
  organisation text not null default '',
  phone text not null default '',
  phone_reversed text collate "C" generated always as (reverse(phone)) stored,
  -- one- and two-character pieces of name and organisation, for Chinese fragments (design §2)
  grams text[] not null,
  document_kind text,
  document_sealed text,
  document_index text,
  document_tail text,
  plate text not null default '',
  visits integer not null default 1,
  last_visit_at timestamptz not null,
  last_visit_id uuid,
  created_at timestamptz not null
);
create index visitor_pinyin on visitor (site_id, name_pinyin);
create index visitor_initials on visitor (site_id, name_initials);
create index visitor_name on visitor (site_id, name);
create index visitor_phone on visitor (site_id, phone_reversed) where phone <> '';
create index visitor_grams on visitor using gin (grams);
create index visitor_document on visitor (document_index) where document_index is not null;

create table visit_group (
  id uuid primary key,
  site_id uuid not null,
  source text not null,
  source_key text not null,
  title text not null,
  size integer not null,
  host_name text not null,
  place text not null default '',
  expected_at timestamptz not null,
  created_at timestamptz not null,
  unique (site_id, source, source_key)
);

create sequence visit_number;

create table visit (
  id uuid primary key,
  site_id uuid not null,
  number bigint not null default nextval('visit_number'),
  version integer not null default 1,
  status text not null check (status in ('expected', 'asking', 'admitted', 'with_host', 'signed_off', 'left',
    'declined', 'refused', 'cancelled', 'no_show')),
  previous_status text,
  status_at timestamptz not null,
  status_by text not null,
  category text not null,
  kind text not null,
  announced boolean not null,
  group_id uuid references visit_group (id),
  visitor_id uuid not null,
  visitor_name text not null,
  organisation text not null default '',
  phone text not null default '',
  party_size integer not null check (party_size between 1 and 2000),
  companions jsonb not null default '[]',
  purpose text not null default '',
  plate text collate "C" not null default '',
  note text not null default '',
  host_id uuid,
  host_name text not null default '',
  host_department_id uuid,
  host_department text not null default '',
  host_extension text not null default '',
  receiver_id uuid,
  receiver_name text not null default '',
  -- who is being asked now (V5)
  asked_kind text check (asked_kind in ('person', 'post')),
  asked_id text,
  asked_name text not null default '',
  asked_ids jsonb not null default '[]',
  ask_due_at timestamptz,
  consent_by text,
  consent_by_name text not null default '',
  consent_how text,
  consent_at timestamptz,
  host_ready_at timestamptz,
  decline_reason text not null default '',
  refuse_reason text not null default '',
  expected_at timestamptz,
  arrived_at timestamptz,
  admitted_at timestamptz,
  met_at timestamptz,
  signed_at timestamptz,
  signed_by text,
  signed_by_name text not null default '',
  sign_note text not null default '',
  left_at timestamptz,
  late_signature boolean not null default false,
  release_confirmed_by text not null default '',
  valid_until timestamptz,
  waiting_place jsonb not null default '{"zh": "", "en": ""}',
  areas jsonb not null default '[]',
  escort_id uuid,
  escort_name text not null default '',
  document_kind text,
  document_sealed text,
  document_index text,
  document_tail text,
  document_checked_at timestamptz,
  document_checked_by text,
  pass_number text,
  pass_returned boolean,
  slip_returned boolean,
  source text,
  source_key text,
  -- when it happened, or should: orders the register
  sort_at timestamptz not null,
  created_at timestamptz not null,
  created_by text not null,
  created_by_name text not null,
  updated_at timestamptz not null,
  constraint visit_asking_names_someone check (status <> 'asking' or asked_id is not null),
  constraint visit_left_has_time_out check ((status = 'left') = (left_at is not null)),
  constraint visit_late_only_after_exit check (not late_signature or status = 'left')
);
create index visit_inside on visit (site_id, status) where status in ('asking', 'admitted', 'with_host', 'signed_off');
create index visit_expected on visit (site_id, expected_at) where status = 'expected';
create index visit_left on visit (site_id, left_at desc) where status = 'left';
create index visit_register on visit (site_id, sort_at desc, id desc);
create index visit_number_of on visit (number);
create index visit_host on visit (host_id, sort_at desc);
create index visit_receiver on visit (receiver_id, sort_at desc) where receiver_id is not null;
create index visit_asked on visit (asked_id) where status = 'asking';
create index visit_visitor on visit (visitor_id, sort_at desc);
create index visit_late on visit (host_id) where late_signature;
create index visit_plate on visit (site_id, plate) where plate <> '';
create unique index visit_source on visit (site_id, source, source_key) where source is not null;

-- The guard of design §1.1: whatever a program error tries, an impossible step aborts the transaction.
create function visit_transition() returns trigger language plpgsql as $$
begin
  if not (old.status, new.status) in (
    ('expected', 'asking'), ('expected', 'admitted'), ('expected', 'refused'), ('expected', 'cancelled'),
    ('expected', 'no_show'),
    ('asking', 'admitted'), ('asking', 'declined'), ('asking', 'refused'), ('asking', 'cancelled'),
    ('asking', 'expected'),
    ('admitted', 'with_host'), ('admitted', 'signed_off'), ('admitted', 'left'), ('admitted', 'refused'),
    ('admitted', 'expected'), ('admitted', 'asking'),
    ('with_host', 'signed_off'), ('with_host', 'left'), ('with_host', 'admitted'),
    ('signed_off', 'left'), ('signed_off', 'admitted'), ('signed_off', 'with_host'),
    ('left', 'admitted'), ('left', 'with_host'), ('left', 'signed_off'),
    ('declined', 'asking'),
    ('refused', 'expected'), ('refused', 'asking'), ('refused', 'admitted'),
    ('cancelled', 'expected'), ('cancelled', 'asking'),
    ('no_show', 'asking'), ('no_show', 'admitted'), ('no_show', 'expected')
  ) then
    raise exception 'visit cannot go from % to %', old.status, new.status
      using errcode = 'check_violation', constraint = 'visit_transition';
  end if;
  return new;
end $$;
create trigger visit_transition before update of status on visit for each row
  when (old.status is distinct from new.status) execute function visit_transition();

create table pass (
  site_id uuid not null,
  number text not null,
  status text not null default 'in_stock' check (status in ('in_stock', 'issued', 'missing', 'void')),
  visit_id uuid references visit (id),
  issued_at timestamptz,
  reason text not null default '',
  version integer not null default 1,
  primary key (site_id, number),
  constraint pass_issued_to_a_visit check ((status = 'issued') = (issued_at is not null and visit_id is not null))
);
create index pass_free on pass (site_id, number) where status = 'in_stock';
-- one pass in hand per visit
create unique index pass_of_visit on pass (visit_id) where status = 'issued';

-- End of day is done once per site and day, by whichever node comes first (V18).
create table visit_day_closed (
  site_id uuid not null,
  day date not null,
  closed_at timestamptz not null,
  no_shows integer not null,
  still_inside integer not null,
  primary key (site_id, day)
);
