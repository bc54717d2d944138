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
