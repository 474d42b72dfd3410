-- Who came again, and where from, over a year of a big house (V23). Different people cannot be added up from sums of days:
-- each day keeps, beside its sums, the numbers of those who came, four bytes a visit, so that a year of millions is counted
-- from a few megabytes. Numbers say nothing of anybody; the ids behind them are renamed when a person is erased (G5).

create table visit_person (
  site_id uuid not null,
  visitor_id uuid not null,
  number integer not null generated always as identity,
  constraint visit_person_pkey primary key (site_id, visitor_id),
  constraint visit_person_number unique (number)
);

-- Names of organisations somebody came from; a name no visit says any more goes with the last of them.
create table visit_organisation (
  site_id uuid not null,
  name text not null,
  number integer not null generated always as identity,
  constraint visit_organisation_pkey primary key (site_id, name),
  constraint visit_organisation_number unique (number)
);
create index visit_counted_organisation on visit_counted (site_id, organisation) where organisation <> '';

-- The visits that came, by day and whatever the report is narrowed by: visitors is a row of numbers (int4), organisations of
-- pairs number and people (int4 each), both in order.
create table visit_tally_people (
  site_id uuid not null,
  department_id uuid,
  day date not null,
  kind text not null,
  category text not null,
  first integer not null,
  visitors bytea not null,
  organisations bytea not null,
  constraint visit_tally_people_key unique nulls not distinct (site_id, day, kind, category, department_id)
) with (fillfactor = 80);

insert into visit_person (site_id, visitor_id)
select distinct site_id, visitor_id from visit_counted order by site_id, visitor_id;

insert into visit_organisation (site_id, name)
select distinct site_id, organisation from visit_counted where organisation <> '' order by site_id, organisation;

analyze visit_person, visit_organisation;

insert into visit_tally_people (site_id, day, kind, category, department_id, first, visitors, organisations)
select c.site_id, c.day, c.kind, c.category, c.department_id, sum(c.first),
  string_agg(int4send(p.number), '' order by p.number),
  coalesce(string_agg(int4send(o.number) || int4send(c.people), '' order by o.number, c.people)
    filter (where o.number is not null), '')
from visit_counted c
join visit_person p on p.site_id = c.site_id and p.visitor_id = c.visitor_id
left join visit_organisation o on o.site_id = c.site_id and o.name = c.organisation
where c.arrived = 1
group by c.site_id, c.day, c.kind, c.category, c.department_id;
