-- Made by `npm run schema` from db/migrations; never edited. `npm run check` fails when it differs.

create sequence visit_number;

CREATE OR REPLACE FUNCTION public.journal_horizon()
 RETURNS xid8
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (((((pg_snapshot_xmin(pg_current_snapshot()))::text)::bigint + journal_shift()))::text)::xid8
;

CREATE OR REPLACE FUNCTION public.journal_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the journal is append-only' using errcode = 'insufficient_privilege';
end $function$
;

CREATE OR REPLACE FUNCTION public.journal_shift()
 RETURNS bigint
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (0)::bigint
;

CREATE OR REPLACE FUNCTION public.journal_xid()
 RETURNS xid8
 LANGUAGE sql
RETURN (((((pg_current_xact_id())::text)::bigint + journal_shift()))::text)::xid8
;

CREATE OR REPLACE FUNCTION public.visit_transition()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
  constraint auth_user_employee_id_fkey FOREIGN KEY (employee_id) REFERENCES employee(id) DEFERRABLE INITIALLY DEFERRED,
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

create table calendar_day (
  site_id uuid not null,
  day date not null,
  kind text not null,
  name jsonb not null,
  hours jsonb,
  source text not null,
  constraint calendar_day_hours_of_working_days CHECK (((hours IS NULL) OR (kind = ANY (ARRAY['makeup'::text, 'workday'::text])))),
  constraint calendar_day_kind_check CHECK ((kind = ANY (ARRAY['holiday'::text, 'makeup'::text, 'workday'::text, 'restday'::text]))),
  constraint calendar_day_pkey PRIMARY KEY (site_id, day),
  constraint calendar_day_source_check CHECK ((source = ANY (ARRAY['seed'::text, 'edited'::text])))
);

create table calendar_version (
  site_id uuid not null,
  version uuid not null,
  constraint calendar_version_pkey PRIMARY KEY (site_id)
);

create table calendar_year (
  site_id uuid not null,
  year integer not null,
  source text not null,
  constraint calendar_year_pkey PRIMARY KEY (site_id, year),
  constraint calendar_year_source_check CHECK ((source = ANY (ARRAY['seed'::text, 'edited'::text])))
);

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
  tried_at timestamp with time zone,
  constraint delivery_notification_id_fkey FOREIGN KEY (notification_id) REFERENCES notification(id),
  constraint delivery_pkey PRIMARY KEY (id),
  constraint delivery_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'sent'::text, 'failed'::text])))
);
CREATE INDEX delivery_failed ON public.delivery USING btree (site_id, created_at DESC) WHERE (status = 'failed'::text);
CREATE INDEX delivery_notification ON public.delivery USING btree (notification_id);
CREATE INDEX delivery_site ON public.delivery USING btree (site_id, id DESC);
CREATE INDEX delivery_tried ON public.delivery USING btree (tried_at) WHERE ((status = 'queued'::text) AND (tried_at IS NOT NULL));
CREATE UNIQUE INDEX delivery_message_id ON public.delivery USING btree (message_id);

create table department (
  id uuid not null,
  site_id uuid not null,
  name text not null,
  parent_id uuid,
  head_id uuid,
  deputy_id uuid,
  extension text,
  active boolean not null default true,
  created_at timestamp with time zone not null,
  version integer not null default 1,
  constraint department_deputy_id_fkey FOREIGN KEY (deputy_id) REFERENCES employee(id) DEFERRABLE INITIALLY DEFERRED,
  constraint department_head_id_fkey FOREIGN KEY (head_id) REFERENCES employee(id) DEFERRABLE INITIALLY DEFERRED,
  constraint department_name_check CHECK ((btrim(name) <> ''::text)),
  constraint department_name_key UNIQUE NULLS NOT DISTINCT (site_id, parent_id, name),
  constraint department_not_own_parent CHECK ((parent_id <> id)),
  constraint department_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES department(id),
  constraint department_pkey PRIMARY KEY (id)
);
CREATE INDEX department_parent ON public.department USING btree (parent_id);

