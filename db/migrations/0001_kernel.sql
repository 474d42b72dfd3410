-- The kernel's tables: journal, tasks, settings, files, notifications, imports. No front-desk words here.

-- One journal, which is also the outbox (design §1.2). `xid` is the writing transaction: followers read in the
-- order (xid, id) below the oldest running transaction, so that an entry committed late is never skipped.
create table journal (
  xid xid8 not null default pg_current_xact_id(),
  id bigint generated always as identity,
  at timestamptz not null,
  site_id uuid,
  actor_kind text not null check (actor_kind in ('user', 'apikey', 'link', 'system')),
  actor_id text not null,
  actor_name text not null,
  request_id text not null,
  entity text not null,
  entity_id text not null,
  action text not null,
  version integer,
  before jsonb,
  after jsonb,
  data jsonb,
  primary key (xid, id)
);
create index journal_entity on journal (entity, entity_id, id);
create index journal_site_at on journal (site_id, at desc, id desc);

create function journal_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the journal is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger journal_append_only before update or delete or truncate on journal
  for each statement execute function journal_is_append_only();

create table journal_cursor (
  follower text primary key,
  xid xid8 not null,
  id bigint not null,
  failures integer not null default 0,
  last_error text,
  updated_at timestamptz not null default now()
);

-- A seal covers every entry after the seal before it up to (upto_xid, upto_id) in follower order.
create table journal_seal (
  no bigint primary key,
  upto_xid xid8 not null,
  upto_id bigint not null,
  entries integer not null,
  previous text not null,
  hash text not null,
  sealed_at timestamptz not null
);

create table idempotency (
  actor_id text not null,
  key text not null,
  request_hash text not null,
  answer jsonb not null,
  at timestamptz not null,
  primary key (actor_id, key)
);
create index idempotency_at on idempotency using brin (at);

create table task (
  id uuid primary key,
  site_id uuid not null,
  kind text not null,
  subject_entity text not null,
  subject_id text not null,
  facts jsonb not null default '{}',
  owner_kind text not null check (owner_kind in ('person', 'post')),
  owner_id text not null check (owner_id <> ''),
  status text not null default 'open' check (status in ('open', 'done', 'cancelled')),
  due_at timestamptz not null,
  remind_at timestamptz,
  next_at timestamptz,
  level integer not null default 0,
  ladder jsonb not null default '[]',
  outcome text,
  settled_at timestamptz,
  settled_by text,
  settled_by_name text,
  created_at timestamptz not null,
  created_by text not null,
  created_by_name text not null,
  version integer not null default 1,
  failures integer not null default 0,
  last_error text,
  constraint task_settled_has_outcome
    check ((status = 'open') = (settled_at is null) and (status = 'open' or outcome is not null))
);
create index task_next on task (next_at) where status = 'open' and next_at is not null;
create index task_owner on task (site_id, owner_kind, owner_id, due_at) where status = 'open';
create index task_subject on task (subject_entity, subject_id);
create index task_settled on task (site_id, settled_at desc) where status <> 'open';

create table setting (
  site_id uuid not null,
  key text not null,
  version integer not null,
  value jsonb not null,
  note text,
  at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  primary key (site_id, key, version)
);

create table file (
  id uuid primary key,
  site_id uuid not null,
  sha256 text not null,
  name text not null,
  media_type text not null,
  size integer not null,
  subject_entity text not null,
  subject_id text not null,
  created_at timestamptz not null,
  created_by text not null,
  created_by_name text not null,
  removed_at timestamptz
);
create index file_subject on file (subject_entity, subject_id);
create index file_sha256 on file (sha256);

create table notification (
  id uuid primary key,
  site_id uuid not null,
  person_id uuid not null,
  template text not null,
  facts jsonb not null,
  link text,
  created_at timestamptz not null,
  read_at timestamptz
);
create index notification_person on notification (person_id, created_at desc);

create table delivery (
  id uuid primary key,
  notification_id uuid not null references notification (id),
  site_id uuid not null,
  channel text not null,
  address text not null,
  message_id text not null,
  status text not null default 'queued' check (status in ('queued', 'sent', 'failed')),
  attempts integer not null default 0,
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz
);
create index delivery_failed on delivery (site_id, created_at desc) where status = 'failed';
create index delivery_notification on delivery (notification_id);

create table import_profile (
  id uuid primary key,
  site_id uuid not null,
  kind text not null,
  name text not null,
  mapping jsonb not null,
  updated_at timestamptz not null,
  unique (site_id, kind, name)
);

create table import_run (
  id uuid primary key,
  site_id uuid not null,
  kind text not null,
  file_name text not null,
  sha256 text not null,
  mapping jsonb not null,
  status text not null check (status in ('done', 'undone')),
  total integer not null,
  created integer not null,
  updated integer not null,
  unchanged integer not null,
  bad integer not null,
  at timestamptz not null,
  actor_id text not null,
  actor_name text not null
);
create index import_run_site on import_run (site_id, at desc);

create table import_line (
  run_id uuid not null references import_run (id),
  line integer not null,
  result text not null check (result in ('created', 'updated', 'unchanged', 'bad', 'undone')),
  entity_id uuid,
  before jsonb,
  problems jsonb,
  cells jsonb,
  primary key (run_id, line)
);

create table signing_key (
  id text primary key,
  purpose text not null,
  public_jwk jsonb not null,
  private_jwe text not null,
  created_at timestamptz not null,
  retired_at timestamptz
);
create unique index signing_key_active on signing_key (purpose) where retired_at is null;
