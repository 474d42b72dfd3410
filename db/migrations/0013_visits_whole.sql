-- What every V rule needs of the visit itself; each noun's own tables follow in their own migrations.
alter table visit
  -- V4, V6: what exactly within the kind (post applied for, goods brought), when the three questions were answered, which route was taken
  add column topic text not null default '',
  add column questions_at timestamptz,
  add column route text not null default '',
  -- V12: why the check-in stands still; for the house only
  add column hold_reason text not null default '',
  -- V14: let in first, written down afterwards
  add column emergency boolean not null default false,
  -- V7, V19: the car
  add column parking_place text not null default '',
  add column driver_name text not null default '',
  add column driver_phone text not null default '',
  add column vehicle_in_at timestamptz,
  add column vehicle_out_at timestamptz,
  -- V7: desk leads in, tells the gate, the gate tells the driver
  add column led_in_at timestamptz,
  add column leaving_at timestamptz,
  add column gate_told_at timestamptz,
  add column driver_told_at timestamptz,
  -- V22: came with a list, by a standing permit
  add column permit_id uuid,
  -- where it was written down
  add column via text not null default 'desk' check (via in ('desk', 'gate', 'kiosk', 'host', 'guest', 'import', 'device')),
  -- G5: the person was erased, the visit still counts
  add column erased_at timestamptz;

alter table visit drop constraint visit_status_check;
alter table visit add constraint visit_status_check check (status in
  ('expected', 'held', 'asking', 'admitted', 'with_host', 'signed_off', 'left', 'declined', 'refused', 'cancelled', 'no_show'));
alter table visit add constraint visit_held_says_why check (status <> 'held' or hold_reason <> '');

drop index visit_inside;
create index visit_inside on visit (site_id, status)
  where status in ('held', 'asking', 'admitted', 'with_host', 'signed_off');

create or replace function visit_transition() returns trigger language plpgsql as $$
begin
  if not (old.status, new.status) in (
    ('expected', 'asking'), ('expected', 'admitted'), ('expected', 'refused'), ('expected', 'cancelled'),
    ('expected', 'no_show'), ('expected', 'held'),
    ('held', 'asking'), ('held', 'admitted'), ('held', 'with_host'), ('held', 'refused'), ('held', 'left'),
    ('asking', 'admitted'), ('asking', 'declined'), ('asking', 'refused'), ('asking', 'cancelled'),
    ('asking', 'expected'), ('asking', 'held'),
    ('admitted', 'with_host'), ('admitted', 'signed_off'), ('admitted', 'left'), ('admitted', 'refused'),
    ('admitted', 'cancelled'), ('admitted', 'expected'), ('admitted', 'asking'), ('admitted', 'held'),
    ('with_host', 'signed_off'), ('with_host', 'left'), ('with_host', 'admitted'), ('with_host', 'held'),
    ('signed_off', 'left'), ('signed_off', 'admitted'), ('signed_off', 'with_host'),
    ('left', 'admitted'), ('left', 'with_host'), ('left', 'signed_off'),
    ('declined', 'asking'),
    ('refused', 'expected'), ('refused', 'asking'), ('refused', 'admitted'), ('refused', 'held'),
    ('cancelled', 'expected'), ('cancelled', 'asking'), ('cancelled', 'admitted'),
    ('no_show', 'asking'), ('no_show', 'admitted'), ('no_show', 'expected'), ('no_show', 'held')
  ) then
    raise exception 'visit cannot go from % to %', old.status, new.status
      using errcode = 'check_violation', constraint = 'visit_transition';
  end if;
  return new;
end $$;