create table employee (
  id uuid not null,
  site_id uuid not null,
  number text collate "C",
  name text collate "C" not null,
  name_pinyin text collate "C" not null,
  name_initials text collate "C" not null,
  terms text[] not null default '{}'::text[],
  department_id uuid,
  title text,
  extension text collate "C",
  mobile text,
  email text,
  floor text,
  room text,
  line_worker boolean not null default false,
  languages text[] not null default '{}'::text[],
  dialects text[] not null default '{}'::text[],
  secretary_id uuid,
  deputy_id uuid,
  language text not null default 'zh'::text,
  active boolean not null default true,
  created_at timestamp with time zone not null,
  version integer not null default 1,
  constraint employee_department_id_fkey FOREIGN KEY (department_id) REFERENCES department(id),
  constraint employee_deputy_id_fkey FOREIGN KEY (deputy_id) REFERENCES employee(id),
  constraint employee_language_check CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text]))),
  constraint employee_mobile_check CHECK ((mobile ~ '^\+[1-9][0-9]{4,14}$'::text)),
  constraint employee_name_check CHECK ((btrim(name) <> ''::text)),
  constraint employee_not_own_deputy CHECK (((deputy_id <> id) AND (secretary_id <> id))),
  constraint employee_pkey PRIMARY KEY (id),
  constraint employee_secretary_id_fkey FOREIGN KEY (secretary_id) REFERENCES employee(id)
);
CREATE INDEX employee_by_department ON public.employee USING btree (department_id, name_pinyin);
CREATE INDEX employee_by_email ON public.employee USING btree (site_id, lower(email)) WHERE (email IS NOT NULL);
CREATE INDEX employee_by_extension ON public.employee USING btree (site_id, extension) WHERE (extension IS NOT NULL);
CREATE INDEX employee_by_initials ON public.employee USING btree (site_id, name_initials);
CREATE INDEX employee_by_mobile ON public.employee USING btree (site_id, mobile) WHERE (mobile IS NOT NULL);
CREATE INDEX employee_by_name ON public.employee USING btree (site_id, name);
CREATE INDEX employee_by_pinyin ON public.employee USING btree (site_id, name_pinyin, id);
CREATE INDEX employee_terms ON public.employee USING gin (terms);
CREATE UNIQUE INDEX employee_number_key ON public.employee USING btree (site_id, number) WHERE (number IS NOT NULL);

create table extension_list_check (
  site_id uuid not null,
  day date not null,
  at timestamp with time zone not null,
  actor_id text not null,
  actor_name text not null,
  constraint extension_list_check_pkey PRIMARY KEY (site_id, day)
);

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
  headings jsonb not null default '[]'::jsonb,
  progress integer not null default 0,
  kept integer not null default 0,
  finished_at timestamp with time zone,
  constraint import_run_pkey PRIMARY KEY (id),
  constraint import_run_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'running'::text, 'done'::text, 'undone'::text])))
);
CREATE INDEX import_run_draft ON public.import_run USING btree (at) WHERE (status = 'draft'::text);
CREATE INDEX import_run_file ON public.import_run USING btree (sha256) WHERE (status = ANY (ARRAY['draft'::text, 'running'::text]));
CREATE INDEX import_run_site ON public.import_run USING btree (site_id, at DESC);

create table journal (
  xid xid8 not null default journal_xid(),
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
  leaves bytea not null,
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
  signed jsonb,
  constraint notification_pkey PRIMARY KEY (id)
);
CREATE INDEX notification_created ON public.notification USING brin (created_at);
CREATE INDEX notification_person ON public.notification USING btree (person_id, site_id, id DESC);
CREATE INDEX notification_unread ON public.notification USING btree (person_id, site_id) WHERE (read_at IS NULL);

