-- Numbers a device may hand out while no server can be asked: no two devices ever hold the same one (V11, design §1.5).
create table pass_lease (
  site_id uuid not null,
  number text not null,
  device text not null,
  actor_id text not null,
  until timestamptz not null,
  primary key (site_id, number),
  foreign key (site_id, number) references pass (site_id, number) on delete cascade
);
create index pass_lease_device on pass_lease (site_id, device);
