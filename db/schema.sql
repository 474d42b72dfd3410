-- Made by `npm run schema` from db/migrations; never edited. `npm run check` fails when it differs.

create sequence call_number;

create sequence callback_number;

create sequence customer_number;

create sequence incident_number;

create sequence message_number;

create sequence permit_number;

create sequence privacy_request_number;

create sequence visit_number;

CREATE OR REPLACE FUNCTION public.access_areas(visit_row visit)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce(jsonb_agg(named.name order by named.place), '[]')
  from jsonb_array_elements_text(visit_row.areas) with ordinality as named(name, place)
  where not exists (
    select 1 from area a where a.site_id = visit_row.site_id and not a.archived and a.restricted
      and (a.name_zh = named.name or a.name_en = named.name)
      and not exists (select 1 from area_approval p
        where p.visit_id = visit_row.id and p.area_id = a.id and p.status = 'approved'))
$function$
;

CREATE OR REPLACE FUNCTION public.access_instant(moment timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$function$
;

CREATE OR REPLACE FUNCTION public.agreement_version_fixed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.published_at is not null and (new.body, new.sha256, new.number, new.effective_at, new.published_at)
      is distinct from (old.body, old.sha256, old.number, old.effective_at, old.published_at) then
    raise exception 'a published version is never changed' using errcode = 'check_violation', constraint = 'agreement_version_fixed';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.approval_tells_access()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  held text;
begin
  select number into held from pass where visit_id = new.visit_id and status = 'issued';
  if found then perform tell_access(new.site_id, held); end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.area_approval_counts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update visit set approvals_due = visit_approvals_due(site_id, id, areas) where id = new.visit_id;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.area_approval_transition()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not (old.status, new.status) in (
    ('asked', 'approved'), ('asked', 'declined'), ('asked', 'withdrawn'), ('asked', 'expired'),
    ('approved', 'asked'), ('approved', 'withdrawn'), ('approved', 'expired'),
    ('declined', 'asked')
  ) then
    raise exception 'area approval cannot go from % to %', old.status, new.status
      using errcode = 'check_violation', constraint = 'area_approval_transition';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.call_transition()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.status <> new.status and not (old.status, new.status) in (
    ('ringing', 'open'), ('ringing', 'missed'), ('ringing', 'closed'), ('ringing', 'after'),
    ('open', 'after'), ('open', 'closed'), ('open', 'ringing'),
    ('after', 'closed'), ('after', 'open'), ('after', 'ringing'),
    ('missed', 'closed'), ('missed', 'open'), ('missed', 'after'), ('missed', 'ringing'),
    ('closed', 'open'), ('closed', 'after'), ('closed', 'missed'), ('closed', 'ringing')
  ) then
    raise exception 'call % cannot go from % to %', old.id, old.status, new.status
      using errcode = 'check_violation', constraint = 'call_transition';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.callback_transition()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.status <> new.status and not (old.status, new.status) in (
    ('promised', 'taken'), ('promised', 'kept'), ('promised', 'unreachable'), ('promised', 'withdrawn'),
    ('taken', 'promised'), ('taken', 'kept'), ('taken', 'unreachable'), ('taken', 'withdrawn'),
    ('kept', 'taken'), ('kept', 'promised'), ('unreachable', 'promised'), ('unreachable', 'taken'),
    ('withdrawn', 'promised'), ('withdrawn', 'taken')
  ) then
    raise exception 'callback % cannot go from % to %', old.id, old.status, new.status
      using errcode = 'check_violation', constraint = 'callback_transition';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.contact_organisation_keep()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  known uuid;
begin
  insert into contact_organisation (site_id, name) values (new.site_id, new.organisation)
  on conflict do nothing returning id into known;
  if known is not null then
    insert into find_word (site_id, entity, word, subject_id)
    select new.site_id, 'organisation', word, known from unnest(find_words(new.organisation, '{}')) word
    on conflict do nothing;
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.find_words(name text, terms text[])
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  words text[] := '{}';
  term text;
  code integer;
  before boolean := false;
  distinct_length integer := char_length(name) - case
    when right(name, 6) in ('股份有限公司', '有限责任公司') then 6
    when right(name, 4) = '有限公司' then 4 when right(name, 2) = '公司' then 2 else 0 end;
begin
  foreach term in array terms loop
    -- As many bytes as characters: no Chinese among them, and nothing to look closer at.
    if char_length(term) > 1
      and (octet_length(term) = char_length(term) or term !~ '[\u3400-\u9fff\U00020000-\U0003ffff]') then
      words := words || term;
    end if;
  end loop;
  for i in reverse distinct_length..2 loop
    code := ascii(substr(name, i, 1));
    if code between 13312 and 40959 or code between 131072 and 262143 then
      if before then words := words || lower(substr(name, i, 12)); end if;
      before := true;
    else
      before := false;
    end if;
  end loop;
  return words;
end $function$
;

CREATE OR REPLACE FUNCTION public.find_words_keep()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op <> 'INSERT' then
    delete from find_word where site_id = old.site_id and entity = tg_argv[0] and subject_id = old.id
      and word = any (find_words(old.name, old.terms));
  end if;
  if tg_op <> 'DELETE' and new.merged_into is null then
    insert into find_word (site_id, entity, word, subject_id)
    select new.site_id, tg_argv[0], word, new.id from unnest(find_words(new.name, new.terms)) word
    on conflict do nothing;
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.incident_transition()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not (old.status, new.status) in (
    ('open', 'acknowledged'), ('open', 'on_site'), ('open', 'false_alarm'),
    ('acknowledged', 'on_site'), ('acknowledged', 'closed'), ('acknowledged', 'false_alarm'), ('acknowledged', 'open'),
    ('on_site', 'closed'), ('on_site', 'false_alarm'), ('on_site', 'acknowledged'), ('on_site', 'open'),
    ('closed', 'acknowledged'), ('closed', 'on_site'),
    ('false_alarm', 'open'), ('false_alarm', 'acknowledged'), ('false_alarm', 'on_site')
  ) then
    raise exception 'incident cannot go from % to %', old.status, new.status
      using errcode = 'check_violation', constraint = 'incident_transition';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.journal_digest(entry journal)
 RETURNS bytea
 LANGUAGE sql
 STABLE
AS $function$
  select sha256(convert_to(jsonb_build_array(entry.id, (extract(epoch from entry.at) * 1000000)::bigint, entry.site_id,
    entry.actor_kind, entry.actor_id, entry.actor_name, entry.request_id, entry.entity, entry.entity_id, entry.action,
    entry.version, entry.before::text, entry.after::text, entry.data::text)::text, 'UTF8'))
$function$
;

CREATE OR REPLACE FUNCTION public.journal_horizon()
 RETURNS xid8
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (((((pg_snapshot_xmin(pg_current_snapshot()))::text)::bigint + journal_shift()))::text)::xid8
;

CREATE OR REPLACE FUNCTION public.journal_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the journal is append-only' using errcode = 'insufficient_privilege';
end $function$
;

CREATE OR REPLACE FUNCTION public.journal_only_redacted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION public.journal_shift()
 RETURNS bigint
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (0)::bigint
;

CREATE OR REPLACE FUNCTION public.journal_xid()
 RETURNS xid8
 LANGUAGE sql
RETURN (((((pg_current_xact_id())::text)::bigint + journal_shift()))::text)::xid8
;

CREATE OR REPLACE FUNCTION public.message_transition()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.status <> new.status and not (old.status, new.status) in (
    ('new', 'seen'), ('new', 'done'), ('new', 'withdrawn'), ('seen', 'new'), ('seen', 'done'), ('seen', 'withdrawn'),
    ('done', 'reported'), ('done', 'seen'), ('done', 'new'), ('reported', 'done'), ('withdrawn', 'new'), ('withdrawn', 'seen')
  ) then
    raise exception 'message % cannot go from % to %', old.id, old.status, new.status
      using errcode = 'check_violation', constraint = 'message_transition';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.outing_transition()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not (old.status, new.status) in (
    ('requested', 'approved'), ('requested', 'declined'), ('requested', 'cancelled'),
    ('approved', 'out'), ('approved', 'cancelled'), ('approved', 'requested'),
    ('declined', 'requested'),
    ('out', 'back'), ('out', 'approved'), ('out', 'cancelled'),
    ('back', 'out'),
    ('cancelled', 'requested'), ('cancelled', 'approved')
  ) then
    raise exception 'outing cannot go from % to %', old.status, new.status
      using errcode = 'check_violation', constraint = 'outing_transition';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.pass_tells_access()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform tell_access(new.site_id, new.number);
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.permit_transition()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not (old.status, new.status) in (
    ('draft', 'active'), ('draft', 'ended'),
    ('active', 'suspended'), ('active', 'ended'),
    ('suspended', 'active'), ('suspended', 'ended')
  ) then
    raise exception 'permit cannot go from % to %', old.status, new.status
      using errcode = 'check_violation', constraint = 'permit_transition';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.plate_fragments(plate text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select coalesce(array_agg(distinct substr(plate, start, size)), '{}')
  from generate_series(1, length(plate)) start, generate_series(2, length(plate)) size
  where start + size <= length(plate) + 1
$function$
;

CREATE OR REPLACE FUNCTION public.tell_access(of_site uuid, of_number text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  pass_now record;
  was access_pass;
  told access_pass;
  author record;
  actions text[] := '{}';
  told_action text;
begin
  perform 1 from pass where site_id = of_site and number = of_number for update;
  select p.status, p.visit_id, p.issued_at, coalesce(access_areas(v), '[]') as areas, v.valid_until, v.status = 'held' as suspended
    into pass_now from pass p left join visit v on v.id = p.visit_id
    where p.site_id = of_site and p.number = of_number;
  if not found then return; end if;
  select * into was from access_pass where site_id = of_site and number = of_number;
  told := was;
  if pass_now.status = 'issued' then
    if was.active is true and was.visit_id = pass_now.visit_id then
      if was.areas <> pass_now.areas then actions := actions || 'pass.areas-changed'::text; end if;
      if was.valid_until is distinct from pass_now.valid_until then actions := actions || 'pass.extended'::text; end if;
      if was.suspended <> pass_now.suspended then
        actions := actions || case when pass_now.suspended then 'pass.suspended' else 'pass.resumed' end;
      end if;
    else
      actions := actions || 'pass.issued'::text;
    end if;
    told.site_id := of_site;
    told.number := of_number;
    told.active := true;
    told.visit_id := pass_now.visit_id;
    told.areas := pass_now.areas;
    told.valid_from := pass_now.issued_at;
    told.valid_until := pass_now.valid_until;
    told.suspended := pass_now.suspended;
  elsif was.active is true then
    actions := actions || case when pass_now.status = 'in_stock' then 'pass.returned' else 'pass.voided' end;
    told.active := false;
  end if;
  if cardinality(actions) = 0 then return; end if;

  select at, actor_kind, actor_id, actor_name, request_id into author from journal where xid = journal_xid() order by id limit 1;
  if not found then
    select clock_timestamp() as at, 'system'::text as actor_kind, 'access'::text as actor_id, ''::text as actor_name,
      'access'::text as request_id into author;
  end if;
  told.revision := coalesce(was.revision, 0);
  foreach told_action in array actions loop
    told.revision := told.revision + 1;
    insert into journal (at, site_id, actor_kind, actor_id, actor_name, request_id, entity, entity_id, action, data)
    values (author.at, of_site, author.actor_kind, author.actor_id, author.actor_name, author.request_id, 'pass', of_number,
      told_action, jsonb_build_object('facts', jsonb_build_object('number', of_number, 'revision', told.revision,
        'active', told.active, 'visitId', told.visit_id, 'areas', told.areas, 'validFrom', access_instant(told.valid_from),
        'validUntil', access_instant(told.valid_until), 'suspended', told.suspended)));
  end loop;
  insert into access_pass values (told.*) on conflict (site_id, number) do update set
    revision = excluded.revision, active = excluded.active, visit_id = excluded.visit_id, areas = excluded.areas,
    valid_from = excluded.valid_from, valid_until = excluded.valid_until, suspended = excluded.suspended;
end $function$
;

CREATE OR REPLACE FUNCTION public.visit_agreements_due(site uuid, visit uuid, visitor uuid, visit_kind text, visit_category text, at timestamp with time zone)
 RETURNS integer
 LANGUAGE sql
 STABLE
AS $function$
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
$function$
;

CREATE OR REPLACE FUNCTION public.visit_approvals_due(site uuid, visit uuid, names jsonb)
 RETURNS integer
 LANGUAGE sql
 STABLE
AS $function$
  select count(*)::int from area a
  where a.site_id = site and a.restricted and not a.archived and (names ? a.name_zh or (a.name_en <> '' and names ? a.name_en))
    and not exists (select 1 from area_approval p where p.visit_id = visit and p.area_id = a.id and p.status = 'approved')
$function$
;

CREATE OR REPLACE FUNCTION public.visit_group_words()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' then
    delete from find_word where site_id = old.site_id and entity = 'visit-group' and subject_id = old.id
      and word = any (array_append(find_words(old.title, '{}'), lower(left(old.title, 12))));
  end if;
  insert into find_word (site_id, entity, word, subject_id)
  select distinct new.site_id, 'visit-group', word, new.id
  from unnest(array_append(find_words(new.title, '{}'), lower(left(new.title, 12)))) word
  where word <> '' on conflict do nothing;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.visit_owes_agreements()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.agreements_due := visit_agreements_due(new.site_id, new.id, new.visitor_id, new.kind, new.category, new.updated_at);
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.visit_owes_approvals()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.escort_due := exists (select 1 from area a where a.site_id = new.site_id and a.restricted and not a.archived
    and (new.areas ? a.name_zh or (a.name_en <> '' and new.areas ? a.name_en)));
  new.approvals_due := case when new.escort_due then visit_approvals_due(new.site_id, new.id, new.areas) else 0 end;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.visit_tells_access()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  held text;
begin
  select number into held from pass where visit_id = new.id and status = 'issued';
  if found then perform tell_access(new.site_id, held); end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.visit_transition()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION public.visit_unannounced_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not exists (
    select from visit_unannounced where visit_id = new.id and instruction in ('receive', 'other')
  ) then
    raise exception 'nobody has said that visit % may come in', new.id
      using errcode = 'check_violation', constraint = 'visit_unannounced_instruction';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.visit_vehicle_follow()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  inside constant text[] := array['held', 'asking', 'admitted', 'with_host', 'signed_off'];
begin
  if new.plate <> '' and (tg_op = 'INSERT' or new.plate <> old.plate) then
    if tg_op = 'INSERT' or not exists (select from visit_vehicle where visit_id = new.id and plate = new.plate) then
      if tg_op = 'UPDATE' and old.plate <> '' then
        update visit_vehicle set plate = new.plate where visit_id = new.id and plate = old.plate;
      end if;
      insert into visit_vehicle (site_id, visit_id, plate, driver_name, driver_phone, created_at)
        values (new.site_id, new.id, new.plate, new.driver_name, new.driver_phone, new.updated_at)
        on conflict (visit_id, plate) do nothing;
    end if;
  end if;
  if new.status = any (inside) and new.arrived_at is not null then
    update visit_vehicle set in_at = new.arrived_at where visit_id = new.id and in_at is null;
    if tg_op = 'UPDATE' and old.status = 'left' then
      update visit_vehicle set out_at = null where visit_id = new.id and out_at = old.left_at;
    end if;
  elsif new.status = 'left' then
    update visit_vehicle set in_at = coalesce(in_at, new.arrived_at), out_at = new.left_at, holds_place = false
      where visit_id = new.id and out_at is null and new.left_at is not null and coalesce(in_at, new.arrived_at) is not null;
  elsif new.status = 'expected' then
    update visit_vehicle set in_at = null, out_at = null where visit_id = new.id and in_at is not null;
  else
    update visit_vehicle set holds_place = false,
      out_at = case when in_at is null then null else coalesce(out_at, new.status_at) end
      where visit_id = new.id and (holds_place or (in_at is not null and out_at is null));
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION public.words_left_out(record jsonb, keys text[], words text[])
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when record is null then null else coalesce(
    (select jsonb_object_agg(key, value) from jsonb_each(record)
     where not key = any(keys) and not exists (select from unnest(words) as word where position(word in value::text) > 0)), '{}') end
$function$
;

CREATE OR REPLACE FUNCTION public.words_struck(record jsonb, words text[])
 RETURNS jsonb
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
begin
  case jsonb_typeof(record)
    when 'string' then return to_jsonb(words_struck(record #>> '{}', words));
    when 'array' then
      return coalesce((select jsonb_agg(words_struck(one, words) order by place)
        from jsonb_array_elements(record) with ordinality as t (one, place)), '[]');
    when 'object' then
      return coalesce((select jsonb_object_agg(key, words_struck(value, words)) from jsonb_each(record)), '{}');
    else return record;
  end case;
end $function$
;

CREATE OR REPLACE FUNCTION public.words_struck(text text, words text[])
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare word text;
begin
  foreach word in array words loop text := replace(text, word, '***'); end loop;
  return text;
end $function$
;

create table access_pass (
  site_id uuid not null,
  number text not null,
  revision integer not null,
  active boolean not null,
  visit_id uuid not null,
  areas jsonb not null,
  valid_from timestamp with time zone not null,
  valid_until timestamp with time zone,
  suspended boolean not null,
  constraint access_pass_pkey PRIMARY KEY (site_id, number)
);

create table access_scan (
  site_id uuid not null,
  id uuid not null,
  door_id uuid not null,
  at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  direction text not null,
  result text not null,
  kind text not null,
  verdict text not null,
  pass_number text not null default ''::text,
  visit_id uuid,
  constraint access_scan_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
  constraint access_scan_door_id_fkey FOREIGN KEY (door_id) REFERENCES door(id),
  constraint access_scan_kind_check CHECK ((kind = ANY (ARRAY['pass'::text, 'staff'::text]))),
  constraint access_scan_pkey PRIMARY KEY (site_id, id),
  constraint access_scan_result_check CHECK ((result = ANY (ARRAY['granted'::text, 'denied'::text, 'unknown'::text])))
);
CREATE INDEX access_scan_at ON public.access_scan USING btree (at);
CREATE INDEX access_scan_door ON public.access_scan USING btree (door_id, at DESC);

create table agreement (
  id uuid not null,
  site_id uuid not null,
  purpose text not null,
  title jsonb not null,
  status text not null default 'draft'::text,
  kinds text[] not null default '{}'::text[],
  categories text[] not null default '{}'::text[],
  valid_days integer not null default 0,
  needs_signature boolean not null default true,
  "position" integer not null default 0,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  created_by text not null,
  updated_at timestamp with time zone not null,
  constraint agreement_pkey PRIMARY KEY (id),
  constraint agreement_purpose_check CHECK ((purpose = ANY (ARRAY['safety'::text, 'nda'::text, 'house-rules'::text, 'privacy'::text, 'other'::text]))),
  constraint agreement_site_id_fkey FOREIGN KEY (site_id) REFERENCES site(id),
  constraint agreement_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'published'::text, 'withdrawn'::text]))),
  constraint agreement_valid_days_check CHECK (((valid_days >= 0) AND (valid_days <= 3650)))
);
CREATE INDEX agreement_of_site ON public.agreement USING btree (site_id, "position", id);

create table agreement_signature (
  id uuid not null,
  site_id uuid not null,
  agreement_id uuid not null,
  version_id uuid not null,
  visit_id uuid not null,
  visitor_id uuid not null,
  signer_name text not null,
  language text not null,
  sha256 text not null,
  surface text not null,
  manner text not null,
  file_id uuid,
  signed_at timestamp with time zone not null,
  valid_until timestamp with time zone,
  recorded_by text not null,
  recorded_by_name text not null,
  constraint agreement_signature_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES agreement(id),
  constraint agreement_signature_language_check CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text]))),
  constraint agreement_signature_manner_check CHECK ((manner = ANY (ARRAY['drawn'::text, 'typed'::text, 'paper'::text, 'read'::text]))),
  constraint agreement_signature_pkey PRIMARY KEY (id),
  constraint agreement_signature_site_id_fkey FOREIGN KEY (site_id) REFERENCES site(id),
  constraint agreement_signature_surface_check CHECK ((surface = ANY (ARRAY['kiosk'::text, 'guest'::text, 'paper'::text]))),
  constraint agreement_signature_version_id_fkey FOREIGN KEY (version_id) REFERENCES agreement_version(id),
  constraint agreement_signature_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id),
  constraint agreement_signature_visit_id_version_id_key UNIQUE (visit_id, version_id)
);
CREATE INDEX agreement_signature_of_visitor ON public.agreement_signature USING btree (visitor_id, version_id, signed_at DESC);

