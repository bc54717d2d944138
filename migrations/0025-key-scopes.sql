-- What a key may do within its role. Keys from before keep what their role lets them do, written out.
alter table api_key add column scopes text[];

update api_key set scopes =
  array['conversations:read', 'conversations:write', 'contacts:read', 'contacts:write', 'requests:write', 'team:read']
  || case when role in ('moderator', 'administrator') then array['blocks:read'] else '{}' end
  || case when role = 'administrator' then array[
       'blocks:write', 'requests:decide', 'team:write', 'channels:write', 'settings:write', 'keys:write', 'webhooks:write',
       'audit:read'] else '{}' end;

alter table api_key alter column scopes set not null;