create table pass (
  site_id uuid not null,
  number text not null,
  status text not null default 'in_stock'::text,
  visit_id uuid,
  issued_at timestamp with time zone,
  reason text not null default ''::text,
  version integer not null default 1,
  constraint pass_issued_to_a_visit CHECK (((status = 'issued'::text) = ((issued_at IS NOT NULL) AND (visit_id IS NOT NULL)))),
  constraint pass_pkey PRIMARY KEY (site_id, number),
  constraint pass_status_check CHECK ((status = ANY (ARRAY['in_stock'::text, 'issued'::text, 'missing'::text, 'void'::text]))),
  constraint pass_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);
CREATE INDEX pass_free ON public.pass USING btree (site_id, number) WHERE (status = 'in_stock'::text);
CREATE UNIQUE INDEX pass_of_visit ON public.pass USING btree (visit_id) WHERE (status = 'issued'::text);

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
  tries timestamp with time zone[] not null,
  locked_until timestamp with time zone,
  updated_at timestamp with time zone not null,
  constraint sign_in_failure_pkey PRIMARY KEY (name_hash)
);
CREATE INDEX sign_in_failure_by_age ON public.sign_in_failure USING btree (updated_at);

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
CREATE INDEX task_site_due ON public.task USING btree (site_id, due_at, id) WHERE (status = 'open'::text);
CREATE INDEX task_subject ON public.task USING btree (subject_entity, subject_id);

create table visit (
  id uuid not null,
  site_id uuid not null,
  number bigint not null default nextval('visit_number'::regclass),
  version integer not null default 1,
  status text not null,
  previous_status text,
  status_at timestamp with time zone not null,
  status_by text not null,
  category text not null,
  kind text not null,
  announced boolean not null,
  group_id uuid,
  visitor_id uuid not null,
  visitor_name text not null,
  organisation text not null default ''::text,
  phone text not null default ''::text,
  party_size integer not null,
  companions jsonb not null default '[]'::jsonb,
  purpose text not null default ''::text,
  plate text collate "C" not null default ''::text,
  note text not null default ''::text,
  host_id uuid,
  host_name text not null default ''::text,
  host_department_id uuid,
  host_department text not null default ''::text,
  host_extension text not null default ''::text,
  receiver_id uuid,
  receiver_name text not null default ''::text,
  asked_kind text,
  asked_id text,
  asked_name text not null default ''::text,
  asked_ids jsonb not null default '[]'::jsonb,
  ask_due_at timestamp with time zone,
  consent_by text,
  consent_by_name text not null default ''::text,
  consent_how text,
  consent_at timestamp with time zone,
  host_ready_at timestamp with time zone,
  decline_reason text not null default ''::text,
  refuse_reason text not null default ''::text,
  expected_at timestamp with time zone,
  arrived_at timestamp with time zone,
  admitted_at timestamp with time zone,
  met_at timestamp with time zone,
  signed_at timestamp with time zone,
  signed_by text,
  signed_by_name text not null default ''::text,
  sign_note text not null default ''::text,
  left_at timestamp with time zone,
  late_signature boolean not null default false,
  release_confirmed_by text not null default ''::text,
  valid_until timestamp with time zone,
  waiting_place jsonb not null default '{"en": "", "zh": ""}'::jsonb,
  areas jsonb not null default '[]'::jsonb,
  escort_id uuid,
  escort_name text not null default ''::text,
  document_kind text,
  document_sealed text,
  document_index text,
  document_tail text,
  document_checked_at timestamp with time zone,
  document_checked_by text,
  pass_number text,
  pass_returned boolean,
  slip_returned boolean,
  source text,
  source_key text,
  sort_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  created_by text not null,
  created_by_name text not null,
  updated_at timestamp with time zone not null,
  constraint visit_asked_kind_check CHECK ((asked_kind = ANY (ARRAY['person'::text, 'post'::text]))),
  constraint visit_asking_names_someone CHECK (((status <> 'asking'::text) OR (asked_id IS NOT NULL))),
  constraint visit_group_id_fkey FOREIGN KEY (group_id) REFERENCES visit_group(id),
  constraint visit_late_only_after_exit CHECK (((NOT late_signature) OR (status = 'left'::text))),
  constraint visit_left_has_time_out CHECK (((status = 'left'::text) = (left_at IS NOT NULL))),
  constraint visit_party_size_check CHECK (((party_size >= 1) AND (party_size <= 2000))),
  constraint visit_pkey PRIMARY KEY (id),
  constraint visit_status_check CHECK ((status = ANY (ARRAY['expected'::text, 'asking'::text, 'admitted'::text, 'with_host'::text, 'signed_off'::text, 'left'::text, 'declined'::text, 'refused'::text, 'cancelled'::text, 'no_show'::text])))
);
CREATE INDEX visit_asked ON public.visit USING btree (asked_id) WHERE (status = 'asking'::text);
CREATE INDEX visit_expected ON public.visit USING btree (site_id, expected_at) WHERE (status = 'expected'::text);
CREATE INDEX visit_host ON public.visit USING btree (host_id, sort_at DESC);
CREATE INDEX visit_inside ON public.visit USING btree (site_id, status) WHERE (status = ANY (ARRAY['asking'::text, 'admitted'::text, 'with_host'::text, 'signed_off'::text]));
CREATE INDEX visit_late ON public.visit USING btree (host_id) WHERE late_signature;
CREATE INDEX visit_left ON public.visit USING btree (site_id, left_at DESC) WHERE (status = 'left'::text);
CREATE INDEX visit_number_of ON public.visit USING btree (number);
CREATE INDEX visit_plate ON public.visit USING btree (site_id, plate) WHERE (plate <> ''::text);
CREATE INDEX visit_receiver ON public.visit USING btree (receiver_id, sort_at DESC) WHERE (receiver_id IS NOT NULL);
CREATE INDEX visit_register ON public.visit USING btree (site_id, sort_at DESC, id DESC);
CREATE INDEX visit_visitor ON public.visit USING btree (visitor_id, sort_at DESC);
CREATE TRIGGER visit_transition BEFORE UPDATE OF status ON public.visit FOR EACH ROW WHEN ((old.status IS DISTINCT FROM new.status)) EXECUTE FUNCTION visit_transition();
CREATE UNIQUE INDEX visit_source ON public.visit USING btree (site_id, source, source_key) WHERE (source IS NOT NULL);