create table agreement_version (
  id uuid not null,
  agreement_id uuid not null,
  site_id uuid not null,
  number integer not null,
  body jsonb not null,
  sha256 text not null,
  effective_at timestamp with time zone,
  published_at timestamp with time zone,
  published_by text,
  published_by_name text not null default ''::text,
  created_at timestamp with time zone not null,
  created_by text not null,
  constraint agreement_published_whole CHECK (((published_at IS NULL) = (effective_at IS NULL))),
  constraint agreement_version_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES agreement(id),
  constraint agreement_version_agreement_id_number_key UNIQUE (agreement_id, number),
  constraint agreement_version_number_check CHECK ((number > 0)),
  constraint agreement_version_pkey PRIMARY KEY (id),
  constraint agreement_version_site_id_fkey FOREIGN KEY (site_id) REFERENCES site(id)
);
CREATE INDEX agreement_in_force ON public.agreement_version USING btree (site_id, effective_at) WHERE (published_at IS NOT NULL);
CREATE TRIGGER agreement_version_fixed BEFORE UPDATE ON public.agreement_version FOR EACH ROW EXECUTE FUNCTION agreement_version_fixed();
CREATE UNIQUE INDEX agreement_draft ON public.agreement_version USING btree (agreement_id) WHERE (published_at IS NULL);

create table area (
  id uuid not null,
  site_id uuid not null,
  version integer not null default 1,
  parent_id uuid,
  name_zh text not null,
  name_en text not null default ''::text,
  restricted boolean not null default false,
  responsible_kind text,
  responsible_id text,
  responsible_name text not null default ''::text,
  way_zh text not null default ''::text,
  way_en text not null default ''::text,
  note text not null default ''::text,
  "position" integer not null default 0,
  archived boolean not null default false,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint area_name_zh_check CHECK ((btrim(name_zh) <> ''::text)),
  constraint area_not_own_parent CHECK ((parent_id IS DISTINCT FROM id)),
  constraint area_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES area(id),
  constraint area_pkey PRIMARY KEY (id),
  constraint area_responsible CHECK (((responsible_kind IS NULL) = (responsible_id IS NULL))),
  constraint area_responsible_kind_check CHECK ((responsible_kind = ANY (ARRAY['person'::text, 'department'::text, 'post'::text]))),
  constraint area_site_id_fkey FOREIGN KEY (site_id) REFERENCES site(id)
);
CREATE INDEX area_restricted ON public.area USING btree (site_id) WHERE (restricted AND (NOT archived));
CREATE UNIQUE INDEX area_name ON public.area USING btree (site_id, name_zh) WHERE (NOT archived);

create table area_approval (
  id uuid not null,
  site_id uuid not null,
  version integer not null default 1,
  visit_id uuid not null,
  area_id uuid not null,
  status text not null,
  previous_status text,
  status_at timestamp with time zone not null,
  status_by text not null,
  asked_kind text not null,
  asked_id text not null,
  asked_name text not null default ''::text,
  asked_at timestamp with time zone not null,
  asked_by_name text not null default ''::text,
  decided_by text,
  decided_by_name text not null default ''::text,
  decided_at timestamp with time zone,
  how text,
  until timestamp with time zone,
  note text not null default ''::text,
  constraint area_approval_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id),
  constraint area_approval_asked_kind_check CHECK ((asked_kind = ANY (ARRAY['person'::text, 'post'::text]))),
  constraint area_approval_decided CHECK (((status <> ALL (ARRAY['approved'::text, 'declined'::text])) OR (decided_at IS NOT NULL))),
  constraint area_approval_how_check CHECK ((how = ANY (ARRAY['phone'::text, 'in-person'::text, 'chat'::text]))),
  constraint area_approval_pkey PRIMARY KEY (id),
  constraint area_approval_says_why CHECK (((status <> 'declined'::text) OR (btrim(note) <> ''::text))),
  constraint area_approval_status_check CHECK ((status = ANY (ARRAY['asked'::text, 'approved'::text, 'declined'::text, 'withdrawn'::text, 'expired'::text]))),
  constraint area_approval_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);
CREATE CONSTRAINT TRIGGER area_approval_access AFTER INSERT OR UPDATE ON public.area_approval DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION approval_tells_access();
CREATE INDEX area_approval_asked ON public.area_approval USING btree (site_id, asked_id) WHERE (status = 'asked'::text);
CREATE INDEX area_approval_of_visit ON public.area_approval USING btree (visit_id);
CREATE INDEX area_approval_until ON public.area_approval USING btree (until) WHERE ((status = 'approved'::text) AND (until IS NOT NULL));
CREATE TRIGGER area_approval_counts AFTER INSERT OR UPDATE OF status ON public.area_approval FOR EACH ROW EXECUTE FUNCTION area_approval_counts();
CREATE TRIGGER area_approval_transition BEFORE UPDATE OF status ON public.area_approval FOR EACH ROW WHEN ((old.status IS DISTINCT FROM new.status)) EXECUTE FUNCTION area_approval_transition();
CREATE UNIQUE INDEX area_approval_open ON public.area_approval USING btree (visit_id, area_id) WHERE (status = ANY (ARRAY['asked'::text, 'approved'::text]));

create table auth_account (
  id text not null,
  account_id text not null,
  provider_id text not null,
  user_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  password text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint auth_account_pkey PRIMARY KEY (id),
  constraint auth_account_provider_id_account_id_key UNIQUE (provider_id, account_id),
  constraint auth_account_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_user(id) ON DELETE CASCADE
);
CREATE INDEX auth_account_by_user ON public.auth_account USING btree (user_id);

create table auth_api_key (
  id text not null,
  config_id text not null default 'default'::text,
  name text,
  start text,
  prefix text,
  key text not null,
  reference_id text not null,
  refill_interval integer,
  refill_amount integer,
  last_refill_at timestamp with time zone,
  enabled boolean not null default true,
  rate_limit_enabled boolean not null default false,
  rate_limit_time_window integer,
  rate_limit_max integer,
  request_count integer not null default 0,
  remaining integer,
  last_request timestamp with time zone,
  expires_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  permissions text,
  metadata text,
  site_id uuid,
  role text,
  constraint auth_api_key_acts_somewhere CHECK (((site_id IS NOT NULL) AND (role IS NOT NULL))),
  constraint auth_api_key_key_key UNIQUE (key),
  constraint auth_api_key_pkey PRIMARY KEY (id),
  constraint auth_api_key_role_check CHECK ((role = ANY (ARRAY['receptionist'::text, 'guard'::text, 'host'::text, 'agent'::text, 'duty_manager'::text, 'department_head'::text, 'office_admin'::text, 'technician'::text, 'quality'::text, 'director'::text, 'tenant_admin'::text, 'tenant_member'::text, 'system_admin'::text]))),
  constraint auth_api_key_site_id_fkey FOREIGN KEY (site_id) REFERENCES site(id)
);

create table auth_session (
  id text not null,
  token text not null,
  user_id text not null,
  expires_at timestamp with time zone not null,
  ip_address text,
  user_agent text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint auth_session_pkey PRIMARY KEY (id),
  constraint auth_session_token_key UNIQUE (token),
  constraint auth_session_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_user(id) ON DELETE CASCADE
);
CREATE INDEX auth_session_by_expiry ON public.auth_session USING btree (expires_at);
CREATE INDEX auth_session_by_user ON public.auth_session USING btree (user_id);

create table auth_two_factor (
  id text not null,
  secret text not null,
  backup_codes text not null,
  user_id text not null,
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamp with time zone,
  constraint auth_two_factor_pkey PRIMARY KEY (id),
  constraint auth_two_factor_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_user(id) ON DELETE CASCADE,
  constraint auth_two_factor_user_id_key UNIQUE (user_id)
);

create table auth_user (
  id text not null,
  name text not null,
  email text not null,
  email_verified boolean not null default false,
  image text,
  username text not null,
  display_username text,
  two_factor_enabled boolean not null default false,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  employee_id uuid,
  language text not null default 'zh'::text,
  password_temporary boolean not null default false,
  disabled_at timestamp with time zone,
  version integer not null default 1,
  constraint auth_user_email_key UNIQUE (email),
  constraint auth_user_employee_id_fkey FOREIGN KEY (employee_id) REFERENCES employee(id) DEFERRABLE INITIALLY DEFERRED,
  constraint auth_user_language_check CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text]))),
  constraint auth_user_pkey PRIMARY KEY (id),
  constraint auth_user_username_key UNIQUE (username)
);
CREATE INDEX auth_user_by_employee ON public.auth_user USING btree (employee_id) WHERE (employee_id IS NOT NULL);

create table auth_verification (
  id text not null,
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint auth_verification_pkey PRIMARY KEY (id)
);
CREATE INDEX auth_verification_by_expiry ON public.auth_verification USING btree (expires_at);
CREATE INDEX auth_verification_by_identifier ON public.auth_verification USING btree (identifier);

create table calendar_day (
  site_id uuid not null,
  day date not null,
  kind text not null,
  name jsonb not null,
  hours jsonb,
  source text not null,
  constraint calendar_day_hours_of_working_days CHECK (((hours IS NULL) OR (kind = ANY (ARRAY['makeup'::text, 'workday'::text])))),
  constraint calendar_day_kind_check CHECK ((kind = ANY (ARRAY['holiday'::text, 'makeup'::text, 'workday'::text, 'restday'::text]))),
  constraint calendar_day_pkey PRIMARY KEY (site_id, day),
  constraint calendar_day_source_check CHECK ((source = ANY (ARRAY['seed'::text, 'edited'::text])))
);

create table calendar_version (
  site_id uuid not null,
  version uuid not null,
  constraint calendar_version_pkey PRIMARY KEY (site_id)
);

create table calendar_year (
  site_id uuid not null,
  year integer not null,
  source text not null,
  constraint calendar_year_pkey PRIMARY KEY (site_id, year),
  constraint calendar_year_source_check CHECK ((source = ANY (ARRAY['seed'::text, 'edited'::text])))
);

create table call (
  id uuid not null,
  site_id uuid not null,
  number bigint not null default nextval('call_number'::regclass),
  version integer not null default 1,
  status text not null,
  previous_status text,
  status_at timestamp with time zone not null,
  status_by text not null,
  direction text not null,
  source text not null,
  caller_number text collate "C" not null default ''::text,
  caller_number_reversed text collate "C" generated always as (reverse(caller_number)) stored,
  caller_shown text not null default ''::text,
  caller_extension text not null default ''::text,
  dialled text not null default ''::text,
  contact_id uuid,
  customer_id uuid,
  contact_name text not null default ''::text,
  organisation text not null default ''::text,
  contact_phone text collate "C" not null default ''::text,
  reason text not null default ''::text,
  route text,
  wanted_id uuid,
  wanted_name text not null default ''::text,
  department_id uuid,
  department_name text not null default ''::text,
  questions_asked boolean not null default false,
  ask_anyway boolean not null default false,
  situations text[] not null default '{}'::text[],
  private boolean not null default false,
  handler_id uuid,
  handler_name text not null default ''::text,
  handler_extension text not null default ''::text,
  started_at timestamp with time zone not null,
  ringing_at timestamp with time zone,
  answered_at timestamp with time zone,
  ended_at timestamp with time zone,
  ended_by text,
  ring_seconds numeric(9,3),
  rings smallint,
  talk_seconds numeric(9,3) not null default 0,
  outcome text,
  outcome_note text not null default ''::text,
  outcome_at timestamp with time zone,
  outcome_by text,
  outcome_by_name text not null default ''::text,
  exchange_id text collate "C",
  exchange_term integer not null default 0,
  exchange_revision integer not null default 0,
  exchange_outcome text,
  terms text[] not null default '{}'::text[],
  created_at timestamp with time zone not null,
  created_by text not null,
  updated_at timestamp with time zone not null,
  constraint call_after_has_end CHECK (((status <> 'after'::text) OR (ended_at IS NOT NULL))),
  constraint call_closed_has_outcome CHECK (((status = ANY (ARRAY['closed'::text, 'missed'::text])) = (outcome IS NOT NULL))),
  constraint call_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text, 'internal'::text]))),
  constraint call_ended_by_check CHECK ((ended_by = ANY (ARRAY['caller'::text, 'callee'::text, 'exchange'::text]))),
  constraint call_open_was_answered CHECK (((status <> 'open'::text) OR (answered_at IS NOT NULL))),
  constraint call_outcome_check CHECK ((outcome = ANY (ARRAY['put-through'::text, 'message'::text, 'callback'::text, 'declined'::text, 'resolved'::text, 'missed'::text, 'wrong-number'::text, 'private'::text]))),
  constraint call_pkey PRIMARY KEY (id),
  constraint call_source_check CHECK ((source = ANY (ARRAY['exchange'::text, 'hand'::text, 'import'::text]))),
  constraint call_status_check CHECK ((status = ANY (ARRAY['ringing'::text, 'open'::text, 'after'::text, 'missed'::text, 'closed'::text])))
);
CREATE INDEX call_log ON public.call USING btree (site_id, started_at DESC, id DESC);
CREATE INDEX call_now ON public.call USING btree (site_id, started_at DESC) WHERE (status = ANY (ARRAY['ringing'::text, 'open'::text, 'after'::text]));
CREATE INDEX call_of_caller ON public.call USING btree (site_id, caller_number_reversed) WHERE (caller_number <> ''::text);
CREATE INDEX call_of_contact ON public.call USING btree (contact_id, started_at DESC) WHERE (contact_id IS NOT NULL);
CREATE INDEX call_of_customer ON public.call USING btree (customer_id, started_at DESC) WHERE (customer_id IS NOT NULL);
CREATE INDEX call_of_dialled ON public.call USING btree (site_id, reverse(dialled) COLLATE "C") WHERE ((direction = 'out'::text) AND (dialled <> ''::text));
CREATE INDEX call_of_extension ON public.call USING btree (site_id, caller_extension, started_at DESC) WHERE (caller_extension <> ''::text);
CREATE INDEX call_of_handler ON public.call USING btree (handler_id, started_at DESC) WHERE (handler_id IS NOT NULL);
CREATE INDEX call_of_phone ON public.call USING btree (site_id, reverse(contact_phone)) WHERE (contact_phone <> ''::text);
CREATE INDEX call_on_line ON public.call USING btree (site_id) WHERE ((exchange_id IS NOT NULL) AND (ended_at IS NULL));
CREATE INDEX call_outcome ON public.call USING btree (site_id, outcome, started_at DESC);
CREATE INDEX call_private ON public.call USING btree (site_id, started_at DESC) WHERE private;
CREATE INDEX call_route ON public.call USING btree (site_id, route, started_at DESC) WHERE (route IS NOT NULL);
CREATE INDEX call_terms ON public.call USING gin (terms);
CREATE INDEX call_wanted ON public.call USING btree (wanted_id, started_at DESC) WHERE (wanted_id IS NOT NULL);
CREATE TRIGGER call_transition BEFORE UPDATE OF status ON public.call FOR EACH ROW EXECUTE FUNCTION call_transition();
CREATE UNIQUE INDEX call_number_of ON public.call USING btree (number);
CREATE UNIQUE INDEX call_of_exchange ON public.call USING btree (site_id, exchange_id) WHERE (exchange_id IS NOT NULL);

