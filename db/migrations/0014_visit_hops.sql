-- V4, V5, V6: who was asked about a visitor, in order, and what each said; kept whoever wrote it, cascade or hand.
create table visit_hop (
  -- Written before its visit within one transaction, so the reference is looked at when it ends.
  visit_id uuid not null references visit (id) deferrable initially deferred,
  n smallint not null check (n > 0),
  site_id uuid not null,
  -- Which target of the decision table; deputy: stands in for the host; hand: chosen by the desk
  target text not null,
  asked_kind text not null check (asked_kind in ('person', 'post')),
  asked_id text not null,
  name text not null,
  name_en text not null default '',
  department text not null default '',
  extension text not null default '',
  asked_at timestamptz not null,
  asked_by text not null,
  asked_by_name text not null,
  how text not null default 'console' check (how in ('console', 'phone', 'link', 'chat', 'in-person')),
  result text check (result in ('agreed', 'wait', 'delegated', 'declined', 'no-answer', 'busy', 'told', 'passed')),
  ended_at timestamptz,
  ended_by_name text not null default '',
  seconds int generated always as (extract(epoch from (ended_at - asked_at))::int) stored,
  note text not null default '',
  primary key (visit_id, n),
  constraint visit_hop_ended check ((result is null) = (ended_at is null))
);
-- One at a time is asked: two desks working on one visitor cannot both go on.
create unique index visit_hop_one_open on visit_hop (visit_id) where ended_at is null;

-- Read while dialling, so it lies with the visit and costs the board no join.
alter table visit add column asked_extension text not null default '';
