-- Roll-ups of the tallies of visits (V23): a year of a big house is twelve months and a few days at its edges, not a
-- million rows. Each is a sum of the tally named with it, kept in the same statement as that one.

-- visit_tally_hour without the hour
create table visit_tally_day (
  site_id uuid not null,
  department_id uuid,
  day date not null,
  kind text not null,
  category text not null,
  visits integer not null,
  people integer not null,
  arrived integer not null,
  announced integer not null,
  walk_in integer not null,
  first integer not null,
  again integer not null,
  no_show integer not null,
  declined integer not null,
  refused integer not null,
  cancelled integer not null,
  ask_of integer not null,
  ask_kept integer not null,
  sign_of integer not null,
  sign_kept integer not null,
  sign_late integer not null,
  sign_overdue integer not null,
  pass_of integer not null,
  pass_kept integer not null,
  meet_of integer not null,
  meet_kept integer not null,
  meet_prompt integer not null,
  constraint visit_tally_day_key unique nulls not distinct (site_id, day, kind, category, department_id)
) with (fillfactor = 80);

-- visit_tally_hour by month; `month` is its first day
create table visit_tally_month (
  site_id uuid not null,
  department_id uuid,
  month date not null check (extract(day from month) = 1),
  kind text not null,
  category text not null,
  visits integer not null,
  people integer not null,
  arrived integer not null,
  announced integer not null,
  walk_in integer not null,
  first integer not null,
  again integer not null,
  no_show integer not null,
  declined integer not null,
  refused integer not null,
  cancelled integer not null,
  ask_of integer not null,
  ask_kept integer not null,
  sign_of integer not null,
  sign_kept integer not null,
  sign_late integer not null,
  sign_overdue integer not null,
  pass_of integer not null,
  pass_kept integer not null,
  meet_of integer not null,
  meet_kept integer not null,
  meet_prompt integer not null,
  constraint visit_tally_month_key unique nulls not distinct (site_id, month, kind, category, department_id)
) with (fillfactor = 80);

-- visit_tally_hour by month, weekday (1 Monday) and hour: the heat map
create table visit_tally_slot (
  site_id uuid not null,
  department_id uuid,
  month date not null check (extract(day from month) = 1),
  weekday smallint not null,
  hour smallint not null,
  kind text not null,
  category text not null,
  arrived integer not null,
  people integer not null,
  constraint visit_tally_slot_key unique nulls not distinct (site_id, month, weekday, hour, kind, category, department_id)
) with (fillfactor = 80);

-- visit_tally_host by month
create table visit_tally_host_month (
  site_id uuid not null,
  host_id uuid,
  department_id uuid,
  month date not null check (extract(day from month) = 1),
  kind text not null,
  category text not null,
  visits integer not null,
  people integer not null,
  arrived integer not null,
  announced integer not null,
  walk_in integer not null,
  first integer not null,
  again integer not null,
  no_show integer not null,
  declined integer not null,
  refused integer not null,
  cancelled integer not null,
  ask_of integer not null,
  ask_kept integer not null,
  sign_of integer not null,
  sign_kept integer not null,
  sign_late integer not null,
  sign_overdue integer not null,
  pass_of integer not null,
  pass_kept integer not null,
  meet_of integer not null,
  meet_kept integer not null,
  meet_prompt integer not null,
  constraint visit_tally_host_month_key unique nulls not distinct (site_id, month, host_id, kind, category, department_id)
) with (fillfactor = 80);

-- visit_tally_wait by month
create table visit_tally_wait_month (
  site_id uuid not null,
  department_id uuid,
  month date not null check (extract(day from month) = 1),
  which text not null check (which in ('admit', 'meet')),
  minutes smallint not null,
  kind text not null,
  category text not null,
  visits integer not null,
  constraint visit_tally_wait_month_key
    unique nulls not distinct (site_id, month, which, minutes, kind, category, department_id)
) with (fillfactor = 80);

insert into visit_tally_day (site_id, department_id, day, kind, category, visits, people, arrived, announced, walk_in, first,
  again, no_show, declined, refused, cancelled, ask_of, ask_kept, sign_of, sign_kept, sign_late, sign_overdue, pass_of,
  pass_kept, meet_of, meet_kept, meet_prompt)
select site_id, department_id, day, kind, category, sum(visits), sum(people), sum(arrived), sum(announced), sum(walk_in),
  sum(first), sum(again), sum(no_show), sum(declined), sum(refused), sum(cancelled), sum(ask_of), sum(ask_kept), sum(sign_of),
  sum(sign_kept), sum(sign_late), sum(sign_overdue), sum(pass_of), sum(pass_kept), sum(meet_of), sum(meet_kept), sum(meet_prompt)
from visit_tally_hour group by site_id, department_id, day, kind, category;

insert into visit_tally_month (site_id, department_id, month, kind, category, visits, people, arrived, announced, walk_in, first,
  again, no_show, declined, refused, cancelled, ask_of, ask_kept, sign_of, sign_kept, sign_late, sign_overdue, pass_of,
  pass_kept, meet_of, meet_kept, meet_prompt)
select site_id, department_id, date_trunc('month', day)::date, kind, category, sum(visits), sum(people), sum(arrived),
  sum(announced), sum(walk_in), sum(first), sum(again), sum(no_show), sum(declined), sum(refused), sum(cancelled), sum(ask_of),
  sum(ask_kept), sum(sign_of), sum(sign_kept), sum(sign_late), sum(sign_overdue), sum(pass_of), sum(pass_kept), sum(meet_of),
  sum(meet_kept), sum(meet_prompt)
from visit_tally_day group by 1, 2, 3, 4, 5;

insert into visit_tally_slot (site_id, department_id, month, weekday, hour, kind, category, arrived, people)
select site_id, department_id, date_trunc('month', day)::date, extract(isodow from day)::smallint, hour, kind, category,
  sum(arrived), sum(people)
from visit_tally_hour group by 1, 2, 3, 4, 5, 6, 7;

insert into visit_tally_host_month (site_id, host_id, department_id, month, kind, category, visits, people, arrived, announced,
  walk_in, first, again, no_show, declined, refused, cancelled, ask_of, ask_kept, sign_of, sign_kept, sign_late, sign_overdue,
  pass_of, pass_kept, meet_of, meet_kept, meet_prompt)
select site_id, host_id, department_id, date_trunc('month', day)::date, kind, category, sum(visits), sum(people), sum(arrived),
  sum(announced), sum(walk_in), sum(first), sum(again), sum(no_show), sum(declined), sum(refused), sum(cancelled), sum(ask_of),
  sum(ask_kept), sum(sign_of), sum(sign_kept), sum(sign_late), sum(sign_overdue), sum(pass_of), sum(pass_kept), sum(meet_of),
  sum(meet_kept), sum(meet_prompt)
from visit_tally_host group by 1, 2, 3, 4, 5, 6;

insert into visit_tally_wait_month (site_id, department_id, month, which, minutes, kind, category, visits)
select site_id, department_id, date_trunc('month', day)::date, which, minutes, kind, category, sum(visits)
from visit_tally_wait group by 1, 2, 3, 4, 5, 6, 7;