create table call_hop (
  id uuid not null,
  site_id uuid not null,
  call_id uuid not null,
  "position" smallint not null,
  step smallint,
  target_kind text not null,
  target_id text,
  target_name text not null,
  target_extension text not null default ''::text,
  told_caller boolean not null default false,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  seconds numeric(9,3),
  result text not null,
  measured boolean not null default false,
  transfer_at timestamp with time zone,
  note text not null default ''::text,
  by_id text not null,
  by_name text not null,
  constraint call_hop_call_id_fkey FOREIGN KEY (call_id) REFERENCES call(id),
  constraint call_hop_call_id_position_key UNIQUE (call_id, "position"),
  constraint call_hop_ended CHECK (((result = 'trying'::text) = (ended_at IS NULL))),
  constraint call_hop_pkey PRIMARY KEY (id),
  constraint call_hop_result_check CHECK ((result = ANY (ARRAY['trying'::text, 'answered'::text, 'busy'::text, 'no-answer'::text, 'refused'::text, 'callback'::text, 'not-in'::text, 'cancelled'::text])))
);
CREATE UNIQUE INDEX call_hop_one_open ON public.call_hop USING btree (call_id) WHERE (result = 'trying'::text);

create table call_leg (
  call_id uuid not null,
  "position" smallint not null,
  channel text not null,
  extension text,
  number text,
  employee_id uuid,
  employee_name text not null default ''::text,
  cause text not null,
  sent_by text,
  began_at timestamp with time zone not null,
  ringing_at timestamp with time zone,
  answered_at timestamp with time zone,
  ended_at timestamp with time zone,
  result text not null,
  ring_seconds numeric(9,3),
  rings smallint,
  talk_seconds numeric(9,3) not null default 0,
  held_seconds numeric(9,3) not null default 0,
  constraint call_leg_call_id_fkey FOREIGN KEY (call_id) REFERENCES call(id) ON DELETE CASCADE,
  constraint call_leg_pkey PRIMARY KEY (call_id, "position")
);

create table callback (
  id uuid not null,
  site_id uuid not null,
  number bigint not null default nextval('callback_number'::regclass),
  version integer not null default 1,
  status text not null,
  previous_status text,
  status_at timestamp with time zone not null,
  status_by text not null,
  kind text not null,
  call_id uuid,
  message_id uuid,
  contact_id uuid,
  customer_id uuid,
  caller_name text not null default ''::text,
  organisation text not null default ''::text,
  phone text collate "C" not null,
  matter text not null default ''::text,
  owner_kind text not null,
  owner_id text not null,
  owner_name text not null,
  taken_by uuid,
  taken_by_name text not null default ''::text,
  due_at timestamp with time zone not null,
  attempts smallint not null default 0,
  promised_at timestamp with time zone not null,
  promised_by text not null,
  promised_by_name text not null,
  ended_at timestamp with time zone,
  ended_by_name text not null default ''::text,
  result_note text not null default ''::text,
  in_time boolean,
  satisfaction smallint,
  answers jsonb not null default '[]'::jsonb,
  terms text[] not null default '{}'::text[],
  constraint callback_call_id_fkey FOREIGN KEY (call_id) REFERENCES call(id),
  constraint callback_kind_check CHECK ((kind = ANY (ARRAY['cascade'::text, 'complaint'::text, 'missed'::text, 'dialect'::text, 'question'::text, 'line-fault'::text, 'message'::text, 'return-visit'::text, 'other'::text]))),
  constraint callback_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id),
  constraint callback_owner_kind_check CHECK ((owner_kind = ANY (ARRAY['person'::text, 'post'::text]))),
  constraint callback_phone_check CHECK ((phone <> ''::text)),
  constraint callback_pkey PRIMARY KEY (id),
  constraint callback_return_visit_has_satisfaction CHECK (((NOT ((kind = 'return-visit'::text) AND (status = 'kept'::text))) OR (satisfaction IS NOT NULL))),
  constraint callback_satisfaction_check CHECK (((satisfaction >= 1) AND (satisfaction <= 5))),
  constraint callback_status_check CHECK ((status = ANY (ARRAY['promised'::text, 'taken'::text, 'kept'::text, 'unreachable'::text, 'withdrawn'::text]))),
  constraint callback_taken CHECK (((status = 'taken'::text) <= (taken_by IS NOT NULL)))
);
CREATE INDEX callback_list ON public.callback USING btree (site_id, promised_at DESC, id DESC);
CREATE INDEX callback_of_call ON public.callback USING btree (call_id) WHERE (call_id IS NOT NULL);
CREATE INDEX callback_of_contact ON public.callback USING btree (contact_id, promised_at DESC) WHERE (contact_id IS NOT NULL);
CREATE INDEX callback_of_customer ON public.callback USING btree (customer_id, promised_at DESC) WHERE (customer_id IS NOT NULL);
CREATE INDEX callback_of_owner ON public.callback USING btree (owner_id, due_at) WHERE (status = ANY (ARRAY['promised'::text, 'taken'::text]));
CREATE INDEX callback_of_phone ON public.callback USING btree (site_id, reverse(phone)) WHERE (phone <> ''::text);
CREATE INDEX callback_of_taker ON public.callback USING btree (taken_by, due_at) WHERE (status = 'taken'::text);
CREATE INDEX callback_open ON public.callback USING btree (site_id, due_at) WHERE (status = ANY (ARRAY['promised'::text, 'taken'::text]));
CREATE INDEX callback_terms ON public.callback USING gin (terms);
CREATE TRIGGER callback_transition BEFORE UPDATE OF status ON public.callback FOR EACH ROW EXECUTE FUNCTION callback_transition();
CREATE UNIQUE INDEX callback_number_of ON public.callback USING btree (number);

create table callback_attempt (
  id uuid not null,
  callback_id uuid not null,
  site_id uuid not null,
  at timestamp with time zone not null,
  result text not null,
  note text not null default ''::text,
  call_id uuid,
  by_id text not null,
  by_name text not null,
  constraint callback_attempt_call_id_fkey FOREIGN KEY (call_id) REFERENCES call(id),
  constraint callback_attempt_callback_id_fkey FOREIGN KEY (callback_id) REFERENCES callback(id),
  constraint callback_attempt_pkey PRIMARY KEY (id),
  constraint callback_attempt_result_check CHECK ((result = ANY (ARRAY['reached'::text, 'busy'::text, 'no-answer'::text, 'wrong-number'::text, 'later'::text])))
);
CREATE INDEX callback_attempt_of ON public.callback_attempt USING btree (callback_id, at);

create table channel (
  id uuid not null,
  site_id uuid not null,
  person_id uuid,
  kind text not null,
  name text not null,
  robot_key text not null,
  url_sealed text,
  url_hint text not null,
  secret_sealed text,
  old_secret_sealed text,
  old_secret_until timestamp with time zone,
  enabled boolean not null,
  language text not null,
  topics text[],
  posts text[] not null default '{}'::text[],
  events text[] not null default '{}'::text[],
  details boolean not null,
  mention boolean not null,
  version integer not null default 1,
  failures integer not null default 0,
  failing_since timestamp with time zone,
  created_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  constraint channel_events_are_webhooks CHECK (((kind = 'webhook'::text) OR (events = '{}'::text[]))),
  constraint channel_kind_check CHECK ((kind = ANY (ARRAY['dingtalk'::text, 'wecom'::text, 'feishu'::text, 'webhook'::text]))),
  constraint channel_language_check CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text]))),
  constraint channel_own_is_chat CHECK (((person_id IS NULL) OR (kind <> 'webhook'::text))),
  constraint channel_pkey PRIMARY KEY (id),
  constraint channel_robot_key_fkey FOREIGN KEY (robot_key) REFERENCES channel_robot(key)
);
CREATE INDEX channel_person ON public.channel USING btree (person_id) WHERE (person_id IS NOT NULL);
CREATE INDEX channel_robot_key ON public.channel USING btree (robot_key);
CREATE INDEX channel_site ON public.channel USING btree (site_id, id);
CREATE UNIQUE INDEX channel_name ON public.channel USING btree (site_id, lower(name)) WHERE ((person_id IS NULL) AND (deleted_at IS NULL));

create table channel_delivery (
  id uuid not null,
  site_id uuid not null,
  channel_id uuid not null,
  kind text not null,
  template text not null,
  facts jsonb not null,
  link text,
  people uuid[] not null default '{}'::uuid[],
  event jsonb,
  status text not null default 'waiting'::text,
  attempts integer not null default 0,
  next_at timestamp with time zone not null,
  alone boolean not null default false,
  batch uuid,
  digest boolean not null default false,
  error text,
  error_words text,
  created_at timestamp with time zone not null,
  queued_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  constraint channel_delivery_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channel(id),
  constraint channel_delivery_kind_check CHECK ((kind = ANY (ARRAY['notice'::text, 'event'::text, 'test'::text]))),
  constraint channel_delivery_pkey PRIMARY KEY (id),
  constraint channel_delivery_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'sending'::text, 'retrying'::text, 'sent'::text, 'failed'::text])))
);
CREATE INDEX channel_delivery_created ON public.channel_delivery USING brin (created_at);
CREATE INDEX channel_delivery_due ON public.channel_delivery USING btree (channel_id, next_at) WHERE (status = ANY (ARRAY['waiting'::text, 'retrying'::text]));
CREATE INDEX channel_delivery_of_channel ON public.channel_delivery USING btree (channel_id, id DESC);
CREATE INDEX channel_delivery_sending ON public.channel_delivery USING btree (channel_id) WHERE (status = 'sending'::text);
CREATE INDEX channel_delivery_site ON public.channel_delivery USING btree (site_id, id DESC);

create table channel_robot (
  key text not null,
  recent timestamp with time zone[] not null default '{}'::timestamp with time zone[],
  failures integer not null default 0,
  paused_until timestamp with time zone,
  busy_until timestamp with time zone,
  busy_by uuid,
  constraint channel_robot_pkey PRIMARY KEY (key)
);

create table contact (
  id uuid not null,
  site_id uuid not null,
  customer_id uuid,
  name text collate "C" not null,
  name_pinyin text collate "C" not null,
  name_initials text collate "C" not null,
  terms text[] not null default '{}'::text[],
  organisation text not null default ''::text,
  sex text,
  title text not null default ''::text,
  email text,
  language text not null default ''::text,
  dialect text not null default ''::text,
  vip boolean not null default false,
  note text not null default ''::text,
  tags text[] not null default '{}'::text[],
  origin text not null,
  last_seen_at timestamp with time zone,
  active boolean not null default true,
  merged_into uuid,
  created_at timestamp with time zone not null,
  created_by text not null,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  constraint contact_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id),
  constraint contact_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES contact(id),
  constraint contact_name_check CHECK ((btrim(name) <> ''::text)),
  constraint contact_not_into_itself CHECK ((merged_into <> id)),
  constraint contact_origin_check CHECK ((origin = ANY (ARRAY['manual'::text, 'import'::text, 'visit'::text, 'call'::text]))),
  constraint contact_pkey PRIMARY KEY (id),
  constraint contact_sex_check CHECK ((sex = ANY (ARRAY['female'::text, 'male'::text])))
);
CREATE INDEX contact_by_customer ON public.contact USING btree (customer_id) WHERE (customer_id IS NOT NULL);
CREATE INDEX contact_by_initials ON public.contact USING btree (site_id, name_initials) WHERE (merged_into IS NULL);
CREATE INDEX contact_by_name ON public.contact USING btree (site_id, name) WHERE (merged_into IS NULL);
CREATE INDEX contact_by_organisation ON public.contact USING btree (site_id, organisation COLLATE "C") WHERE ((organisation <> ''::text) AND (merged_into IS NULL));
CREATE INDEX contact_by_pinyin ON public.contact USING btree (site_id, name_pinyin, id) WHERE (merged_into IS NULL);
CREATE INDEX contact_by_seen ON public.contact USING btree (site_id, COALESCE(last_seen_at, created_at) DESC, id DESC) WHERE (merged_into IS NULL);
CREATE INDEX contact_merged ON public.contact USING btree (merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX contact_tags ON public.contact USING gin (tags);
CREATE INDEX contact_terms ON public.contact USING gin (terms);
CREATE TRIGGER contact_organisation_changed AFTER UPDATE OF organisation ON public.contact FOR EACH ROW WHEN (((new.organisation <> ''::text) AND (new.organisation <> old.organisation))) EXECUTE FUNCTION contact_organisation_keep();
CREATE TRIGGER contact_organisation_new AFTER INSERT ON public.contact FOR EACH ROW WHEN ((new.organisation <> ''::text)) EXECUTE FUNCTION contact_organisation_keep();
CREATE TRIGGER contact_words AFTER INSERT OR DELETE ON public.contact FOR EACH ROW EXECUTE FUNCTION find_words_keep('contact');
CREATE TRIGGER contact_words_changed AFTER UPDATE OF name, terms, merged_into ON public.contact FOR EACH ROW WHEN ((((old.name IS DISTINCT FROM new.name) OR (old.terms IS DISTINCT FROM new.terms)) OR (old.merged_into IS DISTINCT FROM new.merged_into))) EXECUTE FUNCTION find_words_keep('contact');

create table contact_concern (
  contact_id uuid not null,
  employee_id uuid not null,
  site_id uuid not null,
  at timestamp with time zone not null,
  constraint contact_concern_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contact(id),
  constraint contact_concern_pkey PRIMARY KEY (contact_id, employee_id)
);
CREATE INDEX contact_concern_newest ON public.contact_concern USING btree (employee_id, at DESC);
CREATE INDEX contact_concern_of ON public.contact_concern USING btree (employee_id);

create table contact_organisation (
  site_id uuid not null,
  name text collate "C" not null,
  id uuid not null default gen_random_uuid(),
  constraint contact_organisation_pkey PRIMARY KEY (site_id, name)
);
CREATE UNIQUE INDEX contact_organisation_id ON public.contact_organisation USING btree (id);

create table customer (
  id uuid not null,
  site_id uuid not null,
  number bigint not null default nextval('customer_number'::regclass),
  name text collate "C" not null,
  short_name text collate "C" not null default ''::text,
  name_pinyin text collate "C" not null,
  name_initials text collate "C" not null,
  terms text[] not null default '{}'::text[],
  name_key text collate "C" not null,
  grade text not null default 'normal'::text,
  industry text not null default ''::text,
  address text not null default ''::text,
  website text not null default ''::text,
  note text not null default ''::text,
  tags text[] not null default '{}'::text[],
  owner_id uuid,
  owner_since timestamp with time zone,
  owner_locked_until date,
  active boolean not null default true,
  merged_into uuid,
  created_at timestamp with time zone not null,
  created_by text not null,
  updated_at timestamp with time zone not null,
  version integer not null default 1,
  constraint customer_grade_check CHECK ((grade = ANY (ARRAY['normal'::text, 'key'::text, 'vip'::text]))),
  constraint customer_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES customer(id),
  constraint customer_name_check CHECK ((btrim(name) <> ''::text)),
  constraint customer_not_into_itself CHECK ((merged_into <> id)),
  constraint customer_owner_has_since CHECK (((owner_id IS NULL) = (owner_since IS NULL))),
  constraint customer_pkey PRIMARY KEY (id)
);
CREATE INDEX customer_by_initials ON public.customer USING btree (site_id, name_initials) WHERE (merged_into IS NULL);
CREATE INDEX customer_by_key ON public.customer USING btree (site_id, name_key) WHERE (merged_into IS NULL);
CREATE INDEX customer_by_name ON public.customer USING btree (site_id, name) WHERE (merged_into IS NULL);
CREATE INDEX customer_by_number ON public.customer USING btree (site_id, number);
CREATE INDEX customer_by_owner ON public.customer USING btree (owner_id) WHERE (owner_id IS NOT NULL);
CREATE INDEX customer_by_pinyin ON public.customer USING btree (site_id, name_pinyin, id) WHERE (merged_into IS NULL);
CREATE INDEX customer_by_short_name ON public.customer USING btree (site_id, short_name) WHERE ((short_name <> ''::text) AND (merged_into IS NULL));
CREATE INDEX customer_by_updated ON public.customer USING btree (site_id, updated_at DESC, id DESC) WHERE (merged_into IS NULL);
CREATE INDEX customer_locks ON public.customer USING btree (owner_locked_until) WHERE (owner_locked_until IS NOT NULL);
CREATE INDEX customer_merged ON public.customer USING btree (merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX customer_tags ON public.customer USING gin (tags);
CREATE INDEX customer_terms ON public.customer USING gin (terms);
CREATE TRIGGER customer_words AFTER INSERT OR DELETE ON public.customer FOR EACH ROW EXECUTE FUNCTION find_words_keep('customer');
CREATE TRIGGER customer_words_changed AFTER UPDATE OF name, terms, merged_into ON public.customer FOR EACH ROW WHEN ((((old.name IS DISTINCT FROM new.name) OR (old.terms IS DISTINCT FROM new.terms)) OR (old.merged_into IS DISTINCT FROM new.merged_into))) EXECUTE FUNCTION find_words_keep('customer');
CREATE UNIQUE INDEX customer_number_key ON public.customer USING btree (number);

create table customer_distinct (
  site_id uuid not null,
  entity text not null,
  one_id uuid not null,
  other_id uuid not null,
  at timestamp with time zone not null,
  by_name text not null,
  constraint customer_distinct_entity_check CHECK ((entity = ANY (ARRAY['customer'::text, 'contact'::text]))),
  constraint customer_distinct_order CHECK ((one_id < other_id)),
  constraint customer_distinct_pkey PRIMARY KEY (one_id, other_id)
);

create table customer_merge (
  id uuid not null,
  site_id uuid not null,
  entity text not null,
  kept_id uuid not null,
  merged_id uuid not null,
  moved jsonb not null,
  at timestamp with time zone not null,
  by_id text not null,
  by_name text not null,
  undone_at timestamp with time zone,
  constraint customer_merge_entity_check CHECK ((entity = ANY (ARRAY['customer'::text, 'contact'::text]))),
  constraint customer_merge_pkey PRIMARY KEY (id)
);
CREATE INDEX customer_merge_of ON public.customer_merge USING btree (kept_id, at DESC);
CREATE UNIQUE INDEX customer_merge_open ON public.customer_merge USING btree (merged_id) WHERE (undone_at IS NULL);

create table customer_ownership (
  id uuid not null,
  site_id uuid not null,
  customer_id uuid not null,
  owner_id uuid not null,
  owner_name text not null,
  since timestamp with time zone not null,
  until timestamp with time zone,
  reason text not null default ''::text,
  by_id text not null,
  by_name text not null,
  constraint customer_ownership_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id),
  constraint customer_ownership_pkey PRIMARY KEY (id)
);
CREATE INDEX customer_ownership_history ON public.customer_ownership USING btree (customer_id, since DESC);
CREATE UNIQUE INDEX customer_ownership_open ON public.customer_ownership USING btree (customer_id) WHERE (until IS NULL);

create table customer_phone (
  id uuid not null,
  site_id uuid not null,
  contact_id uuid,
  customer_id uuid,
  number text collate "C" not null,
  number_reversed text collate "C" generated always as (reverse(number)) stored,
  kind text not null,
  extension text not null default ''::text,
  label text not null default ''::text,
  "position" smallint not null default 0,
  constraint customer_phone_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contact(id),
  constraint customer_phone_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id),
  constraint customer_phone_kind_check CHECK ((kind = ANY (ARRAY['mobile'::text, 'landline'::text, 'service'::text, 'extension'::text, 'other'::text]))),
  constraint customer_phone_one_owner CHECK (((contact_id IS NULL) <> (customer_id IS NULL))),
  constraint customer_phone_pkey PRIMARY KEY (id)
);
CREATE INDEX customer_phone_of_contact ON public.customer_phone USING btree (contact_id, "position") WHERE (contact_id IS NOT NULL);
CREATE INDEX customer_phone_of_customer ON public.customer_phone USING btree (customer_id, "position") WHERE (customer_id IS NOT NULL);
CREATE INDEX customer_phone_tail ON public.customer_phone USING btree (site_id, number_reversed);
CREATE UNIQUE INDEX customer_phone_once_contact ON public.customer_phone USING btree (contact_id, number, extension) WHERE (contact_id IS NOT NULL);
CREATE UNIQUE INDEX customer_phone_once_customer ON public.customer_phone USING btree (customer_id, number, extension) WHERE (customer_id IS NOT NULL);

