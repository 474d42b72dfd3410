-- Made by `npm run schema` from db/migrations; never edited. `npm run check` fails when it differs.

CREATE OR REPLACE FUNCTION public.journal_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the journal is append-only' using errcode = 'insufficient_privilege';
end $function$
;

create table auth_account (
  id text not null,
  account_id text not null,
  provider_id text not null,
  user_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  password text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint auth_account_pkey PRIMARY KEY (id),
  constraint auth_account_provider_id_account_id_key UNIQUE (provider_id, account_id),
  constraint auth_account_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_user(id) ON DELETE CASCADE
);
CREATE INDEX auth_account_by_user ON public.auth_account USING btree (user_id);

create table auth_api_key (
  id text not null,
  config_id text not null default 'default'::text,
  name text,
  start text,
  prefix text,
  key text not null,
  reference_id text not null,
  refill_interval integer,
  refill_amount integer,
  last_refill_at timestamp with time zone,
  enabled boolean not null default true,
  rate_limit_enabled boolean not null default false,
  rate_limit_time_window integer,
  rate_limit_max integer,
  request_count integer not null default 0,
  remaining integer,
  last_request timestamp with time zone,
  expires_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  permissions text,
  metadata text,
  site_id uuid,
  role text,
  constraint auth_api_key_acts_somewhere CHECK (((site_id IS NOT NULL) AND (role IS NOT NULL))),
  constraint auth_api_key_key_key UNIQUE (key),
  constraint auth_api_key_pkey PRIMARY KEY (id),
  constraint auth_api_key_role_check CHECK ((role = ANY (ARRAY['receptionist'::text, 'guard'::text, 'host'::text, 'agent'::text, 'duty_manager'::text, 'department_head'::text, 'office_admin'::text, 'technician'::text, 'quality'::text, 'director'::text, 'tenant_admin'::text, 'tenant_member'::text, 'system_admin'::text]))),
  constraint auth_api_key_site_id_fkey FOREIGN KEY (site_id) REFERENCES site(id)
);

create table auth_session (
  id text not null,
  token text not null,
  user_id text not null,
  expires_at timestamp with time zone not null,
  ip_address text,
  user_agent text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint auth_session_pkey PRIMARY KEY (id),
  constraint auth_session_token_key UNIQUE (token),
  constraint auth_session_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_user(id) ON DELETE CASCADE
);
CREATE INDEX auth_session_by_expiry ON public.auth_session USING btree (expires_at);
CREATE INDEX auth_session_by_user ON public.auth_session USING btree (user_id);

create table auth_two_factor (
  id text not null,
  secret text not null,
  backup_codes text not null,
  user_id text not null,
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamp with time zone,
  constraint auth_two_factor_pkey PRIMARY KEY (id),
  constraint auth_two_factor_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_user(id) ON DELETE CASCADE,
  constraint auth_two_factor_user_id_key UNIQUE (user_id)
);

create table auth_user (
  id text not null,
  name text not null,
  email text not null,
  email_verified boolean not null default false,
  image text,
  username text not null,
  display_username text,
  two_factor_enabled boolean not null default false,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  employee_id uuid,
  language text not null default 'zh'::text,
  password_temporary boolean not null default false,
  disabled_at timestamp with time zone,
  version integer not null default 1,
  constraint auth_user_email_key UNIQUE (email),
  constraint auth_user_language_check CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text]))),
  constraint auth_user_pkey PRIMARY KEY (id),
  constraint auth_user_username_key UNIQUE (username)
);
CREATE INDEX auth_user_by_employee ON public.auth_user USING btree (employee_id) WHERE (employee_id IS NOT NULL);

create table auth_verification (
  id text not null,
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint auth_verification_pkey PRIMARY KEY (id)
);
CREATE INDEX auth_verification_by_expiry ON public.auth_verification USING btree (expires_at);
CREATE INDEX auth_verification_by_identifier ON public.auth_verification USING btree (identifier);

