-- What messages say beside their text is found and previewed; a call is one message.

-- A call was a message for each thing told of it, under its id and that thing. Its end is the one that stays, under the id
-- alone, so that what is told once more finds it.
delete from message s
 where s.kind = 'call' and s.external_id like '%:connect'
   and exists (select 1 from message e
                where e.workspace_id = s.workspace_id and e.channel_id = s.channel_id and e.kind = 'call'
                  and e.external_id = regexp_replace(s.external_id, ':connect$', ':terminate'));
update message set external_id = regexp_replace(external_id, ':(connect|terminate)$', '')
 where kind = 'call' and external_id ~ ':(connect|terminate)$';

-- What a conversation's list shows of reactions: the latest of a contact.
create index message_reaction_of_contact on message_reaction (workspace_id, contact_id, at desc);

-- What stands beside a text: of buttons, lists and templates, of an advertisement, of forms, orders and cards. As words with
-- spaces between them; digits of numbers together, without the country's. conversations/server/said-words.ts names the same.
create function payload_words(payload jsonb) returns text language sql immutable parallel safe
  return (select left(string_agg(left(word, 1024), ' '), 16384) from (
    select p.word #>> '{}' as word
      from unnest(array['$.header', '$.footer', '$.button', '$.template.header.text', '$.template.footer',
        '$.buttons[*].title', '$.buttons[*].text', '$.template.buttons[*].text', '$.sections[*].title',
        '$.sections[*].rows[*].title', '$.sections[*].rows[*].description', '$.referral.body', '$.answers[*].value',
        '$.items[*].productId', '$.product.productId', '$.cards[*].jobTitle', '$.cards[*].emails[*].email',
        '$.cards[*].phones[*].phone']::jsonpath[]) as path
      cross join lateral jsonb_path_query(payload, path, '{}', true) as p (word)
     where jsonb_typeof(p.word) = 'string'
    union all
    select regexp_replace(regexp_replace(p.word #>> '{}', '[^0-9]', '', 'g'), '^55(?=[0-9]{10,11}$)', '')
      from unnest(array['$.cards[*].phones[*].phone', '$.cards[*].phones[*].whatsAppPhone']::jsonpath[]) as path
      cross join lateral jsonb_path_query(payload, path, '{}', true) as p (word)
     where jsonb_typeof(p.word) = 'string') said);

-- As 0010, and what stands beside the text. Most messages have nothing beside it.
create or replace function message_words(body text, payload jsonb) returns tsvector language sql immutable parallel safe
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
      || case when payload ?| array['header', 'footer', 'button', 'buttons', 'sections', 'template', 'referral', 'answers',
                                    'items', 'product', 'cards']
           then ' ' || coalesce(payload_words(payload), '') else '' end
    ), $t$!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~$t$, repeat(' ', 32)), 'oes\M', 'ao', 'g'));

-- What is there already is found by it too.
insert into message_to_index (id, workspace_ids, message_ids)
  select gen_random_uuid(), array_agg(workspace_id), array_agg(id)
    from (select workspace_id, id, (row_number() over (order by at desc)) / 500 as part
            from message where direction <> 'internal' and revoked_at is null and removed_at is null
             and payload ?| array['header', 'footer', 'button', 'buttons', 'sections', 'template', 'referral', 'answers',
                                  'items', 'product', 'cards']) m
   group by part;