create table customer_remark (
  id uuid not null,
  site_id uuid not null,
  customer_id uuid,
  contact_id uuid,
  kind text not null,
  text text not null,
  status text not null,
  answer text not null default ''::text,
  answered_at timestamp with time zone,
  answered_by_name text not null default ''::text,
  at timestamp with time zone not null,
  by_id text not null,
  by_name text not null,
  version integer not null default 1,
  constraint customer_remark_about_somebody CHECK (((customer_id IS NOT NULL) OR (contact_id IS NOT NULL))),
  constraint customer_remark_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contact(id),
  constraint customer_remark_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id),
  constraint customer_remark_kind_check CHECK ((kind = ANY (ARRAY['note'::text, 'suggestion'::text, 'research'::text]))),
  constraint customer_remark_pkey PRIMARY KEY (id),
  constraint customer_remark_status_check CHECK ((status = ANY (ARRAY['open'::text, 'answered'::text, 'kept'::text])))
);
CREATE INDEX customer_remark_of_contact ON public.customer_remark USING btree (contact_id, at DESC) WHERE (contact_id IS NOT NULL);
CREATE INDEX customer_remark_of_customer ON public.customer_remark USING btree (customer_id, at DESC) WHERE (customer_id IS NOT NULL);
CREATE INDEX customer_remark_open ON public.customer_remark USING btree (site_id, at) WHERE (status = 'open'::text);

create table customer_team (
  customer_id uuid not null,
  employee_id uuid not null,
  site_id uuid not null,
  duty text not null default ''::text,
  "position" smallint not null default 0,
  constraint customer_team_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id),
  constraint customer_team_pkey PRIMARY KEY (customer_id, employee_id)
);
CREATE INDEX customer_team_of ON public.customer_team USING btree (employee_id);

create table customer_transfer (
  id uuid not null,
  site_id uuid not null,
  customer_id uuid not null,
  status text not null,
  from_id uuid,
  from_name text not null default ''::text,
  to_id uuid not null,
  to_name text not null,
  reason text not null,
  lock_until date,
  from_since timestamp with time zone,
  from_locked_until date,
  asked_at timestamp with time zone not null,
  asked_by text not null,
  asked_by_name text not null,
  decided_at timestamp with time zone,
  decided_by text,
  decided_by_name text not null default ''::text,
  answer text not null default ''::text,
  version integer not null default 1,
  constraint customer_transfer_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id),
  constraint customer_transfer_decided CHECK (((status = ANY (ARRAY['approved'::text, 'refused'::text])) = (decided_by IS NOT NULL))),
  constraint customer_transfer_pkey PRIMARY KEY (id),
  constraint customer_transfer_status_check CHECK ((status = ANY (ARRAY['asked'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text])))
);
CREATE UNIQUE INDEX customer_transfer_open ON public.customer_transfer USING btree (customer_id) WHERE (status = 'asked'::text);

create table delivery (
  id uuid not null,
  notification_id uuid not null,
  site_id uuid not null,
  channel text not null,
  address text not null,
  message_id text not null,
  status text not null default 'queued'::text,
  attempts integer not null default 0,
  last_error text,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  tried_at timestamp with time zone,
  constraint delivery_notification_id_fkey FOREIGN KEY (notification_id) REFERENCES notification(id),
  constraint delivery_pkey PRIMARY KEY (id),
  constraint delivery_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'sent'::text, 'failed'::text])))
);
CREATE INDEX delivery_failed ON public.delivery USING btree (site_id, created_at DESC) WHERE (status = 'failed'::text);
CREATE INDEX delivery_notification ON public.delivery USING btree (notification_id);
CREATE INDEX delivery_site ON public.delivery USING btree (site_id, id DESC);
CREATE INDEX delivery_tried ON public.delivery USING btree (tried_at) WHERE ((status = 'queued'::text) AND (tried_at IS NOT NULL));
CREATE UNIQUE INDEX delivery_message_id ON public.delivery USING btree (message_id);

create table department (
  id uuid not null,
  site_id uuid not null,
  name text not null,
  parent_id uuid,
  head_id uuid,
  deputy_id uuid,
  extension text,
  active boolean not null default true,
  created_at timestamp with time zone not null,
  version integer not null default 1,
  tenant boolean not null default false,
  constraint department_deputy_id_fkey FOREIGN KEY (deputy_id) REFERENCES employee(id) DEFERRABLE INITIALLY DEFERRED,
  constraint department_head_id_fkey FOREIGN KEY (head_id) REFERENCES employee(id) DEFERRABLE INITIALLY DEFERRED,
  constraint department_name_check CHECK ((btrim(name) <> ''::text)),
  constraint department_name_key UNIQUE NULLS NOT DISTINCT (site_id, parent_id, name),
  constraint department_not_own_parent CHECK ((parent_id <> id)),
  constraint department_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES department(id),
  constraint department_pkey PRIMARY KEY (id)
);
CREATE INDEX department_parent ON public.department USING btree (parent_id);

create table document_check (
  id uuid not null,
  site_id uuid not null,
  visit_id uuid not null,
  kind text not null,
  document_index text,
  tail text,
  name_on_document text not null default ''::text,
  name_agrees text not null default 'unknown'::text,
  expires_on date,
  issuing_country text not null default ''::text,
  suspicion text not null default ''::text,
  checked_at timestamp with time zone not null,
  checked_by text not null,
  checked_by_name text not null,
  constraint document_check_name_agrees_check CHECK ((name_agrees = ANY (ARRAY['unknown'::text, 'same'::text, 'close'::text, 'differs'::text]))),
  constraint document_check_pkey PRIMARY KEY (id),
  constraint document_check_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id) ON DELETE CASCADE
);
CREATE INDEX document_check_at ON public.document_check USING btree (site_id, checked_at);
CREATE INDEX document_check_index ON public.document_check USING btree (site_id, document_index) WHERE (document_index IS NOT NULL);
CREATE INDEX document_check_of_visit ON public.document_check USING btree (visit_id, checked_at);

create table door (
  id uuid not null,
  site_id uuid not null,
  version integer not null default 1,
  name text not null,
  area text not null default ''::text,
  direction text not null,
  external_id text not null,
  controller text not null default ''::text,
  archived_at timestamp with time zone,
  last_seen_at timestamp with time zone,
  created_at timestamp with time zone not null,
  created_by text not null,
  constraint door_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text, 'both'::text]))),
  constraint door_external_id_check CHECK ((btrim(external_id) <> ''::text)),
  constraint door_name_check CHECK ((btrim(name) <> ''::text)),
  constraint door_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX door_external ON public.door USING btree (site_id, external_id) WHERE (archived_at IS NULL);

create table duty_day (
  site_id uuid not null,
  day date not null,
  post text collate "C" not null,
  employee_id uuid not null,
  employee_name text not null,
  set_at timestamp with time zone not null,
  set_by_name text not null,
  constraint duty_day_pkey PRIMARY KEY (site_id, day, post)
);

create table employee (
  id uuid not null,
  site_id uuid not null,
  number text collate "C",
  name text collate "C" not null,
  name_pinyin text collate "C" not null,
  name_initials text collate "C" not null,
  terms text[] not null default '{}'::text[],
  department_id uuid,
  title text,
  extension text collate "C",
  mobile text,
  email text,
  floor text,
  room text,
  line_worker boolean not null default false,
  languages text[] not null default '{}'::text[],
  dialects text[] not null default '{}'::text[],
  secretary_id uuid,
  deputy_id uuid,
  language text not null default 'zh'::text,
  active boolean not null default true,
  created_at timestamp with time zone not null,
  version integer not null default 1,
  constraint employee_department_id_fkey FOREIGN KEY (department_id) REFERENCES department(id),
  constraint employee_deputy_id_fkey FOREIGN KEY (deputy_id) REFERENCES employee(id),
  constraint employee_language_check CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text]))),
  constraint employee_mobile_check CHECK ((mobile ~ '^\+[1-9][0-9]{4,14}$'::text)),
  constraint employee_name_check CHECK ((btrim(name) <> ''::text)),
  constraint employee_not_own_deputy CHECK (((deputy_id <> id) AND (secretary_id <> id))),
  constraint employee_pkey PRIMARY KEY (id),
  constraint employee_secretary_id_fkey FOREIGN KEY (secretary_id) REFERENCES employee(id)
);
CREATE INDEX employee_by_department ON public.employee USING btree (department_id, name_pinyin);
CREATE INDEX employee_by_email ON public.employee USING btree (site_id, lower(email)) WHERE (email IS NOT NULL);
CREATE INDEX employee_by_extension ON public.employee USING btree (site_id, extension) WHERE (extension IS NOT NULL);
CREATE INDEX employee_by_initials ON public.employee USING btree (site_id, name_initials);
CREATE INDEX employee_by_mobile ON public.employee USING btree (site_id, mobile) WHERE (mobile IS NOT NULL);
CREATE INDEX employee_by_name ON public.employee USING btree (site_id, name);
CREATE INDEX employee_by_pinyin ON public.employee USING btree (site_id, name_pinyin, id);
CREATE INDEX employee_dialects ON public.employee USING gin (dialects);
CREATE INDEX employee_terms ON public.employee USING gin (terms);
CREATE UNIQUE INDEX employee_number_key ON public.employee USING btree (site_id, number) WHERE (number IS NOT NULL);

create table exchange (
  site_id uuid not null,
  enabled boolean not null default true,
  address jsonb not null,
  secret_sealed text not null,
  version integer not null default 1,
  state text not null default 'stopped'::text,
  reason text,
  state_at timestamp with time zone,
  node text,
  term integer not null default 0,
  changed_at timestamp with time zone not null,
  changed_by_name text not null,
  constraint exchange_pkey PRIMARY KEY (site_id)
);

create table exchange_order (
  id uuid not null,
  site_id uuid not null,
  kind text not null,
  call_id uuid,
  hop_id uuid,
  callback_id uuid,
  payload jsonb not null,
  status text not null,
  result text,
  at timestamp with time zone not null,
  ended_at timestamp with time zone,
  by_id uuid not null,
  by_name text not null,
  constraint exchange_order_call_id_fkey FOREIGN KEY (call_id) REFERENCES call(id),
  constraint exchange_order_callback_id_fkey FOREIGN KEY (callback_id) REFERENCES callback(id),
  constraint exchange_order_hop_id_fkey FOREIGN KEY (hop_id) REFERENCES call_hop(id),
  constraint exchange_order_kind_check CHECK ((kind = ANY (ARRAY['dial'::text, 'transfer'::text, 'hang-up'::text]))),
  constraint exchange_order_pkey PRIMARY KEY (id),
  constraint exchange_order_status_check CHECK ((status = ANY (ARRAY['asked'::text, 'sent'::text, 'done'::text, 'failed'::text])))
);
CREATE INDEX exchange_order_open ON public.exchange_order USING btree (site_id, at) WHERE (status = ANY (ARRAY['asked'::text, 'sent'::text]));

create table extension_list_check (
  site_id uuid not null,
  day date not null,
  at timestamp with time zone not null,
  actor_id text not null,
  actor_name text not null,
  constraint extension_list_check_pkey PRIMARY KEY (site_id, day)
);

create table file (
  id uuid not null,
  site_id uuid not null,
  sha256 text not null,
  name text not null,
  media_type text not null,
  size integer not null,
  subject_entity text not null,
  subject_id text not null,
  created_at timestamp with time zone not null,
  created_by text not null,
  created_by_name text not null,
  removed_at timestamp with time zone,
  constraint file_pkey PRIMARY KEY (id)
);
CREATE INDEX file_sha256 ON public.file USING btree (sha256);
CREATE INDEX file_subject ON public.file USING btree (subject_entity, subject_id);

create table find_word (
  site_id uuid not null,
  entity text collate "C" not null,
  word text collate "C" not null,
  subject_id uuid not null,
  constraint find_word_pkey PRIMARY KEY (site_id, entity, word, subject_id)
);

