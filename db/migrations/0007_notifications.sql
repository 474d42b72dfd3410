-- Notifications that open without sign-in, deliveries whose attempt died with its process.

-- `signed`: {entity, id, hours}; the link itself is signed when the e-mail is written and never stored.
alter table notification add column signed jsonb;
drop index notification_person;
create index notification_person on notification (person_id, site_id, id desc);
create index notification_unread on notification (person_id, site_id) where read_at is null;
create index notification_created on notification using brin (created_at);

-- `tried_at` stands while an attempt runs; an old one means that its process died (crash between store and send).
alter table delivery add column tried_at timestamptz;
create unique index delivery_message_id on delivery (message_id);
create index delivery_tried on delivery (tried_at) where status = 'queued' and tried_at is not null;
create index delivery_site on delivery (site_id, id desc);
