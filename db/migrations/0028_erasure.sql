-- G5: what somebody said or wrote about a person is taken out of free text and out of the journal by the words themselves.

create function words_struck(text text, words text[]) returns text language plpgsql immutable parallel safe as $$
declare word text;
begin
  foreach word in array words loop text := replace(text, word, '***'); end loop;
  return text;
end $$;

-- The same of a record: its values, however deep; its keys are ours and hold no person's words.
create function words_struck(record jsonb, words text[]) returns jsonb language plpgsql immutable parallel safe as $$
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
end $$;

-- Left out rather than struck: a redacted entry may only lose what it said (journal_only_redacted).
create function words_left_out(record jsonb, keys text[], words text[]) returns jsonb language sql immutable parallel safe as $$
  select case when record is null then null else coalesce(
    (select jsonb_object_agg(key, value) from jsonb_each(record)
     where not key = any(keys) and not exists (select from unnest(words) as word where position(word in value::text) > 0)), '{}') end
$$;

-- Which record a notice is about stands in the address it opens.
create index notification_about on notification (substring(link from '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'))
  where link is not null;

-- Everything known by the person's id gets another one when the person is erased.
create index watch_hit_visitor on watch_hit (visitor_id);
create index watch_dismissal_visitor on watch_dismissal (visitor_id);
create index permit_visitor on permit (visitor_id);
create index visit_counted_visitor on visit_counted (visitor_id);

-- Of nobody any more; the row stays for the count of visitors.
alter table visitor add column erased_at timestamptz;
update visitor set erased_at = now() where name = '***';

-- V19, V7: of several cars each driver is told.
alter table visit_vehicle add column driver_told_at timestamptz;
