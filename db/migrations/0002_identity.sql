-- Sites, users, roles per site, sessions, API keys (G4, G5, K3).
-- The auth_* tables follow better-auth's schema under our own names; src/modules/identity/auth.ts maps them.
-- Columns better-auth does not know are nullable or have a default, so that its own inserts keep working.

create table site (
  id uuid primary key,
  code text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{0,31}$'),
  name text not null check (btrim(name) <> ''),
  zone text not null default 'Asia/Shanghai',
  created_at timestamptz not null default now(),
  version integer not null default 1
);

create table auth_user (
  id text primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  username text not null unique,
  display_username text,
  two_factor_enabled boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  employee_id uuid,
  language text not null default 'zh' check (language in ('zh', 'en')),
  -- Set by an administrator; the owner is asked for a new one at the next sign-in (K3).
  password_temporary boolean not null default false,
  disabled_at timestamptz,
  version integer not null default 1
);
create index auth_user_by_employee on auth_user (employee_id) where employee_id is not null;

create table auth_account (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  user_id text not null references auth_user (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index auth_account_by_user on auth_account (user_id);

create table auth_session (
  id text primary key,
  token text not null unique,
  user_id text not null references auth_user (id) on delete cascade,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index auth_session_by_user on auth_session (user_id);
create index auth_session_by_expiry on auth_session (expires_at);

create table auth_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index auth_verification_by_identifier on auth_verification (identifier);
create index auth_verification_by_expiry on auth_verification (expires_at);

create table auth_two_factor (
  id text primary key,
  secret text not null,
  backup_codes text not null,
  user_id text not null unique references auth_user (id) on delete cascade,
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamptz
);

create table role_grant (
  user_id text not null references auth_user (id) on delete cascade,
  site_id uuid not null references site (id),
  role text not null check (role in (
    'receptionist', 'guard', 'host', 'agent', 'duty_manager', 'department_head', 'office_admin',
    'technician', 'quality', 'director', 'tenant_admin', 'tenant_member', 'system_admin')),
  primary key (user_id, site_id, role)
);
create index role_grant_by_site on role_grant (site_id, role);

create table auth_api_key (
  id text primary key,
  config_id text not null default 'default',
  name text,
  start text,
  prefix text,
  key text not null unique,
  reference_id text not null,
  refill_interval integer,
  refill_amount integer,
  last_refill_at timestamptz,
  enabled boolean not null default true,
  rate_limit_enabled boolean not null default false,
  rate_limit_time_window integer,
  rate_limit_max integer,
  request_count integer not null default 0,
  remaining integer,
  last_request timestamptz,
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  permissions text,
  metadata text,
  -- A key acts in one role at one site and never as its maker. Nullable for better-auth's schema check only.
  site_id uuid references site (id),
  role text check (role in (
    'receptionist', 'guard', 'host', 'agent', 'duty_manager', 'department_head', 'office_admin',
    'technician', 'quality', 'director', 'tenant_admin', 'tenant_member', 'system_admin')),
  constraint auth_api_key_acts_somewhere check (site_id is not null and role is not null)
);

-- One row per tried user name, existing or not, so that lock-out tells nobody which names exist. The name is kept
-- hashed: people type their password into the name field.
create table sign_in_failure (
  name_hash text primary key,
  -- At most five moments of the last quarter of an hour.
  tries timestamptz[] not null,
  locked_until timestamptz,
  updated_at timestamptz not null
);
create index sign_in_failure_by_age on sign_in_failure (updated_at);
