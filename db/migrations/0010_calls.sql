-- calls: telephone calls, how they were led to somebody, messages and promises to call back (C1–C15).

create sequence call_number;
create table call (
  id uuid primary key,
  site_id uuid not null,
  number bigint not null default nextval('call_number'),
  version integer not null default 1,
  status text not null check (status in ('ringing', 'open', 'after', 'missed', 'closed')),
  previous_status text,
  status_at timestamptz not null,
  status_by text not null,
  direction text not null check (direction in ('in', 'out', 'internal')),
  -- `hand`: without an exchange, timed by the desk's stopwatch (C15).
  source text not null check (source in ('exchange', 'hand', 'import')),
  -- Who rings: as shown by the exchange, normalised to E.164 where it is a public number.
  caller_number text collate "C" not null default '',
  caller_number_reversed text collate "C" generated always as (reverse(caller_number)) stored,
  caller_shown text not null default '',
  caller_extension text not null default '',
  dialled text not null default '',
  contact_id uuid,
  customer_id uuid,
  -- The record as taken down (C2): three questions are organisation, name, reason.
  contact_name text not null default '',
  organisation text not null default '',
  contact_phone text collate "C" not null default '',
  reason text not null default '',
  route text,
  wanted_id uuid,
  wanted_name text not null default '',
  department_id uuid,
  department_name text not null default '',
  questions_asked boolean not null default false,
  -- Refused by default, and yet somebody responsible is to be asked (C8).
  ask_anyway boolean not null default false,
  situations text[] not null default '{}',
  private boolean not null default false,
  -- Whoever answered owns it until it has an outcome (G1).
  handler_id uuid,
  handler_name text not null default '',
  handler_extension text not null default '',
  started_at timestamptz not null,
  ringing_at timestamptz,
  answered_at timestamptz,
  ended_at timestamptz,
  ended_by text check (ended_by in ('caller', 'callee', 'exchange')),
  ring_seconds numeric(9, 3),
  rings smallint,
  talk_seconds numeric(9, 3) not null default 0,
  outcome text check (outcome in ('put-through', 'message', 'callback', 'declined', 'resolved', 'missed', 'wrong-number', 'private')),
  outcome_note text not null default '',
  outcome_at timestamptz,
  outcome_by text,
  outcome_by_name text not null default '',
  exchange_id text collate "C",
  -- Which holder of the link said it, and how often: a later term wins, then the later revision.
  exchange_term integer not null default 0,
  exchange_revision integer not null default 0,
  exchange_outcome text,
  -- What name, company, reason and whom they wanted are found by (kernel/find/spelling.ts).
  terms text[] not null default '{}',
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  -- No call ends without an outcome (C4).
  constraint call_closed_has_outcome check ((status in ('closed', 'missed')) = (outcome is not null)),
  constraint call_after_has_end check (status <> 'after' or ended_at is not null),
  constraint call_open_was_answered check (status <> 'open' or answered_at is not null)
);
create unique index call_number_of on call (number);
create unique index call_of_exchange on call (site_id, exchange_id) where exchange_id is not null;
-- Whatever its record says: the line has not ended yet.
create index call_on_line on call (site_id) where exchange_id is not null and ended_at is null;
create index call_now on call (site_id, started_at desc) where status in ('ringing', 'open', 'after');
create index call_log on call (site_id, started_at desc, id desc);
create index call_of_contact on call (contact_id, started_at desc) where contact_id is not null;
create index call_of_customer on call (customer_id, started_at desc) where customer_id is not null;
create index call_of_caller on call (site_id, caller_number_reversed) where caller_number <> '';
create index call_of_handler on call (handler_id, started_at desc) where handler_id is not null;
create index call_wanted on call (wanted_id, started_at desc) where wanted_id is not null;
create index call_outcome on call (site_id, outcome, started_at desc);
create index call_route on call (site_id, route, started_at desc) where route is not null;
create index call_private on call (site_id, started_at desc) where private;
create index call_terms on call using gin (terms);
create index call_of_phone on call (site_id, reverse(contact_phone)) where contact_phone <> '';
create index call_of_dialled on call (site_id, (reverse(dialled) collate "C")) where direction = 'out' and dialled <> '';
create index call_of_extension on call (site_id, caller_extension, started_at desc) where caller_extension <> '';