create table idempotency (
  actor_id text not null,
  key text not null,
  request_hash text not null,
  answer jsonb not null,
  at timestamp with time zone not null,
  constraint idempotency_pkey PRIMARY KEY (actor_id, key)
);
CREATE INDEX idempotency_at ON public.idempotency USING brin (at);

create table import_line (
  run_id uuid not null,
  line integer not null,
  result text not null,
  entity_id uuid,
  before jsonb,
  problems jsonb,
  cells jsonb,
  constraint import_line_pkey PRIMARY KEY (run_id, line),
  constraint import_line_result_check CHECK ((result = ANY (ARRAY['created'::text, 'updated'::text, 'unchanged'::text, 'bad'::text, 'undone'::text]))),
  constraint import_line_run_id_fkey FOREIGN KEY (run_id) REFERENCES import_run(id)
);

create table import_profile (
  id uuid not null,
  site_id uuid not null,
  kind text not null,
  name text not null,
  mapping jsonb not null,
  updated_at timestamp with time zone not null,
  constraint import_profile_pkey PRIMARY KEY (id),
  constraint import_profile_site_id_kind_name_key UNIQUE (site_id, kind, name)
);

create table import_run (
  id uuid not null,
  site_id uuid not null,
  kind text not null,
  file_name text not null,
  sha256 text not null,
  mapping jsonb not null,
  status text not null,
  total integer not null,
  created integer not null,
  updated integer not null,
  unchanged integer not null,
  bad integer not null,
  at timestamp with time zone not null,
  actor_id text not null,
  actor_name text not null,
  headings jsonb not null default '[]'::jsonb,
  progress integer not null default 0,
  kept integer not null default 0,
  finished_at timestamp with time zone,
  constraint import_run_pkey PRIMARY KEY (id),
  constraint import_run_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'running'::text, 'done'::text, 'undone'::text])))
);
CREATE INDEX import_run_draft ON public.import_run USING btree (at) WHERE (status = 'draft'::text);
CREATE INDEX import_run_file ON public.import_run USING btree (sha256) WHERE (status = ANY (ARRAY['draft'::text, 'running'::text]));
CREATE INDEX import_run_site ON public.import_run USING btree (site_id, at DESC);

create table incident (
  id uuid not null,
  site_id uuid not null,
  number bigint not null default nextval('incident_number'::regclass),
  version integer not null default 1,
  status text not null,
  previous_status text,
  status_at timestamp with time zone not null,
  status_by text not null,
  place text not null default ''::text,
  visit_id uuid,
  surface text not null,
  persons text not null default ''::text,
  course text not null default ''::text,
  measures text not null default ''::text,
  report text not null default ''::text,
  police_called boolean not null default false,
  raised_at timestamp with time zone not null,
  raised_by text not null,
  raised_by_name text not null,
  acknowledged_at timestamp with time zone,
  acknowledged_by_name text not null default ''::text,
  escalated_at timestamp with time zone,
  on_site_at timestamp with time zone,
  on_site_by_name text not null default ''::text,
  closed_at timestamp with time zone,
  closed_by_name text not null default ''::text,
  false_reason text not null default ''::text,
  updated_at timestamp with time zone not null,
  constraint incident_acknowledged CHECK (((status <> ALL (ARRAY['acknowledged'::text, 'on_site'::text, 'closed'::text])) OR (acknowledged_at IS NOT NULL))),
  constraint incident_closed CHECK (((status = 'closed'::text) = (closed_at IS NOT NULL))),
  constraint incident_false_why CHECK (((status <> 'false_alarm'::text) OR (false_reason <> ''::text))),
  constraint incident_pkey PRIMARY KEY (id),
  constraint incident_reported CHECK (((status <> 'closed'::text) OR ((course <> ''::text) AND (measures <> ''::text)))),
  constraint incident_status_check CHECK ((status = ANY (ARRAY['open'::text, 'acknowledged'::text, 'on_site'::text, 'closed'::text, 'false_alarm'::text]))),
  constraint incident_surface_check CHECK ((surface = ANY (ARRAY['desk'::text, 'gate'::text, 'phone'::text]))),
  constraint incident_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);
CREATE INDEX incident_list ON public.incident USING btree (site_id, raised_at DESC, id DESC);
CREATE INDEX incident_live ON public.incident USING btree (site_id, raised_at) WHERE (status = ANY (ARRAY['open'::text, 'acknowledged'::text, 'on_site'::text]));
CREATE INDEX incident_of_visit ON public.incident USING btree (visit_id) WHERE (visit_id IS NOT NULL);
CREATE TRIGGER incident_transition BEFORE UPDATE OF status ON public.incident FOR EACH ROW WHEN ((old.status IS DISTINCT FROM new.status)) EXECUTE FUNCTION incident_transition();
CREATE UNIQUE INDEX incident_number_of ON public.incident USING btree (number);

create table invitation (
  visit_id uuid not null,
  site_id uuid not null,
  key uuid not null,
  code text not null,
  email text not null,
  language text not null,
  sequence integer not null default 0,
  told jsonb,
  opened_at timestamp with time zone,
  completed_at timestamp with time zone,
  created_at timestamp with time zone not null,
  created_by text not null,
  constraint invitation_key_key UNIQUE (key),
  constraint invitation_language_check CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text]))),
  constraint invitation_pkey PRIMARY KEY (visit_id),
  constraint invitation_site_id_code_key UNIQUE (site_id, code),
  constraint invitation_site_id_fkey FOREIGN KEY (site_id) REFERENCES site(id),
  constraint invitation_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

create table invitation_letter (
  id uuid not null,
  site_id uuid not null,
  visit_id uuid not null,
  kind text not null,
  sequence integer not null,
  address text not null,
  status text not null default 'queued'::text,
  attempts integer not null default 0,
  last_error text,
  message_id text not null,
  at timestamp with time zone not null,
  sent_at timestamp with time zone,
  constraint invitation_letter_kind_check CHECK ((kind = ANY (ARRAY['invite'::text, 'update'::text, 'cancel'::text, 'resend'::text]))),
  constraint invitation_letter_pkey PRIMARY KEY (id),
  constraint invitation_letter_site_id_fkey FOREIGN KEY (site_id) REFERENCES site(id),
  constraint invitation_letter_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'failed'::text, 'skipped'::text]))),
  constraint invitation_letter_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES invitation(visit_id)
);
CREATE INDEX invitation_letter_of_visit ON public.invitation_letter USING btree (visit_id, at DESC);
CREATE INDEX invitation_letter_open ON public.invitation_letter USING btree (at) WHERE (status = ANY (ARRAY['queued'::text, 'sending'::text]));

create table journal (
  xid xid8 not null default journal_xid(),
  id bigint not null generated always as identity,
  at timestamp with time zone not null,
  site_id uuid,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  request_id text not null,
  entity text not null,
  entity_id text not null,
  action text not null,
  version integer,
  before jsonb,
  after jsonb,
  data jsonb,
  redacted_at timestamp with time zone,
  digest bytea,
  constraint journal_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['user'::text, 'apikey'::text, 'link'::text, 'system'::text, 'device'::text, 'guest'::text]))),
  constraint journal_pkey PRIMARY KEY (xid, id),
  constraint journal_redacted_keeps_digest CHECK (((redacted_at IS NULL) = (digest IS NULL)))
);
CREATE INDEX journal_access ON public.journal USING btree (xid, id) WHERE ((entity = 'pass'::text) AND (data ? 'facts'::text));
CREATE INDEX journal_entity ON public.journal USING btree (entity, entity_id, id);
CREATE INDEX journal_site_at ON public.journal USING btree (site_id, at DESC, id DESC);
CREATE TRIGGER journal_append_only BEFORE DELETE OR TRUNCATE ON public.journal FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();
CREATE TRIGGER journal_only_redacted BEFORE UPDATE ON public.journal FOR EACH ROW EXECUTE FUNCTION journal_only_redacted();

create table journal_cursor (
  follower text not null,
  xid xid8 not null,
  id bigint not null,
  failures integer not null default 0,
  last_error text,
  updated_at timestamp with time zone not null default now(),
  constraint journal_cursor_pkey PRIMARY KEY (follower)
);

create table journal_seal (
  no bigint not null,
  upto_xid xid8 not null,
  upto_id bigint not null,
  entries integer not null,
  previous text not null,
  hash text not null,
  sealed_at timestamp with time zone not null,
  leaves bytea not null,
  constraint journal_seal_pkey PRIMARY KEY (no)
);

create table kiosk (
  id uuid not null,
  site_id uuid not null,
  name text not null,
  place text not null default ''::text,
  status text not null default 'new'::text,
  pairing_index text,
  pairing_until timestamp with time zone,
  secret_sha256 text,
  pin_index text not null,
  paired_at timestamp with time zone,
  last_seen_at timestamp with time zone,
  failures integer not null default 0,
  failures_since timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  created_by text not null,
  constraint kiosk_paired_has_secret CHECK (((status = 'paired'::text) = (secret_sha256 IS NOT NULL))),
  constraint kiosk_pkey PRIMARY KEY (id),
  constraint kiosk_site_id_fkey FOREIGN KEY (site_id) REFERENCES site(id),
  constraint kiosk_status_check CHECK ((status = ANY (ARRAY['new'::text, 'paired'::text, 'revoked'::text])))
);
CREATE INDEX kiosk_of_site ON public.kiosk USING btree (site_id, name);
CREATE UNIQUE INDEX kiosk_pairing ON public.kiosk USING btree (pairing_index) WHERE (pairing_index IS NOT NULL);

create table line (
  site_id uuid not null,
  extension text collate "C" not null,
  device text not null default 'unknown'::text,
  device_at timestamp with time zone,
  said text,
  said_until timestamp with time zone,
  said_at timestamp with time zone,
  said_by_name text not null default ''::text,
  version integer not null default 1,
  constraint line_device_check CHECK ((device = ANY (ARRAY['idle'::text, 'ringing'::text, 'in-use'::text, 'on-hold'::text, 'unavailable'::text, 'unknown'::text]))),
  constraint line_pkey PRIMARY KEY (site_id, extension),
  constraint line_said_check CHECK ((said = ANY (ARRAY['free'::text, 'busy'::text, 'away'::text])))
);

create table message (
  id uuid not null,
  site_id uuid not null,
  number bigint not null default nextval('message_number'::regclass),
  version integer not null default 1,
  status text not null,
  previous_status text,
  status_at timestamp with time zone not null,
  status_by text not null,
  call_id uuid,
  contact_id uuid,
  customer_id uuid,
  caller_name text not null default ''::text,
  organisation text not null default ''::text,
  phone text collate "C" not null default ''::text,
  matter text not null,
  urgent boolean not null default false,
  report_back boolean not null default true,
  to_kind text not null,
  to_id text not null,
  to_name text not null,
  taken_at timestamp with time zone not null,
  taken_by text not null,
  taken_by_name text not null,
  presented_at timestamp with time zone,
  presented_how text,
  seen_at timestamp with time zone,
  seen_by_name text not null default ''::text,
  done_at timestamp with time zone,
  done_by_name text not null default ''::text,
  done_note text not null default ''::text,
  reported_at timestamp with time zone,
  reported_by_name text not null default ''::text,
  reported_how text,
  reported_note text not null default ''::text,
  terms text[] not null default '{}'::text[],
  constraint message_call_id_fkey FOREIGN KEY (call_id) REFERENCES call(id),
  constraint message_has_caller CHECK (((caller_name <> ''::text) OR (organisation <> ''::text) OR (phone <> ''::text))),
  constraint message_matter_check CHECK ((btrim(matter) <> ''::text)),
  constraint message_pkey PRIMARY KEY (id),
  constraint message_presented_how_check CHECK ((presented_how = ANY (ARRAY['at-once'::text, 'device-free'::text, 'said-free'::text]))),
  constraint message_reported_how_check CHECK ((reported_how = ANY (ARRAY['phone'::text, 'in-person'::text, 'chat'::text, 'e-mail'::text, 'not-wanted'::text]))),
  constraint message_status_check CHECK ((status = ANY (ARRAY['new'::text, 'seen'::text, 'done'::text, 'reported'::text, 'withdrawn'::text]))),
  constraint message_to_kind_check CHECK ((to_kind = ANY (ARRAY['person'::text, 'post'::text])))
);
CREATE INDEX message_board ON public.message USING btree (site_id, taken_at DESC, id DESC);
CREATE INDEX message_of_call ON public.message USING btree (call_id) WHERE (call_id IS NOT NULL);
CREATE INDEX message_of_contact ON public.message USING btree (contact_id, taken_at DESC) WHERE (contact_id IS NOT NULL);
CREATE INDEX message_of_customer ON public.message USING btree (customer_id, taken_at DESC) WHERE (customer_id IS NOT NULL);
CREATE INDEX message_of_phone ON public.message USING btree (site_id, reverse(phone)) WHERE (phone <> ''::text);
CREATE INDEX message_open ON public.message USING btree (site_id, taken_at DESC) WHERE (status = ANY (ARRAY['new'::text, 'seen'::text, 'done'::text]));
CREATE INDEX message_taken_by ON public.message USING btree (taken_by, taken_at DESC);
CREATE INDEX message_terms ON public.message USING gin (terms);
CREATE INDEX message_to ON public.message USING btree (to_id, taken_at DESC);
CREATE INDEX message_waiting ON public.message USING btree (to_id) WHERE ((status = 'new'::text) AND (presented_at IS NULL));
CREATE TRIGGER message_transition BEFORE UPDATE OF status ON public.message FOR EACH ROW EXECUTE FUNCTION message_transition();
CREATE UNIQUE INDEX message_number_of ON public.message USING btree (number);

create table migration (
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migration_pkey PRIMARY KEY (name)
);

create table muster (
  id uuid not null,
  site_id uuid not null,
  kind text not null,
  status text not null,
  note text not null default ''::text,
  revision bigint not null default 1,
  started_at timestamp with time zone not null,
  started_by text not null,
  started_by_name text not null,
  ended_at timestamp with time zone,
  ended_by text,
  ended_by_name text not null default ''::text,
  end_note text not null default ''::text,
  constraint muster_ended_has_time CHECK (((status = 'ended'::text) = (ended_at IS NOT NULL))),
  constraint muster_kind_check CHECK ((kind = ANY (ARRAY['alarm'::text, 'drill'::text]))),
  constraint muster_pkey PRIMARY KEY (id),
  constraint muster_status_check CHECK ((status = ANY (ARRAY['running'::text, 'ended'::text])))
);
CREATE INDEX muster_by_time ON public.muster USING btree (site_id, started_at, id);
CREATE UNIQUE INDEX muster_running ON public.muster USING btree (site_id) WHERE (status = 'running'::text);

create table muster_mark (
  id uuid not null,
  muster_id uuid not null,
  person_id uuid not null,
  safe boolean not null,
  at timestamp with time zone not null,
  by_id text not null,
  by_name text not null,
  point text not null default ''::text,
  how text not null,
  received_at timestamp with time zone not null,
  constraint muster_mark_how_check CHECK ((how = ANY (ARRAY['person'::text, 'self'::text, 'exit'::text]))),
  constraint muster_mark_muster_id_fkey FOREIGN KEY (muster_id) REFERENCES muster(id),
  constraint muster_mark_person_id_fkey FOREIGN KEY (person_id) REFERENCES muster_person(id),
  constraint muster_mark_pkey PRIMARY KEY (id)
);
CREATE INDEX muster_mark_of ON public.muster_mark USING btree (person_id);

create table muster_person (
  id uuid not null,
  muster_id uuid not null,
  kind text not null,
  subject_id uuid,
  place integer not null default 0,
  name text not null default ''::text,
  organisation text not null default ''::text,
  host_name text not null default ''::text,
  detail text not null default ''::text,
  zone_zh text not null default ''::text,
  zone_en text not null default ''::text,
  added_at timestamp with time zone not null,
  added_by_name text not null default ''::text,
  added_how text not null,
  safe boolean not null default false,
  marked_at timestamp with time zone,
  marked_by_name text not null default ''::text,
  point text not null default ''::text,
  missing_at timestamp with time zone,
  outcome text,
  outcome_note text not null default ''::text,
  outcome_at timestamp with time zone,
  outcome_by_name text not null default ''::text,
  revision bigint not null,
  constraint muster_person_added_how_check CHECK ((added_how = ANY (ARRAY['frozen'::text, 'arrived'::text, 'found'::text]))),
  constraint muster_person_kind_check CHECK ((kind = ANY (ARRAY['visitor'::text, 'staff'::text, 'other'::text]))),
  constraint muster_person_muster_id_fkey FOREIGN KEY (muster_id) REFERENCES muster(id),
  constraint muster_person_outcome_check CHECK ((outcome = ANY (ARRAY['found-safe'::text, 'had-left'::text, 'injured'::text, 'not-there'::text, 'other'::text]))),
  constraint muster_person_pkey PRIMARY KEY (id)
);
CREATE INDEX muster_person_changed ON public.muster_person USING btree (muster_id, revision);
CREATE UNIQUE INDEX muster_person_once ON public.muster_person USING btree (muster_id, kind, subject_id, place) WHERE (subject_id IS NOT NULL);

