-- customers: companies and their people, whose customer each is, and what they told us (S10, C5).

-- A company or organisation (客户单位). People without one stand by themselves in `contact`.
create table customer (
  id uuid primary key,
  site_id uuid not null,
  number bigint not null,
  name text collate "C" not null check (btrim(name) <> ''),
  short_name text collate "C" not null default '',
  -- Found by: made by kernel/find/spelling.ts, never edited.
  name_pinyin text collate "C" not null,
  name_initials text collate "C" not null,
  terms text[] not null default '{}',
  -- The name without legal form, spaces and punctuation: what two spellings of one company have in common.
  name_key text collate "C" not null,
  grade text not null default 'normal' check (grade in ('normal', 'key', 'vip')),
  industry text not null default '',
  address text not null default '',
  website text not null default '',
  note text not null default '',
  tags text[] not null default '{}',
  -- Whose customer it is (C5): the salesperson, protected until the lock ends.
  owner_id uuid,
  owner_since timestamptz,
  owner_locked_until date,
  active boolean not null default true,
  merged_into uuid references customer (id),
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  constraint customer_owner_has_since check ((owner_id is null) = (owner_since is null)),
  constraint customer_not_into_itself check (merged_into <> id)
);
create sequence customer_number;
alter table customer alter column number set default nextval('customer_number');
create unique index customer_number_key on customer (number);
create index customer_by_pinyin on customer (site_id, name_pinyin, id) where merged_into is null;
create index customer_by_initials on customer (site_id, name_initials) where merged_into is null;
create index customer_by_name on customer (site_id, name) where merged_into is null;
create index customer_by_key on customer (site_id, name_key) where merged_into is null;
create index customer_by_short_name on customer (site_id, short_name) where short_name <> '' and merged_into is null;
create index customer_by_updated on customer (site_id, updated_at desc, id desc) where merged_into is null;
create index customer_by_number on customer (site_id, number);
create index customer_by_owner on customer (owner_id) where owner_id is not null;
create index customer_merged on customer (merged_into) where merged_into is not null;
create index customer_locks on customer (owner_locked_until) where owner_locked_until is not null;
create index customer_terms on customer using gin (terms);
create index customer_tags on customer using gin (tags);

-- A person outside the house (联系人), known from calls, visits, an import or by hand: one row for one person.
create table contact (
  id uuid primary key,
  site_id uuid not null,
  customer_id uuid references customer (id),
  name text collate "C" not null check (btrim(name) <> ''),
  name_pinyin text collate "C" not null,
  name_initials text collate "C" not null,
  terms text[] not null default '{}',
  -- As told when no customer record stands behind it yet.
  organisation text not null default '',
  sex text check (sex in ('female', 'male')),
  title text not null default '',
  email text,
  language text not null default '',
  dialect text not null default '',
  vip boolean not null default false,
  note text not null default '',
  tags text[] not null default '{}',
  origin text not null check (origin in ('manual', 'import', 'visit', 'call')),
  last_seen_at timestamptz,
  active boolean not null default true,
  merged_into uuid references contact (id),
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  constraint contact_not_into_itself check (merged_into <> id)
);
create index contact_by_pinyin on contact (site_id, name_pinyin, id) where merged_into is null;
create index contact_by_initials on contact (site_id, name_initials) where merged_into is null;
create index contact_by_name on contact (site_id, name) where merged_into is null;
create index contact_by_customer on contact (customer_id) where customer_id is not null;
create index contact_by_seen on contact (site_id, (coalesce(last_seen_at, created_at)) desc, id desc)
  where merged_into is null;
create index contact_merged on contact (merged_into) where merged_into is not null;
create index contact_terms on contact using gin (terms);
create index contact_tags on contact using gin (tags);

-- Whose visitor or caller the contact was: those people see the record in full (G5).
create table contact_concern (
  contact_id uuid not null references contact (id),
  employee_id uuid not null,
  site_id uuid not null,
  at timestamptz not null,
  primary key (contact_id, employee_id)
);
create index contact_concern_of on contact_concern (employee_id);