-- What the exchange measured, one row per phone that was rung; replaced as a whole with each revision.
create table call_leg (
  call_id uuid not null references call (id) on delete cascade,
  position smallint not null,
  channel text not null,
  extension text,
  number text,
  employee_id uuid,
  employee_name text not null default '',
  cause text not null,
  sent_by text,
  began_at timestamptz not null,
  ringing_at timestamptz,
  answered_at timestamptz,
  ended_at timestamptz,
  result text not null,
  ring_seconds numeric(9, 3),
  rings smallint,
  talk_seconds numeric(9, 3) not null default 0,
  held_seconds numeric(9, 3) not null default 0,
  primary key (call_id, position)
);

-- One try of the cascade (C3, C4): whom the caller was to be put through to, and what became of it.
create table call_hop (
  id uuid primary key,
  site_id uuid not null,
  call_id uuid not null references call (id),
  position smallint not null,
  -- Place in the route's targets; null for a target chosen by hand.
  step smallint,
  target_kind text not null,
  target_id text,
  target_name text not null,
  target_extension text not null default '',
  told_caller boolean not null default false,
  started_at timestamptz not null,
  ended_at timestamptz,
  seconds numeric(9, 3),
  result text not null check (result in ('trying', 'answered', 'busy', 'no-answer', 'refused', 'callback', 'not-in', 'cancelled')),
  -- By the exchange, not by hand; the transfer it was seen as, by its time there.
  measured boolean not null default false,
  transfer_at timestamptz,
  note text not null default '',
  by_id text not null,
  by_name text not null,
  constraint call_hop_ended check ((result = 'trying') = (ended_at is null)),
  unique (call_id, position)
);
create unique index call_hop_one_open on call_hop (call_id) where result = 'trying';

create sequence message_number;
create table message (
  id uuid primary key,
  site_id uuid not null,
  number bigint not null default nextval('message_number'),
  version integer not null default 1,
  status text not null check (status in ('new', 'seen', 'done', 'reported', 'withdrawn')),
  previous_status text,
  status_at timestamptz not null,
  status_by text not null,
  call_id uuid references call (id),
  contact_id uuid,
  customer_id uuid,
  caller_name text not null default '',
  organisation text not null default '',
  phone text collate "C" not null default '',
  matter text not null check (btrim(matter) <> ''),
  urgent boolean not null default false,
  -- The caller was promised to hear back (C10).
  report_back boolean not null default true,
  to_kind text not null check (to_kind in ('person', 'post')),
  to_id text not null,
  to_name text not null,
  taken_at timestamptz not null,
  taken_by text not null,
  taken_by_name text not null,
  -- Put before the colleague when the line became free (C6); null while they are busy.
  presented_at timestamptz,
  presented_how text check (presented_how in ('at-once', 'device-free', 'said-free')),
  seen_at timestamptz,
  seen_by_name text not null default '',
  done_at timestamptz,
  done_by_name text not null default '',
  done_note text not null default '',
  reported_at timestamptz,
  reported_by_name text not null default '',
  reported_how text check (reported_how in ('phone', 'in-person', 'chat', 'e-mail', 'not-wanted')),
  reported_note text not null default '',
  -- What caller, company and matter are found by (kernel/find/spelling.ts).
  terms text[] not null default '{}',
  constraint message_has_caller check (caller_name <> '' or organisation <> '' or phone <> '')
);
create unique index message_number_of on message (number);
create index message_open on message (site_id, taken_at desc) where status in ('new', 'seen', 'done');
create index message_board on message (site_id, taken_at desc, id desc);
create index message_to on message (to_id, taken_at desc);
create index message_waiting on message (to_id) where status = 'new' and presented_at is null;
create index message_of_call on message (call_id) where call_id is not null;
create index message_of_contact on message (contact_id, taken_at desc) where contact_id is not null;
create index message_of_customer on message (customer_id, taken_at desc) where customer_id is not null;
create index message_taken_by on message (taken_by, taken_at desc);
create index message_terms on message using gin (terms);
create index message_of_phone on message (site_id, reverse(phone)) where phone <> '';