create table notice_preference (
  site_id uuid not null,
  person_id uuid not null,
  topic text not null,
  email boolean not null,
  chat boolean not null,
  constraint notice_preference_pkey PRIMARY KEY (person_id, site_id, topic)
);

create table notification (
  id uuid not null,
  site_id uuid not null,
  person_id uuid not null,
  template text not null,
  facts jsonb not null,
  link text,
  created_at timestamp with time zone not null,
  read_at timestamp with time zone,
  signed jsonb,
  constraint notification_pkey PRIMARY KEY (id)
);
CREATE INDEX notification_about ON public.notification USING btree ("substring"(link, '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'::text)) WHERE (link IS NOT NULL);
CREATE INDEX notification_created ON public.notification USING brin (created_at);
CREATE INDEX notification_person ON public.notification USING btree (person_id, site_id, id DESC);
CREATE INDEX notification_unread ON public.notification USING btree (person_id, site_id) WHERE (read_at IS NULL);

create table outing (
  id uuid not null,
  site_id uuid not null,
  version integer not null default 1,
  status text not null,
  previous_status text,
  status_at timestamp with time zone not null,
  status_by text not null,
  employee_id uuid not null,
  employee_name text not null,
  employee_number text not null default ''::text,
  department_id uuid,
  department text not null default ''::text,
  reason text not null,
  destination text not null default ''::text,
  note text not null default ''::text,
  leave_at timestamp with time zone not null,
  return_by timestamp with time zone,
  approval boolean not null,
  decided_by uuid,
  decided_by_name text not null default ''::text,
  decided_at timestamp with time zone,
  decline_reason text not null default ''::text,
  out_at timestamp with time zone,
  out_by_name text not null default ''::text,
  back_at timestamp with time zone,
  back_by_name text not null default ''::text,
  created_at timestamp with time zone not null,
  created_by text not null,
  created_by_name text not null,
  updated_at timestamp with time zone not null,
  constraint outing_back_has_time CHECK (((status <> 'back'::text) OR (back_at IS NOT NULL))),
  constraint outing_declined_says_why CHECK (((status <> 'declined'::text) OR (btrim(decline_reason) <> ''::text))),
  constraint outing_employee_name_check CHECK ((btrim(employee_name) <> ''::text)),
  constraint outing_out_has_time CHECK (((status <> ALL (ARRAY['out'::text, 'back'::text])) OR (out_at IS NOT NULL))),
  constraint outing_pkey PRIMARY KEY (id),
  constraint outing_reason_check CHECK ((reason <> ''::text)),
  constraint outing_returns_later CHECK (((return_by IS NULL) OR (return_by > leave_at))),
  constraint outing_status_check CHECK ((status = ANY (ARRAY['requested'::text, 'approved'::text, 'declined'::text, 'out'::text, 'back'::text, 'cancelled'::text])))
);
CREATE INDEX outing_by_time ON public.outing USING btree (site_id, leave_at, id);
CREATE INDEX outing_of_department ON public.outing USING btree (site_id, department_id, leave_at);
CREATE INDEX outing_of_employee ON public.outing USING btree (site_id, employee_id, leave_at);
CREATE INDEX outing_open ON public.outing USING btree (site_id, status) WHERE (status = ANY (ARRAY['requested'::text, 'approved'::text, 'out'::text]));
CREATE TRIGGER outing_transition BEFORE UPDATE OF status ON public.outing FOR EACH ROW WHEN ((old.status IS DISTINCT FROM new.status)) EXECUTE FUNCTION outing_transition();
CREATE UNIQUE INDEX outing_one_out ON public.outing USING btree (site_id, employee_id) WHERE (status = 'out'::text);

create table pass (
  site_id uuid not null,
  number text not null,
  status text not null default 'in_stock'::text,
  visit_id uuid,
  issued_at timestamp with time zone,
  reason text not null default ''::text,
  version integer not null default 1,
  constraint pass_issued_to_a_visit CHECK (((status = 'issued'::text) = ((issued_at IS NOT NULL) AND (visit_id IS NOT NULL)))),
  constraint pass_pkey PRIMARY KEY (site_id, number),
  constraint pass_status_check CHECK ((status = ANY (ARRAY['in_stock'::text, 'issued'::text, 'missing'::text, 'void'::text]))),
  constraint pass_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);
CREATE CONSTRAINT TRIGGER pass_access AFTER INSERT OR UPDATE ON public.pass DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.status = 'issued'::text) OR (new.version > 1))) EXECUTE FUNCTION pass_tells_access();
CREATE INDEX pass_free ON public.pass USING btree (site_id, number) WHERE (status = 'in_stock'::text);
CREATE UNIQUE INDEX pass_of_visit ON public.pass USING btree (visit_id) WHERE (status = 'issued'::text);

create table pass_lease (
  site_id uuid not null,
  number text not null,
  device text not null,
  actor_id text not null,
  until timestamp with time zone not null,
  constraint pass_lease_pkey PRIMARY KEY (site_id, number),
  constraint pass_lease_site_id_number_fkey FOREIGN KEY (site_id, number) REFERENCES pass(site_id, number) ON DELETE CASCADE
);
CREATE INDEX pass_lease_device ON public.pass_lease USING btree (site_id, device);

create table permit (
  id uuid not null,
  site_id uuid not null,
  number bigint not null default nextval('permit_number'::regclass),
  version integer not null default 1,
  status text not null default 'draft'::text,
  status_at timestamp with time zone not null,
  status_by_name text not null default ''::text,
  status_reason text not null default ''::text,
  visitor_id uuid not null,
  holder_name text not null,
  holder_pinyin text collate "C" not null,
  holder_initials text collate "C" not null,
  organisation text not null default ''::text,
  phone text not null default ''::text,
  document_kind text,
  document_sealed text,
  document_index text,
  document_tail text,
  plate text collate "C" not null default ''::text,
  kind text not null,
  category text not null,
  purpose text not null default ''::text,
  host_id uuid,
  host_name text not null default ''::text,
  host_department_id uuid,
  host_department text not null default ''::text,
  host_extension text not null default ''::text,
  valid_from date not null,
  valid_to date not null,
  weekdays jsonb not null default '[1, 2, 3, 4, 5]'::jsonb,
  from_minute integer not null default 0,
  to_minute integer not null default 1440,
  areas jsonb not null default '[]'::jsonb,
  note text not null default ''::text,
  source_key text,
  created_at timestamp with time zone not null,
  created_by text not null,
  created_by_name text not null,
  updated_at timestamp with time zone not null,
  constraint permit_from_minute_check CHECK (((from_minute >= 0) AND (from_minute <= 1439))),
  constraint permit_hours CHECK ((from_minute < to_minute)),
  constraint permit_period CHECK ((valid_from <= valid_to)),
  constraint permit_pkey PRIMARY KEY (id),
  constraint permit_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'active'::text, 'suspended'::text, 'ended'::text]))),
  constraint permit_to_minute_check CHECK (((to_minute >= 1) AND (to_minute <= 1440)))
);
CREATE INDEX permit_document ON public.permit USING btree (site_id, document_index) WHERE (document_index IS NOT NULL);
CREATE INDEX permit_page ON public.permit USING btree (site_id, valid_to, id);
CREATE INDEX permit_visitor ON public.permit USING btree (visitor_id);
CREATE TRIGGER permit_transition BEFORE UPDATE OF status ON public.permit FOR EACH ROW WHEN ((old.status IS DISTINCT FROM new.status)) EXECUTE FUNCTION permit_transition();
CREATE UNIQUE INDEX permit_number_of ON public.permit USING btree (number);
CREATE UNIQUE INDEX permit_source ON public.permit USING btree (site_id, source_key) WHERE (source_key IS NOT NULL);

create table permit_paper (
  id uuid not null,
  site_id uuid not null,
  permit_id uuid not null,
  kind text not null,
  number text not null default ''::text,
  expires_on date,
  blocks boolean not null default true,
  reminded_for date,
  constraint permit_paper_permit_id_fkey FOREIGN KEY (permit_id) REFERENCES permit(id) ON DELETE CASCADE,
  constraint permit_paper_pkey PRIMARY KEY (id)
);
CREATE INDEX permit_paper_expiry ON public.permit_paper USING btree (expires_on) WHERE (expires_on IS NOT NULL);
CREATE INDEX permit_paper_of ON public.permit_paper USING btree (permit_id);

create table privacy_request (
  id uuid not null,
  site_id uuid not null,
  number bigint not null default nextval('privacy_request_number'::regclass),
  kind text not null,
  visitor_id uuid not null,
  reason text not null,
  visits integer not null,
  at timestamp with time zone not null,
  by_id text not null,
  by_name text not null,
  constraint privacy_request_kind_check CHECK ((kind = ANY (ARRAY['export'::text, 'erase'::text]))),
  constraint privacy_request_pkey PRIMARY KEY (id)
);
CREATE INDEX privacy_request_of_site ON public.privacy_request USING btree (site_id, at DESC, id DESC);

create table retention_run (
  site_id uuid not null,
  day date not null,
  category text not null,
  visits integer not null,
  documents integer not null,
  files integer not null,
  at timestamp with time zone not null,
  constraint retention_run_pkey PRIMARY KEY (site_id, day, category)
);

create table role_grant (
  user_id text not null,
  site_id uuid not null,
  role text not null,
  constraint role_grant_pkey PRIMARY KEY (user_id, site_id, role),
  constraint role_grant_role_check CHECK ((role = ANY (ARRAY['receptionist'::text, 'guard'::text, 'host'::text, 'agent'::text, 'duty_manager'::text, 'department_head'::text, 'office_admin'::text, 'technician'::text, 'quality'::text, 'director'::text, 'tenant_admin'::text, 'tenant_member'::text, 'system_admin'::text]))),
  constraint role_grant_site_id_fkey FOREIGN KEY (site_id) REFERENCES site(id),
  constraint role_grant_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_user(id) ON DELETE CASCADE
);
CREATE INDEX role_grant_by_site ON public.role_grant USING btree (site_id, role);

create table setting (
  site_id uuid not null,
  key text not null,
  version integer not null,
  value jsonb not null,
  note text,
  at timestamp with time zone not null,
  actor_id text not null,
  actor_name text not null,
  constraint setting_pkey PRIMARY KEY (site_id, key, version)
);

create table sign_in_failure (
  name_hash text not null,
  tries timestamp with time zone[] not null,
  locked_until timestamp with time zone,
  updated_at timestamp with time zone not null,
  constraint sign_in_failure_pkey PRIMARY KEY (name_hash)
);
CREATE INDEX sign_in_failure_by_age ON public.sign_in_failure USING btree (updated_at);