create table delivery (
  id uuid not null,
  notification_id uuid not null,
  site_id uuid not null,
  channel text not null,
  address text not null,
  message_id text not null,
  status text not null default 'queued'::text,
  attempts integer not null default 0,
  last_error text,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  constraint delivery_notification_id_fkey FOREIGN KEY (notification_id) REFERENCES notification(id),
  constraint delivery_pkey PRIMARY KEY (id),
  constraint delivery_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'sent'::text, 'failed'::text])))
);
CREATE INDEX delivery_failed ON public.delivery USING btree (site_id, created_at DESC) WHERE (status = 'failed'::text);
CREATE INDEX delivery_notification ON public.delivery USING btree (notification_id);

create table file (
  id uuid not null,
  site_id uuid not null,
  sha256 text not null,
  name text not null,
  media_type text not null,
  size integer not null,
  subject_entity text not null,
  subject_id text not null,
  created_at timestamp with time zone not null,
  created_by text not null,
  created_by_name text not null,
  removed_at timestamp with time zone,
  constraint file_pkey PRIMARY KEY (id)
);
CREATE INDEX file_sha256 ON public.file USING btree (sha256);
CREATE INDEX file_subject ON public.file USING btree (subject_entity, subject_id);

create table idempotency (
  actor_id text not null,
  key text not null,
  request_hash text not null,
  answer jsonb not null,
  at timestamp with time zone not null,
  constraint idempotency_pkey PRIMARY KEY (actor_id, key)
);
CREATE INDEX idempotency_at ON public.idempotency USING brin (at);

create table import_line (
  run_id uuid not null,
  line integer not null,
  result text not null,
  entity_id uuid,
  before jsonb,
  problems jsonb,
  cells jsonb,
  constraint import_line_pkey PRIMARY KEY (run_id, line),
  constraint import_line_result_check CHECK ((result = ANY (ARRAY['created'::text, 'updated'::text, 'unchanged'::text, 'bad'::text, 'undone'::text]))),
  constraint import_line_run_id_fkey FOREIGN KEY (run_id) REFERENCES import_run(id)
);

create table import_profile (
  id uuid not null,
  site_id uuid not null,
  kind text not null,
  name text not null,
  mapping jsonb not null,
  updated_at timestamp with time zone not null,
  constraint import_profile_pkey PRIMARY KEY (id),
  constraint import_profile_site_id_kind_name_key UNIQUE (site_id, kind, name)
);

create table import_run (
  id uuid not null,
  site_id uuid not null,
  kind text not null,
  file_name text not null,
  sha256 text not null,
  mapping jsonb not null,
  status text not null,
  total integer not null,
  created integer not null,
  updated integer not null,
  unchanged integer not null,
  bad integer not null,
  at timestamp with time zone not null,
  actor_id text not null,
  actor_name text not null,
  constraint import_run_pkey PRIMARY KEY (id),
  constraint import_run_status_check CHECK ((status = ANY (ARRAY['done'::text, 'undone'::text])))
);
CREATE INDEX import_run_site ON public.import_run USING btree (site_id, at DESC);

create table journal (
  xid xid8 not null default pg_current_xact_id(),
  id bigint not null generated always as identity,
  at timestamp with time zone not null,
  site_id uuid,
  actor_kind text not null,
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
  constraint journal_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['user'::text, 'apikey'::text, 'link'::text, 'system'::text]))),
  constraint journal_pkey PRIMARY KEY (xid, id)
);
CREATE INDEX journal_entity ON public.journal USING btree (entity, entity_id, id);
CREATE INDEX journal_site_at ON public.journal USING btree (site_id, at DESC, id DESC);
CREATE TRIGGER journal_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.journal FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();

create table journal_cursor (
  follower text not null,
  xid xid8 not null,
  id bigint not null,
  failures integer not null default 0,
  last_error text,
  updated_at timestamp with time zone not null default now(),
  constraint journal_cursor_pkey PRIMARY KEY (follower)
);

create table journal_seal (
  no bigint not null,
  upto_xid xid8 not null,
  upto_id bigint not null,
  entries integer not null,
  previous text not null,
  hash text not null,
  sealed_at timestamp with time zone not null,
  constraint journal_seal_pkey PRIMARY KEY (no)
);

create table migration (
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migration_pkey PRIMARY KEY (name)
);