create table visit_day_closed (
  site_id uuid not null,
  day date not null,
  closed_at timestamp with time zone not null,
  no_shows integer not null,
  still_inside integer not null,
  constraint visit_day_closed_pkey PRIMARY KEY (site_id, day)
);

create table visit_group (
  id uuid not null,
  site_id uuid not null,
  source text not null,
  source_key text not null,
  title text not null,
  size integer not null,
  host_name text not null,
  place text not null default ''::text,
  expected_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  constraint visit_group_pkey PRIMARY KEY (id),
  constraint visit_group_site_id_source_source_key_key UNIQUE (site_id, source, source_key)
);

create table visitor (
  id uuid not null,
  site_id uuid not null,
  name text collate "C" not null,
  name_pinyin text collate "C" not null,
  name_initials text collate "C" not null,
  organisation text not null default ''::text,
  phone text not null default ''::text,
  phone_reversed text collate "C" generated always as (reverse(phone)) stored,
  grams text[] not null,
  document_kind text,
  document_sealed text,
  document_index text,
  document_tail text,
  plate text not null default ''::text,
  visits integer not null default 1,
  last_visit_at timestamp with time zone not null,
  last_visit_id uuid,
  created_at timestamp with time zone not null,
  constraint visitor_pkey PRIMARY KEY (id)
);
CREATE INDEX visitor_document ON public.visitor USING btree (document_index) WHERE (document_index IS NOT NULL);
CREATE INDEX visitor_grams ON public.visitor USING gin (grams);
CREATE INDEX visitor_initials ON public.visitor USING btree (site_id, name_initials);
CREATE INDEX visitor_name ON public.visitor USING btree (site_id, name);
CREATE INDEX visitor_phone ON public.visitor USING btree (site_id, phone_reversed) WHERE (phone <> ''::text);
CREATE INDEX visitor_pinyin ON public.visitor USING btree (site_id, name_pinyin);
