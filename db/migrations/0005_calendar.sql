-- Working calendar per site (G6): days that differ from the weekly hours, and years whose days are known.
-- Weekly hours are the setting calendar.hours.

create table calendar_day (
  site_id uuid not null,
  day date not null,
  kind text not null check (kind in ('holiday', 'makeup', 'workday', 'restday')),
  name jsonb not null,
  hours jsonb,
  source text not null check (source in ('seed', 'edited')),
  primary key (site_id, day),
  constraint calendar_day_hours_of_working_days check (hours is null or kind in ('makeup', 'workday'))
);

create table calendar_year (
  site_id uuid not null,
  year integer not null,
  source text not null check (source in ('seed', 'edited')),
  primary key (site_id, year)
);

-- One row per site: edits queue up on it, and a changed version tells every node to load the calendar again.
create table calendar_version (
  site_id uuid primary key,
  version uuid not null
);
