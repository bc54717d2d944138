-- Searching messages by their words, accents and endings ignored (docs/decisions/0021-message-search.md).

-- What a message says, as words; conversations/server/search-words.ts treats what is typed in the same way. Folded before
-- it is stemmed, so that people may leave accents out; the plural of -ão is made regular first, because the stemmer knows
-- it by its accent only. Bound to the functions it calls when it is made, whatever the search path is later.
create function message_words(body text, payload jsonb) returns tsvector language sql immutable parallel safe
  return to_tsvector('pg_catalog.portuguese', regexp_replace(translate(fold_text(
      left(coalesce(body, ''), 8192)
      || ' ' || coalesce(payload ->> 'fileName', '')
      || ' ' || coalesce(payload ->> 'name', '')
      || ' ' || coalesce(payload ->> 'address', '')
      || ' ' || coalesce(payload ->> 'description', '')
      || ' ' || coalesce(payload #>> '{referral,headline}', '')
      || case when payload ? 'cards' then left(
           jsonb_path_query_array(payload, '$.cards[*].name')::text || ' '
           || jsonb_path_query_array(payload, '$.cards[*].organisation')::text, 8192) else '' end
    ), $t$!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~$t$, repeat(' ', 32)), 'oes\M', 'ao', 'g'));

-- The words of each message that can be found, made a moment after it came: whoever brings it in does not wait for that.
create table message_search (
  workspace_id uuid not null,
  message_id uuid not null,
  words tsvector not null,
  primary key (workspace_id, message_id),
  foreign key (workspace_id, message_id) references message (workspace_id, id) on delete cascade
);
create index message_search_words on message_search using gin (workspace_id, words);

-- Messages whose words are to be made or made anew; one row for all of a transaction.
create table message_to_index (
  id uuid primary key,
  workspace_ids uuid[] not null,
  message_ids uuid[] not null
);

-- What is there already.
insert into message_to_index (id, workspace_ids, message_ids)
  select gen_random_uuid(), array_agg(workspace_id), array_agg(id)
    from (select workspace_id, id, (row_number() over (order by at desc)) / 500 as part
            from message where direction <> 'internal' and revoked_at is null) m
   group by part;