create table signing_key (
  id text not null,
  purpose text not null,
  public_jwk jsonb not null,
  private_jwe text not null,
  created_at timestamp with time zone not null,
  retired_at timestamp with time zone,
  constraint signing_key_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX signing_key_active ON public.signing_key USING btree (purpose) WHERE (retired_at IS NULL);

create table site (
  id uuid not null,
  code text not null,
  name text not null,
  zone text not null default 'Asia/Shanghai'::text,
  created_at timestamp with time zone not null default now(),
  version integer not null default 1,
  constraint site_code_check CHECK ((code ~ '^[a-z0-9][a-z0-9-]{0,31}$'::text)),
  constraint site_code_key UNIQUE (code),
  constraint site_name_check CHECK ((btrim(name) <> ''::text)),
  constraint site_pkey PRIMARY KEY (id)
);

create table staff_card (
  site_id uuid not null,
  code text collate "C" not null,
  employee_id uuid not null,
  created_at timestamp with time zone not null,
  constraint staff_card_code_check CHECK ((code <> ''::text)),
  constraint staff_card_pkey PRIMARY KEY (site_id, code)
);
CREATE INDEX staff_card_of ON public.staff_card USING btree (employee_id);

create table staff_presence (
  site_id uuid not null,
  employee_id uuid not null,
  inside boolean not null,
  zone text not null default ''::text,
  arrived_at timestamp with time zone,
  left_at timestamp with time zone,
  last_at timestamp with time zone not null,
  via text not null,
  constraint staff_presence_inside_since CHECK (((NOT inside) OR (arrived_at IS NOT NULL))),
  constraint staff_presence_pkey PRIMARY KEY (site_id, employee_id),
  constraint staff_presence_via_check CHECK ((via = ANY (ARRAY['gate'::text, 'card'::text, 'door'::text, 'import'::text])))
);
CREATE INDEX staff_presence_inside ON public.staff_presence USING btree (site_id) WHERE inside;

create table task (
  id uuid not null,
  site_id uuid not null,
  kind text not null,
  subject_entity text not null,
  subject_id text not null,
  facts jsonb not null default '{}'::jsonb,
  owner_kind text not null,
  owner_id text not null,
  status text not null default 'open'::text,
  due_at timestamp with time zone not null,
  remind_at timestamp with time zone,
  next_at timestamp with time zone,
  level integer not null default 0,
  ladder jsonb not null default '[]'::jsonb,
  outcome text,
  settled_at timestamp with time zone,
  settled_by text,
  settled_by_name text,
  created_at timestamp with time zone not null,
  created_by text not null,
  created_by_name text not null,
  version integer not null default 1,
  failures integer not null default 0,
  last_error text,
  constraint task_owner_id_check CHECK ((owner_id <> ''::text)),
  constraint task_owner_kind_check CHECK ((owner_kind = ANY (ARRAY['person'::text, 'post'::text]))),
  constraint task_pkey PRIMARY KEY (id),
  constraint task_settled_has_outcome CHECK ((((status = 'open'::text) = (settled_at IS NULL)) AND ((status = 'open'::text) OR (outcome IS NOT NULL)))),
  constraint task_status_check CHECK ((status = ANY (ARRAY['open'::text, 'done'::text, 'cancelled'::text])))
);
CREATE INDEX task_next ON public.task USING btree (next_at) WHERE ((status = 'open'::text) AND (next_at IS NOT NULL));
CREATE INDEX task_owner ON public.task USING btree (site_id, owner_kind, owner_id, due_at) WHERE (status = 'open'::text);
CREATE INDEX task_settled ON public.task USING btree (site_id, settled_at DESC) WHERE (status <> 'open'::text);
CREATE INDEX task_site_due ON public.task USING btree (site_id, due_at, id) WHERE (status = 'open'::text);
CREATE INDEX task_subject ON public.task USING btree (subject_entity, subject_id);

create table visit (
  id uuid not null,
  site_id uuid not null,
  number bigint not null default nextval('visit_number'::regclass),
  version integer not null default 1,
  status text not null,
  previous_status text,
  status_at timestamp with time zone not null,
  status_by text not null,
  category text not null,
  kind text not null,
  announced boolean not null,
  group_id uuid,
  visitor_id uuid not null,
  visitor_name text not null,
  organisation text not null default ''::text,
  phone text not null default ''::text,
  party_size integer not null,
  companions jsonb not null default '[]'::jsonb,
  purpose text not null default ''::text,
  plate text collate "C" not null default ''::text,
  note text not null default ''::text,
  host_id uuid,
  host_name text not null default ''::text,
  host_department_id uuid,
  host_department text not null default ''::text,
  host_extension text not null default ''::text,
  receiver_id uuid,
  receiver_name text not null default ''::text,
  asked_kind text,
  asked_id text,
  asked_name text not null default ''::text,
  asked_ids jsonb not null default '[]'::jsonb,
  ask_due_at timestamp with time zone,
  consent_by text,
  consent_by_name text not null default ''::text,
  consent_how text,
  consent_at timestamp with time zone,
  host_ready_at timestamp with time zone,
  decline_reason text not null default ''::text,
  refuse_reason text not null default ''::text,
  expected_at timestamp with time zone,
  arrived_at timestamp with time zone,
  admitted_at timestamp with time zone,
  met_at timestamp with time zone,
  signed_at timestamp with time zone,
  signed_by text,
  signed_by_name text not null default ''::text,
  sign_note text not null default ''::text,
  left_at timestamp with time zone,
  late_signature boolean not null default false,
  release_confirmed_by text not null default ''::text,
  valid_until timestamp with time zone,
  waiting_place jsonb not null default '{"en": "", "zh": ""}'::jsonb,
  areas jsonb not null default '[]'::jsonb,
  escort_id uuid,
  escort_name text not null default ''::text,
  document_kind text,
  document_sealed text,
  document_index text,
  document_tail text,
  document_checked_at timestamp with time zone,
  document_checked_by text,
  pass_number text,
  pass_returned boolean,
  slip_returned boolean,
  source text,
  source_key text,
  sort_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  created_by text not null,
  created_by_name text not null,
  updated_at timestamp with time zone not null,
  topic text not null default ''::text,
  questions_at timestamp with time zone,
  route text not null default ''::text,
  hold_reason text not null default ''::text,
  emergency boolean not null default false,
  parking_place text not null default ''::text,
  driver_name text not null default ''::text,
  driver_phone text not null default ''::text,
  vehicle_in_at timestamp with time zone,
  vehicle_out_at timestamp with time zone,
  led_in_at timestamp with time zone,
  leaving_at timestamp with time zone,
  gate_told_at timestamp with time zone,
  driver_told_at timestamp with time zone,
  permit_id uuid,
  via text not null default 'desk'::text,
  erased_at timestamp with time zone,
  asked_extension text not null default ''::text,
  approvals_due integer not null default 0,
  escort_due boolean not null default false,
  seen_area text not null default ''::text,
  seen_at timestamp with time zone,
  agreements_due integer not null default 0,
  constraint visit_asked_kind_check CHECK ((asked_kind = ANY (ARRAY['person'::text, 'post'::text]))),
  constraint visit_asking_names_someone CHECK (((status <> 'asking'::text) OR (asked_id IS NOT NULL))),
  constraint visit_departure_order CHECK ((((gate_told_at IS NULL) OR (leaving_at IS NOT NULL)) AND ((driver_told_at IS NULL) OR (gate_told_at IS NOT NULL)))),
  constraint visit_group_id_fkey FOREIGN KEY (group_id) REFERENCES visit_group(id),
  constraint visit_held_says_why CHECK (((status <> 'held'::text) OR (hold_reason <> ''::text))),
  constraint visit_late_only_after_exit CHECK (((NOT late_signature) OR (status = 'left'::text))),
  constraint visit_left_has_time_out CHECK (((status = 'left'::text) = (left_at IS NOT NULL))),
  constraint visit_party_size_check CHECK (((party_size >= 1) AND (party_size <= 2000))),
  constraint visit_pkey PRIMARY KEY (id),
  constraint visit_status_check CHECK ((status = ANY (ARRAY['expected'::text, 'held'::text, 'asking'::text, 'admitted'::text, 'with_host'::text, 'signed_off'::text, 'left'::text, 'declined'::text, 'refused'::text, 'cancelled'::text, 'no_show'::text]))),
  constraint visit_via_check CHECK ((via = ANY (ARRAY['desk'::text, 'gate'::text, 'kiosk'::text, 'host'::text, 'guest'::text, 'import'::text, 'device'::text])))
);
CREATE CONSTRAINT TRIGGER visit_access AFTER UPDATE ON public.visit DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.areas IS DISTINCT FROM new.areas) OR (old.valid_until IS DISTINCT FROM new.valid_until) OR ((old.status = 'held'::text) <> (new.status = 'held'::text)))) EXECUTE FUNCTION visit_tells_access();
CREATE INDEX visit_asked ON public.visit USING btree (asked_id) WHERE (status = 'asking'::text);
CREATE INDEX visit_expected ON public.visit USING btree (site_id, expected_at) WHERE (status = 'expected'::text);
CREATE INDEX visit_host ON public.visit USING btree (host_id, sort_at DESC);
CREATE INDEX visit_inside ON public.visit USING btree (site_id, status) WHERE (status = ANY (ARRAY['held'::text, 'asking'::text, 'admitted'::text, 'with_host'::text, 'signed_off'::text]));
CREATE INDEX visit_late ON public.visit USING btree (host_id) WHERE late_signature;
CREATE INDEX visit_left ON public.visit USING btree (site_id, left_at DESC) WHERE (status = 'left'::text);
CREATE INDEX visit_number_of ON public.visit USING btree (number);
CREATE INDEX visit_of_group ON public.visit USING btree (group_id, sort_at DESC) WHERE (group_id IS NOT NULL);
CREATE INDEX visit_of_permit ON public.visit USING btree (permit_id, sort_at DESC) WHERE (permit_id IS NOT NULL);
CREATE INDEX visit_plate ON public.visit USING btree (site_id, plate, sort_at DESC) WHERE (plate <> ''::text);
CREATE INDEX visit_plate_tail ON public.visit USING btree (site_id, reverse(translate(plate, ' ·.-'::text, ''::text)), sort_at DESC) WHERE (plate <> ''::text);
CREATE INDEX visit_receiver ON public.visit USING btree (receiver_id, sort_at DESC) WHERE (receiver_id IS NOT NULL);
CREATE INDEX visit_register ON public.visit USING btree (site_id, sort_at DESC, id DESC);
CREATE INDEX visit_to_erase ON public.visit USING btree (site_id, category, sort_at) WHERE (erased_at IS NULL);
CREATE INDEX visit_visitor ON public.visit USING btree (visitor_id, sort_at DESC);
CREATE TRIGGER visit_owes_agreements_changed BEFORE UPDATE OF status, kind, category, visitor_id ON public.visit FOR EACH ROW WHEN (((new.status = ANY (ARRAY['held'::text, 'asking'::text, 'admitted'::text])) AND ((old.status = 'expected'::text) OR (old.status = 'no_show'::text) OR (old.kind <> new.kind) OR (old.category <> new.category) OR (old.visitor_id <> new.visitor_id)))) EXECUTE FUNCTION visit_owes_agreements();
CREATE TRIGGER visit_owes_agreements_new BEFORE INSERT ON public.visit FOR EACH ROW WHEN ((new.status = ANY (ARRAY['expected'::text, 'held'::text, 'asking'::text, 'admitted'::text]))) EXECUTE FUNCTION visit_owes_agreements();
CREATE TRIGGER visit_owes_approvals_changed BEFORE UPDATE OF areas ON public.visit FOR EACH ROW EXECUTE FUNCTION visit_owes_approvals();
CREATE TRIGGER visit_owes_approvals_new BEFORE INSERT ON public.visit FOR EACH ROW WHEN ((new.areas <> '[]'::jsonb)) EXECUTE FUNCTION visit_owes_approvals();
CREATE TRIGGER visit_transition BEFORE UPDATE OF status ON public.visit FOR EACH ROW WHEN ((old.status IS DISTINCT FROM new.status)) EXECUTE FUNCTION visit_transition();
CREATE TRIGGER visit_unannounced_guard BEFORE UPDATE OF status ON public.visit FOR EACH ROW WHEN (((old.status = 'held'::text) AND (old.hold_reason = 'unannounced'::text) AND (new.status = ANY (ARRAY['asking'::text, 'admitted'::text, 'with_host'::text])))) EXECUTE FUNCTION visit_unannounced_guard();
CREATE TRIGGER visit_vehicle_begin AFTER INSERT ON public.visit FOR EACH ROW WHEN ((new.plate <> ''::text)) EXECUTE FUNCTION visit_vehicle_follow();
CREATE TRIGGER visit_vehicle_follow AFTER UPDATE OF status, plate ON public.visit FOR EACH ROW WHEN (((new.plate <> ''::text) AND ((old.status IS DISTINCT FROM new.status) OR (old.plate IS DISTINCT FROM new.plate)))) EXECUTE FUNCTION visit_vehicle_follow();
CREATE UNIQUE INDEX visit_source ON public.visit USING btree (site_id, source, source_key) WHERE (source IS NOT NULL);

create table visit_counted (
  visit_id uuid not null,
  site_id uuid not null,
  visitor_id uuid not null,
  department_id uuid,
  host_id uuid,
  day date not null,
  people integer not null,
  hour smallint not null,
  visits smallint not null,
  arrived smallint not null,
  announced smallint not null,
  walk_in smallint not null,
  first smallint not null,
  again smallint not null,
  no_show smallint not null,
  declined smallint not null,
  refused smallint not null,
  cancelled smallint not null,
  ask_of smallint not null,
  ask_kept smallint not null,
  sign_of smallint not null,
  sign_kept smallint not null,
  sign_late smallint not null,
  sign_overdue smallint not null,
  pass_of smallint not null,
  pass_kept smallint not null,
  meet_of smallint not null,
  meet_kept smallint not null,
  meet_prompt smallint not null,
  admit_minutes smallint,
  meet_minutes smallint,
  kind text not null,
  category text not null,
  organisation text not null,
  constraint visit_counted_pkey PRIMARY KEY (visit_id)
);
CREATE INDEX visit_counted_day ON public.visit_counted USING btree (site_id, day);
CREATE INDEX visit_counted_first ON public.visit_counted USING btree (visitor_id) WHERE (first = 1);
CREATE INDEX visit_counted_host ON public.visit_counted USING btree (host_id, day) WHERE (host_id IS NOT NULL);
CREATE INDEX visit_counted_missed ON public.visit_counted USING btree (site_id, day) WHERE ((ask_kept < ask_of) OR (sign_kept < sign_of) OR (pass_kept < pass_of) OR (meet_prompt < meet_of));
CREATE INDEX visit_counted_organisation ON public.visit_counted USING btree (site_id, organisation) WHERE (organisation <> ''::text);
CREATE INDEX visit_counted_visitor ON public.visit_counted USING btree (visitor_id);

create table visit_day_closed (
  site_id uuid not null,
  day date not null,
  closed_at timestamp with time zone not null,
  no_shows integer not null,
  still_inside integer not null,
  constraint visit_day_closed_pkey PRIMARY KEY (site_id, day)
);

create table visit_emergency (
  visit_id uuid not null,
  site_id uuid not null,
  kind text not null,
  kind_name jsonb not null,
  place text not null,
  told jsonb not null default '[]'::jsonb,
  let_in_by text not null,
  let_in_by_name text not null,
  due_at timestamp with time zone not null,
  registered_at timestamp with time zone,
  registered_by_name text not null default ''::text,
  constraint visit_emergency_pkey PRIMARY KEY (visit_id),
  constraint visit_emergency_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);
CREATE INDEX visit_emergency_owed ON public.visit_emergency USING btree (site_id, due_at) WHERE (registered_at IS NULL);

create table visit_group (
  id uuid not null,
  site_id uuid not null,
  source text not null,
  source_key text not null,
  title text not null,
  size integer not null,
  host_name text not null,
  place text not null default ''::text,
  expected_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  version integer not null default 1,
  organiser text not null default ''::text,
  host_id uuid,
  host_department_id uuid,
  host_department text not null default ''::text,
  host_extension text not null default ''::text,
  kind text not null default ''::text,
  category text not null default ''::text,
  purpose text not null default ''::text,
  note text not null default ''::text,
  leader_name text not null default ''::text,
  leader_phone text not null default ''::text,
  plates jsonb not null default '[]'::jsonb,
  pass_mode text not null default 'each'::text,
  pass_number text,
  valid_until timestamp with time zone,
  headcount integer not null default 0,
  counted_in integer not null default 0,
  counted_out integer not null default 0,
  crowd_visit_id uuid,
  asked_at timestamp with time zone,
  consent_by text,
  consent_by_name text not null default ''::text,
  consent_how text,
  consent_at timestamp with time zone,
  declined_at timestamp with time zone,
  decline_reason text not null default ''::text,
  leader_signed_at timestamp with time zone,
  host_signed_at timestamp with time zone,
  host_signed_by_name text not null default ''::text,
  cancelled_at timestamp with time zone,
  created_by text not null default 'import'::text,
  created_by_name text not null default ''::text,
  constraint visit_group_counted_in_check CHECK (((counted_in >= 0) AND (counted_in <= 2000))),
  constraint visit_group_counted_out_came_in CHECK (((counted_out >= 0) AND (counted_out <= counted_in))),
  constraint visit_group_crowd_visit_id_fkey FOREIGN KEY (crowd_visit_id) REFERENCES visit(id),
  constraint visit_group_headcount_check CHECK (((headcount >= 0) AND (headcount <= 2000))),
  constraint visit_group_pass_mode_check CHECK ((pass_mode = ANY (ARRAY['each'::text, 'group'::text, 'none'::text]))),
  constraint visit_group_pkey PRIMARY KEY (id),
  constraint visit_group_site_id_source_source_key_key UNIQUE (site_id, source, source_key)
);
CREATE INDEX visit_group_day ON public.visit_group USING btree (site_id, expected_at DESC, id DESC);
CREATE INDEX visit_group_host ON public.visit_group USING btree (host_id, expected_at DESC) WHERE (host_id IS NOT NULL);
CREATE TRIGGER visit_group_words AFTER INSERT OR UPDATE OF title ON public.visit_group FOR EACH ROW EXECUTE FUNCTION visit_group_words();

create table visit_hop (
  visit_id uuid not null,
  n smallint not null,
  site_id uuid not null,
  target text not null,
  asked_kind text not null,
  asked_id text not null,
  name text not null,
  name_en text not null default ''::text,
  department text not null default ''::text,
  extension text not null default ''::text,
  asked_at timestamp with time zone not null,
  asked_by text not null,
  asked_by_name text not null,
  how text not null default 'console'::text,
  result text,
  ended_at timestamp with time zone,
  ended_by_name text not null default ''::text,
  seconds integer generated always as ((EXTRACT(epoch FROM (ended_at - asked_at)))::integer) stored,
  note text not null default ''::text,
  constraint visit_hop_asked_kind_check CHECK ((asked_kind = ANY (ARRAY['person'::text, 'post'::text]))),
  constraint visit_hop_ended CHECK (((result IS NULL) = (ended_at IS NULL))),
  constraint visit_hop_how_check CHECK ((how = ANY (ARRAY['console'::text, 'phone'::text, 'link'::text, 'chat'::text, 'in-person'::text]))),
  constraint visit_hop_n_check CHECK ((n > 0)),
  constraint visit_hop_pkey PRIMARY KEY (visit_id, n),
  constraint visit_hop_result_check CHECK ((result = ANY (ARRAY['agreed'::text, 'wait'::text, 'delegated'::text, 'declined'::text, 'no-answer'::text, 'busy'::text, 'told'::text, 'passed'::text]))),
  constraint visit_hop_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX visit_hop_one_open ON public.visit_hop USING btree (visit_id) WHERE (ended_at IS NULL);

create table visit_organisation (
  site_id uuid not null,
  name text not null,
  number integer not null generated always as identity,
  constraint visit_organisation_number UNIQUE (number),
  constraint visit_organisation_pkey PRIMARY KEY (site_id, name)
);

create table visit_person (
  site_id uuid not null,
  visitor_id uuid not null,
  number integer not null generated always as identity,
  constraint visit_person_number UNIQUE (number),
  constraint visit_person_pkey PRIMARY KEY (site_id, visitor_id)
);

create table visit_rebuild (
  singleton boolean not null default true,
  stage text not null,
  last_visitor uuid,
  last_day date,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint visit_rebuild_pkey PRIMARY KEY (singleton),
  constraint visit_rebuild_singleton_check CHECK (singleton),
  constraint visit_rebuild_stage_check CHECK ((stage = ANY (ARRAY['visits'::text, 'tallies'::text, 'done'::text])))
);

create table visit_reception (
  visit_id uuid not null,
  site_id uuid not null,
  warned_at timestamp with time zone,
  warned_by text,
  warned_by_name text not null default ''::text,
  parking_wish text not null default ''::text,
  acknowledged_at timestamp with time zone,
  acknowledged_by_name text not null default ''::text,
  led_in_by_name text not null default ''::text,
  leaving_by_name text not null default ''::text,
  gate_told_by_name text not null default ''::text,
  driver_told_by_name text not null default ''::text,
  last_step text,
  last_step_at timestamp with time zone,
  last_step_by text,
  constraint visit_reception_last_step_check CHECK ((last_step = ANY (ARRAY['acknowledge'::text, 'lead-in'::text, 'leaving'::text, 'gate-told'::text, 'driver-told'::text]))),
  constraint visit_reception_pkey PRIMARY KEY (visit_id),
  constraint visit_reception_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);
CREATE INDEX visit_reception_open ON public.visit_reception USING btree (site_id) WHERE ((warned_at IS NOT NULL) AND (acknowledged_at IS NULL));

create table visit_refusal (
  id uuid not null,
  site_id uuid not null,
  visit_id uuid not null,
  at timestamp with time zone not null,
  by_id text not null,
  by_name text not null,
  reason text not null,
  suspicious boolean not null default false,
  told text[] not null default '{}'::text[],
  undone_at timestamp with time zone,
  constraint visit_refusal_pkey PRIMARY KEY (id),
  constraint visit_refusal_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id) ON DELETE CASCADE
);
CREATE INDEX visit_refusal_list ON public.visit_refusal USING btree (site_id, at DESC, id DESC);
CREATE INDEX visit_refusal_of_visit ON public.visit_refusal USING btree (visit_id);

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
  constraint visit_tally_day_key UNIQUE NULLS NOT DISTINCT (site_id, day, kind, category, department_id)
) with (fillfactor=80);

create table visit_tally_host (
  site_id uuid not null,
  host_id uuid,
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
  constraint visit_tally_host_key UNIQUE NULLS NOT DISTINCT (site_id, day, host_id, kind, category, department_id)
);

create table visit_tally_host_month (
  site_id uuid not null,
  host_id uuid,
  department_id uuid,
  month date not null,
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
  constraint visit_tally_host_month_key UNIQUE NULLS NOT DISTINCT (site_id, month, host_id, kind, category, department_id),
  constraint visit_tally_host_month_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric))
) with (fillfactor=80);

