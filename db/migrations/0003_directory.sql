-- Departments and employees: who works here, where they sit and how they are reached (C13, V5).
-- Text that is searched by prefix is compared byte by byte ("C"): ranges then use the index whatever the database's
-- own collation is, and prepared statements keep doing so (a LIKE with a parameter would not).

create table department (
  id uuid primary key,
  site_id uuid not null,
  name text not null check (btrim(name) <> ''),
  parent_id uuid references department (id),
  head_id uuid,
  deputy_id uuid,
  extension text,
  active boolean not null default true,
  created_at timestamptz not null,
  version integer not null default 1,
  constraint department_not_own_parent check (parent_id <> id),
  constraint department_name_key unique nulls not distinct (site_id, parent_id, name)
);
create index department_parent on department (parent_id);

create table employee (
  id uuid primary key,
  site_id uuid not null,
  -- Staff number (工号)
  number text collate "C",
  name text collate "C" not null check (btrim(name) <> ''),
  name_pinyin text collate "C" not null,
  name_initials text collate "C" not null,
  -- What a part of a name or a telephone number is found by; made by rules.ts of the module, never edited.
  terms text[] not null default '{}',
  department_id uuid constraint employee_department_id_fkey references department (id),
  title text,
  extension text collate "C",
  mobile text check (mobile ~ '^\+[1-9][0-9]{4,14}$'),
  email text,
  floor text,
  room text,
  line_worker boolean not null default false,
  languages text[] not null default '{}',
  dialects text[] not null default '{}',
  secretary_id uuid references employee (id),
  deputy_id uuid references employee (id),
  language text not null default 'zh' check (language in ('zh', 'en')),
  active boolean not null default true,
  created_at timestamptz not null,
  version integer not null default 1,
  constraint employee_not_own_deputy check (deputy_id <> id and secretary_id <> id)
);
create unique index employee_number_key on employee (site_id, number) where number is not null;
create index employee_by_pinyin on employee (site_id, name_pinyin, id);
create index employee_by_initials on employee (site_id, name_initials);
create index employee_by_name on employee (site_id, name);
create index employee_by_extension on employee (site_id, extension) where extension is not null;
create index employee_by_mobile on employee (site_id, mobile) where mobile is not null;
create index employee_by_department on employee (department_id, name_pinyin);
create index employee_by_email on employee (site_id, lower(email)) where email is not null;
create index employee_terms on employee using gin (terms);

-- Deferred: a department and the people who lead it may come in one transaction, in either order.
alter table department
  add constraint department_head_id_fkey foreign key (head_id) references employee (id) deferrable initially deferred,
  add constraint department_deputy_id_fkey foreign key (deputy_id) references employee (id) deferrable initially deferred;
alter table auth_user
  add constraint auth_user_employee_id_fkey foreign key (employee_id) references employee (id)
    deferrable initially deferred;

-- The extension list is looked over once a day (C13); one row per day, the first confirmation counts.
create table extension_list_check (
  site_id uuid not null,
  day date not null,
  at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  primary key (site_id, day)
);
