-- Agreements a visitor reads and signs, invitations by e-mail, and the kiosk in the lobby (V1, V3, V5, V11, V13, V21, G5).

-- A kiosk is a device of its own; a guest acts by the link in their invitation. Neither is an account.
alter table journal drop constraint journal_actor_kind_check;
alter table journal add constraint journal_actor_kind_check
  check (actor_kind in ('user', 'apikey', 'link', 'system', 'device', 'guest'));

create table agreement (
  id uuid primary key,
  site_id uuid not null references site (id),
  purpose text not null check (purpose in ('safety', 'nda', 'house-rules', 'privacy', 'other')),
  title jsonb not null,
  status text not null default 'draft' check (status in ('draft', 'published', 'withdrawn')),
  -- Empty: every kind, every category.
  kinds text[] not null default '{}',
  categories text[] not null default '{}',
  -- How long a signature serves the next visits; 0: signed at each visit.
  valid_days int not null default 0 check (valid_days between 0 and 3650),
  needs_signature boolean not null default true,
  position int not null default 0,
  version int not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null
);
create index agreement_of_site on agreement (site_id, position, id);

create table agreement_version (
  id uuid primary key,
  agreement_id uuid not null references agreement (id),
  site_id uuid not null references site (id),
  number int not null check (number > 0),
  body jsonb not null,
  sha256 text not null,
  effective_at timestamptz,
  published_at timestamptz,
  published_by text,
  published_by_name text not null default '',
  created_at timestamptz not null,
  created_by text not null,
  unique (agreement_id, number),
  constraint agreement_published_whole check ((published_at is null) = (effective_at is null))
);
-- One draft at a time.
create unique index agreement_draft on agreement_version (agreement_id) where published_at is null;
create index agreement_in_force on agreement_version (site_id, effective_at) where published_at is not null;

-- What was published is what people signed: its words never change (G4).
create function agreement_version_fixed() returns trigger language plpgsql as $$
begin
  if old.published_at is not null and (new.body, new.sha256, new.number, new.effective_at, new.published_at)
      is distinct from (old.body, old.sha256, old.number, old.effective_at, old.published_at) then
    raise exception 'a published version is never changed' using errcode = 'check_violation', constraint = 'agreement_version_fixed';
  end if;
  return new;
end $$;
create trigger agreement_version_fixed before update on agreement_version
  for each row execute function agreement_version_fixed();

create table agreement_signature (
  id uuid primary key,
  site_id uuid not null references site (id),
  agreement_id uuid not null references agreement (id),
  version_id uuid not null references agreement_version (id),
  visit_id uuid not null references visit (id),
  visitor_id uuid not null,
  signer_name text not null,
  -- As read: language and hash of the text shown.
  language text not null check (language in ('zh', 'en')),
  sha256 text not null,
  surface text not null check (surface in ('kiosk', 'guest', 'paper')),
  manner text not null check (manner in ('drawn', 'typed', 'paper', 'read')),
  file_id uuid,
  signed_at timestamptz not null,
  valid_until timestamptz,
  recorded_by text not null,
  recorded_by_name text not null,
  unique (visit_id, version_id)
);
create index agreement_signature_of_visitor on agreement_signature (visitor_id, version_id, signed_at desc);

alter table visit add column agreements_due int not null default 0;

-- Documents in force now that this visit has not signed, nor its visitor lately. The newest effective version counts.
create function visit_agreements_due(site uuid, visit uuid, visitor uuid, visit_kind text, visit_category text, at timestamptz)
  returns int language sql stable as $$
  select count(*)::int from agreement a
  cross join lateral (
    select v.id from agreement_version v
    where v.agreement_id = a.id and v.published_at is not null and v.effective_at <= at
    order by v.number desc limit 1
  ) current
  where a.site_id = site and a.status = 'published'
    and (a.kinds = '{}' or visit_kind = any (a.kinds)) and (a.categories = '{}' or visit_category = any (a.categories))
    and not exists (
      select 1 from agreement_signature s where s.version_id = current.id
        and (s.visit_id = visit or (s.visitor_id = visitor and s.valid_until > at)))
$$;

-- Here and not in every way in: whoever begins a visit or lets it arrive cannot forget what is still to be signed.
create function visit_owes_agreements() returns trigger language plpgsql as $$
begin
  new.agreements_due := visit_agreements_due(new.site_id, new.id, new.visitor_id, new.kind, new.category, new.updated_at);
  return new;
end $$;
create trigger visit_owes_agreements_new before insert on visit
  for each row when (new.status in ('expected', 'held', 'asking', 'admitted')) execute function visit_owes_agreements();
create trigger visit_owes_agreements_changed before update of status, kind, category, visitor_id on visit
  for each row when (new.status in ('held', 'asking', 'admitted') and (old.status = 'expected' or old.status = 'no_show'
    or old.kind <> new.kind or old.category <> new.category or old.visitor_id <> new.visitor_id))
  execute function visit_owes_agreements();

create table invitation (
  visit_id uuid primary key references visit (id),
  site_id uuid not null references site (id),
  -- The link carries this; a new one makes the links sent before worthless.
  key uuid not null unique,
  -- Typed at the kiosk where no code can be scanned.
  code text not null,
  email text not null,
  language text not null check (language in ('zh', 'en')),
  sequence int not null default 0,
  -- What the guest was told last: times, host, place, end.
  told jsonb,
  opened_at timestamptz,
  completed_at timestamptz,
  created_at timestamptz not null,
  created_by text not null,
  unique (site_id, code)
);

create table invitation_letter (
  id uuid primary key,
  site_id uuid not null references site (id),
  visit_id uuid not null references invitation (visit_id),
  kind text not null check (kind in ('invite', 'update', 'cancel', 'resend')),
  sequence int not null,
  address text not null,
  status text not null default 'queued' check (status in ('queued', 'sending', 'sent', 'failed', 'skipped')),
  attempts int not null default 0,
  last_error text,
  message_id text not null,
  at timestamptz not null,
  sent_at timestamptz
);
create index invitation_letter_of_visit on invitation_letter (visit_id, at desc);
create index invitation_letter_open on invitation_letter (at) where status in ('queued', 'sending');

create table kiosk (
  id uuid primary key,
  site_id uuid not null references site (id),
  name text not null,
  place text not null default '',
  status text not null default 'new' check (status in ('new', 'paired', 'revoked')),
  -- Keyed hashes; the values themselves are shown once.
  pairing_index text,
  pairing_until timestamptz,
  secret_sha256 text,
  pin_index text not null,
  paired_at timestamptz,
  last_seen_at timestamptz,
  -- Wrong codes and names since; too many, and the kiosk asks to go to the desk.
  failures int not null default 0,
  failures_since timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  constraint kiosk_paired_has_secret check ((status = 'paired') = (secret_sha256 is not null))
);
create unique index kiosk_pairing on kiosk (pairing_index) where pairing_index is not null;
create index kiosk_of_site on kiosk (site_id, name);