-- Numbers of people and companies. Public numbers in E.164; service numbers (95588, 12345) and extensions as they are.
create table customer_phone (
  id uuid primary key,
  site_id uuid not null,
  contact_id uuid references contact (id),
  customer_id uuid references customer (id),
  number text collate "C" not null,
  number_reversed text collate "C" generated always as (reverse(number)) stored,
  kind text not null check (kind in ('mobile', 'landline', 'service', 'extension', 'other')),
  -- Extension behind the company's main number, e.g. 8130.
  extension text not null default '',
  label text not null default '',
  position smallint not null default 0,
  constraint customer_phone_one_owner check ((contact_id is null) <> (customer_id is null))
);
create index customer_phone_tail on customer_phone (site_id, number_reversed);
create index customer_phone_of_contact on customer_phone (contact_id, position) where contact_id is not null;
create index customer_phone_of_customer on customer_phone (customer_id, position) where customer_id is not null;
create unique index customer_phone_once_contact on customer_phone (contact_id, number, extension) where contact_id is not null;
create unique index customer_phone_once_customer on customer_phone (customer_id, number, extension) where customer_id is not null;

-- Whose customer it was and when; the open row has no end.
create table customer_ownership (
  id uuid primary key,
  site_id uuid not null,
  customer_id uuid not null references customer (id),
  owner_id uuid not null,
  owner_name text not null,
  since timestamptz not null,
  until timestamptz,
  reason text not null default '',
  by_id text not null,
  by_name text not null
);
create unique index customer_ownership_open on customer_ownership (customer_id) where until is null;
create index customer_ownership_history on customer_ownership (customer_id, since desc);

-- A colleague asks for somebody's customer; the present owner's department head decides.
create table customer_transfer (
  id uuid primary key,
  site_id uuid not null,
  customer_id uuid not null references customer (id),
  status text not null check (status in ('asked', 'approved', 'refused', 'withdrawn')),
  from_id uuid,
  from_name text not null default '',
  to_id uuid not null,
  to_name text not null,
  reason text not null,
  lock_until date,
  -- As it was when it was decided, so that the decision can be taken back exactly.
  from_since timestamptz,
  from_locked_until date,
  asked_at timestamptz not null,
  asked_by text not null,
  asked_by_name text not null,
  decided_at timestamptz,
  decided_by text,
  decided_by_name text not null default '',
  answer text not null default '',
  version integer not null default 1,
  constraint customer_transfer_decided check ((status in ('approved', 'refused')) = (decided_by is not null))
);
create unique index customer_transfer_open on customer_transfer (customer_id) where status = 'asked';

-- Service team of a key account (S10).
create table customer_team (
  customer_id uuid not null references customer (id),
  employee_id uuid not null,
  site_id uuid not null,
  duty text not null default '',
  position smallint not null default 0,
  primary key (customer_id, employee_id)
);
create index customer_team_of on customer_team (employee_id);

-- What customers said: suggestions that want an answer, market research, plain notes (S10, T5).
create table customer_remark (
  id uuid primary key,
  site_id uuid not null,
  customer_id uuid references customer (id),
  contact_id uuid references contact (id),
  kind text not null check (kind in ('note', 'suggestion', 'research')),
  text text not null,
  status text not null check (status in ('open', 'answered', 'kept')),
  answer text not null default '',
  answered_at timestamptz,
  answered_by_name text not null default '',
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  version integer not null default 1,
  constraint customer_remark_about_somebody check (customer_id is not null or contact_id is not null)
);
create index customer_remark_of_customer on customer_remark (customer_id, at desc) where customer_id is not null;
create index customer_remark_of_contact on customer_remark (contact_id, at desc) where contact_id is not null;
create index customer_remark_open on customer_remark (site_id, at) where status = 'open';

-- One merge of duplicates; `moved` says what went where, so that it can be undone.
create table customer_merge (
  id uuid primary key,
  site_id uuid not null,
  entity text not null check (entity in ('customer', 'contact')),
  kept_id uuid not null,
  merged_id uuid not null,
  moved jsonb not null,
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  undone_at timestamptz
);
create index customer_merge_of on customer_merge (kept_id, at desc);
create unique index customer_merge_open on customer_merge (merged_id) where undone_at is null;

-- Two that look alike and are not the same: never suggested again. The smaller id stands first.
create table customer_distinct (
  site_id uuid not null,
  entity text not null check (entity in ('customer', 'contact')),
  one_id uuid not null,
  other_id uuid not null,
  at timestamptz not null,
  by_name text not null,
  primary key (one_id, other_id),
  constraint customer_distinct_order check (one_id < other_id)
);

-- A visitor is a contact known from the gate: one person from visits and calls (C5).
alter table visitor add column contact_id uuid references contact (id);
create index visitor_contact on visitor (contact_id) where contact_id is not null;

-- Which visitors a merge of contacts took along, so that its undo takes back exactly those.
create table visitor_contact_move (
  merge_id uuid not null references customer_merge (id),
  visitor_id uuid not null,
  primary key (merge_id, visitor_id)
);
