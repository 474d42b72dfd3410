-- Notices beyond console and e-mail: robots of DingTalk, WeCom and Feishu, and signed webhooks.

-- A robot has one rate limit, however many channels lead to it; nodes take turns by its row.
-- `recent`: moments of the latest requests. `busy_until`: somebody is sending; stands on after a crash, until it is over.
create table channel_robot (
  key text primary key,
  recent timestamptz[] not null default '{}',
  failures integer not null default 0,
  paused_until timestamptz,
  busy_until timestamptz,
  busy_by uuid
);

-- Address and secret are JWE; `robot_key` is the address's blind index. Nothing of them ever leaves the server again.
-- `topics` null: all notices. `posts` empty: everybody of the site.
create table channel (
  id uuid primary key,
  site_id uuid not null,
  person_id uuid,
  kind text not null check (kind in ('dingtalk', 'wecom', 'feishu', 'webhook')),
  name text not null,
  robot_key text not null references channel_robot (key),
  url_sealed text,
  url_hint text not null,
  secret_sealed text,
  old_secret_sealed text,
  old_secret_until timestamptz,
  enabled boolean not null,
  language text not null check (language in ('zh', 'en')),
  topics text[],
  posts text[] not null default '{}',
  events text[] not null default '{}',
  details boolean not null,
  mention boolean not null,
  version integer not null default 1,
  failures integer not null default 0,
  failing_since timestamptz,
  created_at timestamptz not null,
  deleted_at timestamptz,
  constraint channel_own_is_chat check (person_id is null or kind <> 'webhook'),
  constraint channel_events_are_webhooks check (kind = 'webhook' or events = '{}')
);
create index channel_site on channel (site_id, id);
create index channel_person on channel (person_id) where person_id is not null;
create index channel_robot_key on channel (robot_key);
create unique index channel_name on channel (site_id, lower(name)) where person_id is null and deleted_at is null;

-- `batch` is the attempt a row was last part of: rows sent together as a digest share it. `queued_at`: since when it
-- waits, which asking for another attempt by hand sets anew.
create table channel_delivery (
  id uuid primary key,
  site_id uuid not null,
  channel_id uuid not null references channel (id),
  kind text not null check (kind in ('notice', 'event', 'test')),
  template text not null,
  facts jsonb not null,
  link text,
  people uuid[] not null default '{}',
  event jsonb,
  status text not null default 'waiting' check (status in ('waiting', 'sending', 'retrying', 'sent', 'failed')),
  attempts integer not null default 0,
  next_at timestamptz not null,
  alone boolean not null default false,
  batch uuid,
  digest boolean not null default false,
  error text,
  error_words text,
  created_at timestamptz not null,
  queued_at timestamptz not null,
  sent_at timestamptz
);
create index channel_delivery_due on channel_delivery (channel_id, next_at) where status in ('waiting', 'retrying');
create index channel_delivery_sending on channel_delivery (channel_id) where status = 'sending';
create index channel_delivery_site on channel_delivery (site_id, id desc);
create index channel_delivery_of_channel on channel_delivery (channel_id, id desc);
create index channel_delivery_created on channel_delivery using brin (created_at);

-- What a person does not want to get by e-mail or chat; without a row everything comes. The console always tells.
create table notice_preference (
  site_id uuid not null,
  person_id uuid not null,
  topic text not null,
  email boolean not null,
  chat boolean not null,
  primary key (person_id, site_id, topic)
);