create table notification (
  id uuid not null,
  site_id uuid not null,
  person_id uuid not null,
  template text not null,
  facts jsonb not null,
  link text,
  created_at timestamp with time zone not null,
  read_at timestamp with time zone,
  constraint notification_pkey PRIMARY KEY (id)
);
CREATE INDEX notification_person ON public.notification USING btree (person_id, created_at DESC);

create table role_grant (
  user_id text not null,
  site_id uuid not null,
  role text not null,
  constraint role_grant_pkey PRIMARY KEY (user_id, site_id, role),
  constraint role_grant_role_check CHECK ((role = ANY (ARRAY['receptionist'::text, 'guard'::text, 'host'::text, 'agent'::text, 'duty_manager'::text, 'department_head'::text, 'office_admin'::text, 'technician'::text, 'quality'::text, 'director'::text, 'tenant_admin'::text, 'tenant_member'::text, 'system_admin'::text]))),
  constraint role_grant_site_id_fkey FOREIGN KEY (site_id) REFERENCES site(id),
  constraint role_grant_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_user(id) ON DELETE CASCADE
);
CREATE INDEX role_grant_by_site ON public.role_grant USING btree (site_id, role);

create table setting (
  site_id uuid not null,
  key text not null,
  version integer not null,
  value jsonb not null,
  note text,
  at timestamp with time zone not null,
  actor_id text not null,
  actor_name text not null,
  constraint setting_pkey PRIMARY KEY (site_id, key, version)
);

create table sign_in_failure (
  name_hash text not null,
  failures integer not null,
  window_start timestamp with time zone not null,
  locked_until timestamp with time zone,
  constraint sign_in_failure_pkey PRIMARY KEY (name_hash)
);
CREATE INDEX sign_in_failure_by_window ON public.sign_in_failure USING btree (window_start);

create table signing_key (
  id text not null,
  purpose text not null,
  public_jwk jsonb not null,
  private_jwe text not null,
  created_at timestamp with time zone not null,
  retired_at timestamp with time zone,
  constraint signing_key_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX signing_key_active ON public.signing_key USING btree (purpose) WHERE (retired_at IS NULL);

create table site (
  id uuid not null,
  code text not null,
  name text not null,
  zone text not null default 'Asia/Shanghai'::text,
  created_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint site_code_check CHECK ((code ~ '^[a-z0-9][a-z0-9-]{0,31}$'::text)),
  constraint site_code_key UNIQUE (code),
  constraint site_name_check CHECK ((btrim(name) <> ''::text)),
  constraint site_pkey PRIMARY KEY (id)
);

create table task (
  id uuid not null,
  site_id uuid not null,
  kind text not null,
  subject_entity text not null,
  subject_id text not null,
  facts jsonb not null default '{}'::jsonb,
  owner_kind text not null,
  owner_id text not null,
  status text not null default 'open'::text,
  due_at timestamp with time zone not null,
  remind_at timestamp with time zone,
  next_at timestamp with time zone,
  level integer not null default 0,
  ladder jsonb not null default '[]'::jsonb,
  outcome text,
  settled_at timestamp with time zone,
  settled_by text,
  settled_by_name text,
  created_at timestamp with time zone not null,
  created_by text not null,
  created_by_name text not null,
  version integer not null default 1,
  failures integer not null default 0,
  last_error text,
  constraint task_owner_id_check CHECK ((owner_id <> ''::text)),
  constraint task_owner_kind_check CHECK ((owner_kind = ANY (ARRAY['person'::text, 'post'::text]))),
  constraint task_pkey PRIMARY KEY (id),
  constraint task_settled_has_outcome CHECK ((((status = 'open'::text) = (settled_at IS NULL)) AND ((status = 'open'::text) OR (outcome IS NOT NULL)))),
  constraint task_status_check CHECK ((status = ANY (ARRAY['open'::text, 'done'::text, 'cancelled'::text])))
);
CREATE INDEX task_next ON public.task USING btree (next_at) WHERE ((status = 'open'::text) AND (next_at IS NOT NULL));
CREATE INDEX task_owner ON public.task USING btree (site_id, owner_kind, owner_id, due_at) WHERE (status = 'open'::text);
CREATE INDEX task_settled ON public.task USING btree (site_id, settled_at DESC) WHERE (status <> 'open'::text);
CREATE INDEX task_subject ON public.task USING btree (subject_entity, subject_id);
