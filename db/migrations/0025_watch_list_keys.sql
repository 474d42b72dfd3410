-- By which rule an entry's keys were made (V12): those of an older one get theirs anew in the background.
alter table watch_entry add column keys_version integer not null default 1;
create index watch_entry_keyed on watch_entry (keys_version, id);
