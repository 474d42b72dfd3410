-- Sites, users, roles per site, sessions, API keys (G4, G5, K3).
-- The auth_* tables follow better-auth's schema under our own names; src/modules/identity/auth.ts maps them.
-- Columns better-auth does not know are nullable or have a default, so that its own inserts keep working.

CREATE TABLE site (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9][a-z0-9-]{0,31}$'),
  name text NOT NULL CHECK (btrim(name) <> ''),
  zone text NOT NULL DEFAULT 'Asia/Shanghai',
  created_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1
);

CREATE TABLE auth_user (
  id text PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE,
  email_verified boolean NOT NULL DEFAULT false,
  image text,
  username text NOT NULL UNIQUE,
  display_username text,
  two_factor_enabled boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  employee_id uuid,
  language text NOT NULL DEFAULT 'zh' CHECK (language IN ('zh', 'en')),
  -- Set by an administrator; the owner is asked for a new one at the next sign-in (K3).
  password_temporary boolean NOT NULL DEFAULT false,
  disabled_at timestamptz,
  version integer NOT NULL DEFAULT 1
);
CREATE INDEX auth_user_by_employee ON auth_user (employee_id) WHERE employee_id IS NOT NULL;

CREATE TABLE auth_account (
  id text PRIMARY KEY,
  account_id text NOT NULL,
  provider_id text NOT NULL,
  user_id text NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (provider_id, account_id)
);
CREATE INDEX auth_account_by_user ON auth_account (user_id);

CREATE TABLE auth_session (
  id text PRIMARY KEY,
  token text NOT NULL UNIQUE,
  user_id text NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  ip_address text,
  user_agent text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX auth_session_by_user ON auth_session (user_id);
CREATE INDEX auth_session_by_expiry ON auth_session (expires_at);

CREATE TABLE auth_verification (
  id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX auth_verification_by_identifier ON auth_verification (identifier);
CREATE INDEX auth_verification_by_expiry ON auth_verification (expires_at);

CREATE TABLE auth_two_factor (
  id text PRIMARY KEY,
  secret text NOT NULL,
  backup_codes text NOT NULL,
  user_id text NOT NULL UNIQUE REFERENCES auth_user (id) ON DELETE CASCADE,
  verified boolean NOT NULL DEFAULT true,
  failed_verification_count integer NOT NULL DEFAULT 0,
  locked_until timestamptz
);

CREATE TABLE role_grant (
  user_id text NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  site_id uuid NOT NULL REFERENCES site (id),
  role text NOT NULL CHECK (role IN (
    'receptionist', 'guard', 'host', 'agent', 'duty_manager', 'department_head', 'office_admin',
    'technician', 'quality', 'director', 'tenant_admin', 'tenant_member', 'system_admin')),
  PRIMARY KEY (user_id, site_id, role)
);
CREATE INDEX role_grant_by_site ON role_grant (site_id, role);

CREATE TABLE auth_api_key (
  id text PRIMARY KEY,
  config_id text NOT NULL DEFAULT 'default',
  name text,
  start text,
  prefix text,
  key text NOT NULL UNIQUE,
  reference_id text NOT NULL,
  refill_interval integer,
  refill_amount integer,
  last_refill_at timestamptz,
  enabled boolean NOT NULL DEFAULT true,
  rate_limit_enabled boolean NOT NULL DEFAULT false,
  rate_limit_time_window integer,
  rate_limit_max integer,
  request_count integer NOT NULL DEFAULT 0,
  remaining integer,
  last_request timestamptz,
  expires_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  permissions text,
  metadata text,
  -- A key acts in one role at one site and never as its maker.
  site_id uuid NOT NULL REFERENCES site (id),
  role text NOT NULL CHECK (role IN (
    'receptionist', 'guard', 'host', 'agent', 'duty_manager', 'department_head', 'office_admin',
    'technician', 'quality', 'director', 'tenant_admin', 'tenant_member', 'system_admin'))
);

-- One row per tried user name, existing or not, so that lock-out tells nobody which names exist. The name is kept
-- hashed: people type their password into the name field.
CREATE TABLE sign_in_failure (
  name_hash text PRIMARY KEY,
  failures integer NOT NULL,
  window_start timestamptz NOT NULL,
  locked_until timestamptz
);
CREATE INDEX sign_in_failure_by_window ON sign_in_failure (window_start);
