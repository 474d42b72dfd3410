-- G5 beside G4: when retention ends the words about a person leave the journal too, and its seals still hold. A redacted entry keeps
-- the digest it was sealed with; who redacted what is an entry of its own.
create function journal_digest(entry journal) returns bytea language sql stable as $$
  select sha256(convert_to(jsonb_build_array(entry.id, (extract(epoch from entry.at) * 1000000)::bigint, entry.site_id,
    entry.actor_kind, entry.actor_id, entry.actor_name, entry.request_id, entry.entity, entry.entity_id, entry.action,
    entry.version, entry.before::text, entry.after::text, entry.data::text)::text, 'UTF8'))
$$;

alter table journal add column redacted_at timestamptz, add column digest bytea;
alter table journal add constraint journal_redacted_keeps_digest check ((redacted_at is null) = (digest is null));

drop trigger journal_append_only on journal;
create trigger journal_append_only before delete or truncate on journal
  for each statement execute function journal_is_append_only();

-- The one change an entry may undergo: values leave it, its digest stays. Everything else is refused as before.
create function journal_only_redacted() returns trigger language plpgsql as $$
begin
  if (new.xid, new.id, new.at, new.site_id, new.actor_kind, new.actor_id, new.request_id, new.entity, new.entity_id, new.action,
      new.version) is distinct from
     (old.xid, old.id, old.at, old.site_id, old.actor_kind, old.actor_id, old.request_id, old.entity, old.entity_id, old.action,
      old.version)
    or new.redacted_at is null
    or new.digest is distinct from coalesce(old.digest, journal_digest(old))
    or not (coalesce(new.before, '{}') <@ coalesce(old.before, '{}'))
    or not (coalesce(new.after, '{}') <@ coalesce(old.after, '{}'))
    or not (coalesce(new.data, '{}') <@ coalesce(old.data, '{}'))
    or (new.actor_name <> old.actor_name and new.actor_name <> '')
  then
    raise exception 'the journal is append-only' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger journal_only_redacted before update on journal for each row execute function journal_only_redacted();

-- What somebody asked about their own data, and what was done; no name of theirs.
create sequence privacy_request_number;
create table privacy_request (
  id uuid primary key,
  site_id uuid not null,
  number bigint not null default nextval('privacy_request_number'),
  kind text not null check (kind in ('export', 'erase')),
  visitor_id uuid not null,
  reason text not null,
  visits integer not null,
  at timestamptz not null,
  by_id text not null,
  by_name text not null
);
create index privacy_request_of_site on privacy_request (site_id, at desc, id desc);

-- What each night took away, by category: counts only.
create table retention_run (
  site_id uuid not null,
  day date not null,
  category text not null,
  visits integer not null,
  documents integer not null,
  files integer not null,
  at timestamptz not null,
  primary key (site_id, day, category)
);

create index visit_to_erase on visit (site_id, category, sort_at) where erased_at is null;