create table visit_tally_hour (
  site_id uuid not null,
  department_id uuid,
  day date not null,
  hour smallint not null,
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
  constraint visit_tally_hour_key UNIQUE NULLS NOT DISTINCT (site_id, day, hour, kind, category, department_id)
);

create table visit_tally_month (
  site_id uuid not null,
  department_id uuid,
  month date not null,
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
  constraint visit_tally_month_key UNIQUE NULLS NOT DISTINCT (site_id, month, kind, category, department_id),
  constraint visit_tally_month_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric))
) with (fillfactor=80);

create table visit_tally_people (
  site_id uuid not null,
  department_id uuid,
  day date not null,
  kind text not null,
  category text not null,
  first integer not null,
  visitors bytea not null,
  organisations bytea not null,
  constraint visit_tally_people_key UNIQUE NULLS NOT DISTINCT (site_id, day, kind, category, department_id)
) with (fillfactor=80);

create table visit_tally_slot (
  site_id uuid not null,
  department_id uuid,
  month date not null,
  weekday smallint not null,
  hour smallint not null,
  kind text not null,
  category text not null,
  arrived integer not null,
  people integer not null,
  constraint visit_tally_slot_key UNIQUE NULLS NOT DISTINCT (site_id, month, weekday, hour, kind, category, department_id),
  constraint visit_tally_slot_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric))
) with (fillfactor=80);

create table visit_tally_wait (
  site_id uuid not null,
  department_id uuid,
  day date not null,
  which text not null,
  minutes smallint not null,
  kind text not null,
  category text not null,
  visits integer not null,
  constraint visit_tally_wait_key UNIQUE NULLS NOT DISTINCT (site_id, day, which, minutes, kind, category, department_id),
  constraint visit_tally_wait_which_check CHECK ((which = ANY (ARRAY['admit'::text, 'meet'::text])))
);

create table visit_tally_wait_month (
  site_id uuid not null,
  department_id uuid,
  month date not null,
  which text not null,
  minutes smallint not null,
  kind text not null,
  category text not null,
  visits integer not null,
  constraint visit_tally_wait_month_key UNIQUE NULLS NOT DISTINCT (site_id, month, which, minutes, kind, category, department_id),
  constraint visit_tally_wait_month_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
  constraint visit_tally_wait_month_which_check CHECK ((which = ANY (ARRAY['admit'::text, 'meet'::text])))
) with (fillfactor=80);

create table visit_unannounced (
  visit_id uuid not null,
  site_id uuid not null,
  claim text not null,
  charge_kind text not null,
  charge_id text not null,
  charge_name text not null,
  instruction text,
  instruction_words text not null default ''::text,
  instructed_by_name text not null default ''::text,
  instructed_how text,
  instructed_at timestamp with time zone,
  recorded_by_name text not null default ''::text,
  constraint visit_unannounced_charge_kind_check CHECK ((charge_kind = ANY (ARRAY['person'::text, 'post'::text]))),
  constraint visit_unannounced_instructed_how_check CHECK ((instructed_how = ANY (ARRAY['phone'::text, 'in-person'::text, 'chat'::text]))),
  constraint visit_unannounced_instruction_check CHECK ((instruction = ANY (ARRAY['receive'::text, 'wait'::text, 'decline'::text, 'other'::text]))),
  constraint visit_unannounced_pkey PRIMARY KEY (visit_id),
  constraint visit_unannounced_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id),
  constraint visit_unannounced_whole CHECK ((((instruction IS NULL) = (instructed_at IS NULL)) AND ((instruction IS NULL) OR (instructed_by_name <> ''::text))))
);

create table visit_vehicle (
  id uuid not null default gen_random_uuid(),
  site_id uuid not null,
  visit_id uuid not null,
  plate text collate "C" not null,
  fragments text[] not null generated always as (plate_fragments(plate)) stored,
  driver_name text not null default ''::text,
  driver_phone text not null default ''::text,
  place text not null default ''::text,
  holds_place boolean not null default false,
  in_at timestamp with time zone,
  out_at timestamp with time zone,
  created_at timestamp with time zone not null,
  driver_told_at timestamp with time zone,
  constraint visit_vehicle_once UNIQUE (visit_id, plate),
  constraint visit_vehicle_out_after_in CHECK (((out_at IS NULL) OR (in_at IS NOT NULL))),
  constraint visit_vehicle_pkey PRIMARY KEY (id),
  constraint visit_vehicle_place_named CHECK (((NOT holds_place) OR ((place <> ''::text) AND (out_at IS NULL)))),
  constraint visit_vehicle_plate_check CHECK (((plate <> ''::text) AND (length(plate) <= 20))),
  constraint visit_vehicle_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id) ON DELETE CASCADE
);
CREATE INDEX visit_vehicle_inside ON public.visit_vehicle USING btree (site_id, in_at) WHERE ((in_at IS NOT NULL) AND (out_at IS NULL));
CREATE INDEX visit_vehicle_list ON public.visit_vehicle USING btree (site_id, created_at DESC, id DESC);
CREATE INDEX visit_vehicle_plate ON public.visit_vehicle USING gin (fragments);
CREATE UNIQUE INDEX visit_vehicle_place ON public.visit_vehicle USING btree (site_id, place) WHERE holds_place;

create table visitor (
  id uuid not null,
  site_id uuid not null,
  name text collate "C" not null,
  name_pinyin text collate "C" not null,
  name_initials text collate "C" not null,
  organisation text not null default ''::text,
  phone text not null default ''::text,
  phone_reversed text collate "C" generated always as (reverse(phone)) stored,
  grams text[] not null,
  document_kind text,
  document_sealed text,
  document_index text,
  document_tail text,
  plate text not null default ''::text,
  visits integer not null default 1,
  last_visit_at timestamp with time zone not null,
  last_visit_id uuid,
  created_at timestamp with time zone not null,
  contact_id uuid,
  erased_at timestamp with time zone,
  constraint visitor_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contact(id),
  constraint visitor_pkey PRIMARY KEY (id)
);
CREATE INDEX visitor_contact ON public.visitor USING btree (contact_id) WHERE (contact_id IS NOT NULL);
CREATE INDEX visitor_document ON public.visitor USING btree (document_index) WHERE (document_index IS NOT NULL);
CREATE INDEX visitor_grams ON public.visitor USING gin (grams);
CREATE INDEX visitor_initials ON public.visitor USING btree (site_id, name_initials);
CREATE INDEX visitor_name ON public.visitor USING btree (site_id, name);
CREATE INDEX visitor_phone ON public.visitor USING btree (site_id, phone_reversed) WHERE (phone <> ''::text);
CREATE INDEX visitor_pinyin ON public.visitor USING btree (site_id, name_pinyin);
CREATE INDEX visitor_unlinked ON public.visitor USING btree (site_id, created_at DESC) WHERE (contact_id IS NULL);

create table visitor_contact_move (
  merge_id uuid not null,
  visitor_id uuid not null,
  constraint visitor_contact_move_merge_id_fkey FOREIGN KEY (merge_id) REFERENCES customer_merge(id),
  constraint visitor_contact_move_pkey PRIMARY KEY (merge_id, visitor_id)
);

create table watch_dismissal (
  id uuid not null,
  site_id uuid not null,
  entry_id uuid not null,
  visitor_id uuid not null,
  document_index text,
  visit_id uuid,
  agreed text[] not null,
  at timestamp with time zone not null,
  by_id text not null,
  by_name text not null,
  note text not null default ''::text,
  constraint watch_dismissal_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES watch_entry(id) ON DELETE CASCADE,
  constraint watch_dismissal_pkey PRIMARY KEY (id),
  constraint watch_dismissal_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id) ON DELETE CASCADE
);
CREATE INDEX watch_dismissal_pair ON public.watch_dismissal USING btree (entry_id, visitor_id);
CREATE INDEX watch_dismissal_visitor ON public.watch_dismissal USING btree (visitor_id);

create table watch_entry (
  id uuid not null,
  site_id uuid not null,
  version integer not null default 1,
  status text not null,
  level text not null,
  name text not null default ''::text,
  name_pinyin text not null default ''::text,
  aliases text[] not null default '{}'::text[],
  organisation text not null default ''::text,
  phones text[] not null default '{}'::text[],
  plates text[] not null default '{}'::text[],
  document_kind text,
  document_sealed text,
  document_index text,
  document_tail text,
  reason text not null,
  valid_from timestamp with time zone not null,
  valid_until timestamp with time zone,
  withdrawn_why text not null default ''::text,
  visit_id uuid,
  source_key text,
  keys text[] not null default '{}'::text[],
  grams text[] not null default '{}'::text[],
  created_at timestamp with time zone not null,
  created_by text not null,
  created_by_name text not null,
  updated_at timestamp with time zone not null,
  keys_version integer not null default 1,
  constraint watch_entry_level_check CHECK ((level = ANY (ARRAY['alert'::text, 'block'::text]))),
  constraint watch_entry_names_something CHECK (((name <> ''::text) OR (organisation <> ''::text) OR (cardinality(phones) > 0) OR (cardinality(plates) > 0) OR (document_index IS NOT NULL))),
  constraint watch_entry_period CHECK (((valid_until IS NULL) OR (valid_until > valid_from))),
  constraint watch_entry_pkey PRIMARY KEY (id),
  constraint watch_entry_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'active'::text, 'expired'::text, 'withdrawn'::text])))
);
CREATE INDEX watch_entry_ends ON public.watch_entry USING btree (valid_until) WHERE ((status = 'active'::text) AND (valid_until IS NOT NULL));
CREATE INDEX watch_entry_grams ON public.watch_entry USING gin (grams);
CREATE INDEX watch_entry_keyed ON public.watch_entry USING btree (keys_version, id);
CREATE INDEX watch_entry_keys ON public.watch_entry USING gin (keys) WITH (fastupdate=off) WHERE (status = 'active'::text);
CREATE INDEX watch_entry_list ON public.watch_entry USING btree (site_id, created_at DESC, id DESC);
CREATE UNIQUE INDEX watch_entry_source ON public.watch_entry USING btree (site_id, source_key) WHERE ((source_key IS NOT NULL) AND (status <> 'withdrawn'::text));

create table watch_hit (
  id uuid not null,
  site_id uuid not null,
  visit_id uuid not null,
  visitor_id uuid not null,
  entry_id uuid not null,
  moment text not null,
  person jsonb not null,
  level text not null,
  score numeric(4,3) not null,
  agreed jsonb not null,
  differed jsonb not null,
  effect text not null,
  at timestamp with time zone not null,
  by_name text not null,
  decision text,
  decided_at timestamp with time zone,
  decided_by text,
  decided_by_name text not null default ''::text,
  note text not null default ''::text,
  constraint watch_hit_decided CHECK (((decision IS NULL) = (decided_at IS NULL))),
  constraint watch_hit_decision_check CHECK ((decision = ANY (ARRAY['not-same-person'::text, 'confirmed'::text, 'let-in'::text]))),
  constraint watch_hit_effect_check CHECK ((effect = ANY (ARRAY['held'::text, 'alert'::text]))),
  constraint watch_hit_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES watch_entry(id) ON DELETE CASCADE,
  constraint watch_hit_once UNIQUE (visit_id, entry_id),
  constraint watch_hit_pkey PRIMARY KEY (id),
  constraint watch_hit_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id) ON DELETE CASCADE
);
CREATE INDEX watch_hit_list ON public.watch_hit USING btree (site_id, at DESC, id DESC);
CREATE INDEX watch_hit_of_entry ON public.watch_hit USING btree (entry_id, at DESC);
CREATE INDEX watch_hit_open ON public.watch_hit USING btree (site_id, at DESC) WHERE (decision IS NULL);
CREATE INDEX watch_hit_visitor ON public.watch_hit USING btree (visitor_id);

create view visit_contribution as
 SELECT v.id AS visit_id,
    v.site_id,
    v.visitor_id,
    ((v.sort_at AT TIME ZONE s.zone))::date AS day,
    (EXTRACT(hour FROM (v.sort_at AT TIME ZONE s.zone)))::smallint AS hour,
    v.kind,
    v.category,
    v.host_department_id AS department_id,
    v.host_id,
    v.organisation,
    v.sort_at,
    1 AS visits,
        CASE
            WHEN (v.arrived_at IS NOT NULL) THEN v.party_size
            ELSE 0
        END AS people,
    ((v.arrived_at IS NOT NULL))::integer AS arrived,
    (((v.arrived_at IS NOT NULL) AND v.announced))::integer AS announced,
    (((v.arrived_at IS NOT NULL) AND (NOT v.announced)))::integer AS walk_in,
    ((v.status = 'no_show'::text))::integer AS no_show,
    ((v.status = 'declined'::text))::integer AS declined,
    ((v.status = 'refused'::text))::integer AS refused,
    ((v.status = 'cancelled'::text))::integer AS cancelled,
    (ask.measured)::integer AS ask_of,
    ((ask.measured AND (ask.hops = 1) AND ((ask.settled_at IS NULL) OR (ask.settled_at <= ask.due_at))))::integer AS ask_kept,
    (sign.measured)::integer AS sign_of,
    ((sign.measured AND sign.at_exit))::integer AS sign_kept,
    ((sign.measured AND (NOT sign.at_exit) AND (v.signed_at IS NOT NULL) AND (NOT sign.overdue)))::integer AS sign_late,
    ((sign.measured AND (NOT sign.at_exit) AND sign.overdue))::integer AS sign_overdue,
    (((v.status = 'left'::text) AND (v.pass_returned IS NOT NULL)))::integer AS pass_of,
    (((v.status = 'left'::text) AND (v.pass_returned IS TRUE)))::integer AS pass_kept,
    (COALESCE(wait.measured, false))::integer AS meet_of,
    (COALESCE((wait.measured AND (wait.prompt OR wait.reminded)), false))::integer AS meet_kept,
    (COALESCE((wait.measured AND wait.prompt), false))::integer AS meet_prompt,
        CASE
            WHEN (v.admitted_at >= v.arrived_at) THEN (LEAST(floor((EXTRACT(epoch FROM (v.admitted_at - v.arrived_at)) / (60)::numeric)), (240)::numeric))::smallint
            ELSE NULL::smallint
        END AS admit_minutes,
        CASE
            WHEN (v.met_at >= v.admitted_at) THEN (LEAST(floor((EXTRACT(epoch FROM (v.met_at - v.admitted_at)) / (60)::numeric)), (240)::numeric))::smallint
            ELSE NULL::smallint
        END AS meet_minutes
   FROM (((((((visit v
     JOIN site s ON ((s.id = v.site_id)))
     CROSS JOIN LATERAL ( SELECT jsonb_array_length(
                CASE
                    WHEN (jsonb_typeof(v.asked_ids) = 'array'::text) THEN v.asked_ids
                    ELSE '[]'::jsonb
                END) AS hops) asked)
     LEFT JOIN LATERAL ( SELECT t.due_at,
            t.settled_at
           FROM task t
          WHERE ((asked.hops = 1) AND (t.subject_entity = 'visit'::text) AND (t.subject_id = (v.id)::text) AND (t.kind = 'visit.consent'::text) AND (t.status <> 'cancelled'::text))
          ORDER BY t.created_at DESC, t.id DESC
         LIMIT 1) consent ON (true))
     CROSS JOIN LATERAL ( SELECT asked.hops,
            consent.due_at,
            consent.settled_at,
            ((asked.hops > 0) AND ((v.asked_ids ->> 0) <> 'desk'::text) AND ((v.consent_at IS NOT NULL) OR (v.status = 'declined'::text) OR (asked.hops > 1))) AS measured) ask)
     LEFT JOIN LATERAL ( SELECT t.status,
            t.due_at,
            t.settled_at,
            t.level
           FROM task t
          WHERE ((v.status = 'left'::text) AND (v.late_signature OR (v.signed_at > v.left_at)) AND (t.subject_entity = 'visit'::text) AND (t.subject_id = (v.id)::text) AND (t.kind = 'visit.late-signature'::text) AND (t.status <> 'cancelled'::text))
          ORDER BY t.created_at DESC, t.id DESC
         LIMIT 1) owed ON (true))
     CROSS JOIN LATERAL ( SELECT ((v.status = 'left'::text) AND ((v.signed_at IS NOT NULL) OR v.late_signature)) AS measured,
            COALESCE((v.signed_at <= v.left_at), false) AS at_exit,
            COALESCE(
                CASE
                    WHEN (owed.status = 'open'::text) THEN (owed.level > 0)
                    ELSE (owed.settled_at > owed.due_at)
                END, false) AS overdue) sign)
     LEFT JOIN LATERAL ( SELECT ((t.status = 'done'::text) OR (t.level > 0)) AS measured,
            (t.level > 0) AS reminded,
            COALESCE((t.settled_at <= t.due_at), false) AS prompt
           FROM task t
          WHERE ((v.admitted_at IS NOT NULL) AND (t.subject_entity = 'visit'::text) AND (t.subject_id = (v.id)::text) AND (t.kind = 'visit.waiting'::text) AND (t.status <> 'cancelled'::text))
          ORDER BY t.created_at DESC, t.id DESC
         LIMIT 1) wait ON (true));