create sequence callback_number;
-- A promise to call back (C4, C7, C10, C14): kept, or its story told.
create table callback (
  id uuid primary key,
  site_id uuid not null,
  number bigint not null default nextval('callback_number'),
  version integer not null default 1,
  status text not null check (status in ('promised', 'taken', 'kept', 'unreachable', 'withdrawn')),
  previous_status text,
  status_at timestamptz not null,
  status_by text not null,
  kind text not null check (kind in ('cascade', 'complaint', 'missed', 'dialect', 'question', 'line-fault', 'message', 'return-visit', 'other')),
  call_id uuid references call (id),
  message_id uuid references message (id),
  contact_id uuid,
  customer_id uuid,
  caller_name text not null default '',
  organisation text not null default '',
  phone text collate "C" not null check (phone <> ''),
  matter text not null default '',
  owner_kind text not null check (owner_kind in ('person', 'post')),
  owner_id text not null,
  owner_name text not null,
  -- Taken by one colleague of the post; two who take it at once: one has it, the other is told.
  taken_by uuid,
  taken_by_name text not null default '',
  due_at timestamptz not null,
  attempts smallint not null default 0,
  promised_at timestamptz not null,
  promised_by text not null,
  promised_by_name text not null,
  ended_at timestamptz,
  ended_by_name text not null default '',
  result_note text not null default '',
  -- Kept in time; decided when it ends.
  in_time boolean,
  -- C14: 1…5, and the answers to the script's questions.
  satisfaction smallint check (satisfaction between 1 and 5),
  answers jsonb not null default '[]',
  terms text[] not null default '{}',
  constraint callback_taken check ((status = 'taken') <= (taken_by is not null)),
  constraint callback_return_visit_has_satisfaction
    check (not (kind = 'return-visit' and status = 'kept') or satisfaction is not null)
);
create unique index callback_number_of on callback (number);
create index callback_open on callback (site_id, due_at) where status in ('promised', 'taken');
create index callback_list on callback (site_id, promised_at desc, id desc);
create index callback_of_owner on callback (owner_id, due_at) where status in ('promised', 'taken');
create index callback_of_taker on callback (taken_by, due_at) where status = 'taken';
create index callback_of_call on callback (call_id) where call_id is not null;
create index callback_of_contact on callback (contact_id, promised_at desc) where contact_id is not null;
create index callback_of_customer on callback (customer_id, promised_at desc) where customer_id is not null;
create index callback_terms on callback using gin (terms);
create index callback_of_phone on callback (site_id, reverse(phone)) where phone <> '';

create table callback_attempt (
  id uuid primary key,
  callback_id uuid not null references callback (id),
  site_id uuid not null,
  at timestamptz not null,
  result text not null check (result in ('reached', 'busy', 'no-answer', 'wrong-number', 'later')),
  note text not null default '',
  call_id uuid references call (id),
  by_id text not null,
  by_name text not null
);
create index callback_attempt_of on callback_attempt (callback_id, at);

-- Busy lamps (C15) and what colleagues say of themselves (C6); one row per extension.
create table line (
  site_id uuid not null,
  extension text collate "C" not null,
  device text not null default 'unknown' check (device in ('idle', 'ringing', 'in-use', 'on-hold', 'unavailable', 'unknown')),
  device_at timestamptz,
  -- Said by the colleague or the desk; `away` until an instant.
  said text check (said in ('free', 'busy', 'away')),
  said_until timestamptz,
  said_at timestamptz,
  said_by_name text not null default '',
  version integer not null default 1,
  primary key (site_id, extension)
);

-- Who stands in for a post today: the duty salesperson (C5, C13). The roster of later days fills the same rows.
create table duty_day (
  site_id uuid not null,
  day date not null,
  post text collate "C" not null,
  employee_id uuid not null,
  employee_name text not null,
  set_at timestamptz not null,
  set_by_name text not null,
  primary key (site_id, day, post)
);

-- One exchange per site; the secret is sealed and never shown again.
create table exchange (
  site_id uuid primary key,
  enabled boolean not null default true,
  address jsonb not null,
  secret_sealed text not null,
  version integer not null default 1,
  state text not null default 'stopped',
  reason text,
  state_at timestamptz,
  -- Who holds the link, and the how-manieth holder that is: what an earlier one still says is not heard.
  node text,
  term integer not null default 0,
  changed_at timestamptz not null,
  changed_by_name text not null
);

-- Orders to the exchange: taken by the node that holds the link, whichever node was asked.
create table exchange_order (
  id uuid primary key,
  site_id uuid not null,
  kind text not null check (kind in ('dial', 'transfer', 'hang-up')),
  call_id uuid references call (id),
  hop_id uuid references call_hop (id),
  callback_id uuid references callback (id),
  payload jsonb not null,
  status text not null check (status in ('asked', 'sent', 'done', 'failed')),
  result text,
  at timestamptz not null,
  ended_at timestamptz,
  by_id uuid not null,
  by_name text not null
);
create index exchange_order_open on exchange_order (site_id, at) where status in ('asked', 'sent');

-- The guards of design §1.1: whatever a program error tries, an impossible step aborts the transaction.
create function call_transition() returns trigger language plpgsql as $$
begin
  if old.status <> new.status and not (old.status, new.status) in (
    ('ringing', 'open'), ('ringing', 'missed'), ('ringing', 'closed'), ('ringing', 'after'),
    ('open', 'after'), ('open', 'closed'), ('open', 'ringing'),
    ('after', 'closed'), ('after', 'open'), ('after', 'ringing'),
    ('missed', 'closed'), ('missed', 'open'), ('missed', 'after'), ('missed', 'ringing'),
    ('closed', 'open'), ('closed', 'after'), ('closed', 'missed'), ('closed', 'ringing')
  ) then
    raise exception 'call % cannot go from % to %', old.id, old.status, new.status
      using errcode = 'check_violation', constraint = 'call_transition';
  end if;
  return new;
end $$;
create trigger call_transition before update of status on call for each row execute function call_transition();

create function message_transition() returns trigger language plpgsql as $$
begin
  if old.status <> new.status and not (old.status, new.status) in (
    ('new', 'seen'), ('new', 'done'), ('new', 'withdrawn'), ('seen', 'new'), ('seen', 'done'), ('seen', 'withdrawn'),
    ('done', 'reported'), ('done', 'seen'), ('done', 'new'), ('reported', 'done'), ('withdrawn', 'new'), ('withdrawn', 'seen')
  ) then
    raise exception 'message % cannot go from % to %', old.id, old.status, new.status
      using errcode = 'check_violation', constraint = 'message_transition';
  end if;
  return new;
end $$;
create trigger message_transition before update of status on message for each row execute function message_transition();

create function callback_transition() returns trigger language plpgsql as $$
begin
  if old.status <> new.status and not (old.status, new.status) in (
    ('promised', 'taken'), ('promised', 'kept'), ('promised', 'unreachable'), ('promised', 'withdrawn'),
    ('taken', 'promised'), ('taken', 'kept'), ('taken', 'unreachable'), ('taken', 'withdrawn'),
    ('kept', 'taken'), ('kept', 'promised'), ('unreachable', 'promised'), ('unreachable', 'taken'),
    ('withdrawn', 'promised'), ('withdrawn', 'taken')
  ) then
    raise exception 'callback % cannot go from % to %', old.id, old.status, new.status
      using errcode = 'check_violation', constraint = 'callback_transition';
  end if;
  return new;
end $$;
create trigger callback_transition before update of status on callback for each row execute function callback_transition();
