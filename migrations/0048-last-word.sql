-- Whose word is the last: of two edits or reactions in one second, and of two people about one block.

-- WhatsApp's times are whole seconds. Of two things done within one the later to come stands, unless it came before: webhooks are
-- repeated. So the keyed hashes of what was done in the very second that stands are kept, and go with the next one.
alter table message add column edit_hashes bytea[];
alter table message_reaction add column action_hashes bytea[] not null default '{}';
alter table early_action add column action_hashes bytea[] not null default '{}';

-- As 0026; a tombstone keeps no hash of an edit either.
alter table message drop constraint message_removed_is_empty;
alter table message add constraint message_removed_is_empty check (
  (removed_at is null) = (removal_number is null)
  and (removed_at is null or (
    text is null and payload = '{}' and external_id is null and error_code is null and author_kind is null
    and author_id is null and reply_to_id is null and reply_to_external_id is null and forwarded_from is null
    and edited_at is null and edit_hashes is null and revoked_at is null and provider_at is null and not is_covered))) not valid;

-- When somebody other than who made the block last confirmed or changed it: it is not undone by who made it any more.
alter table block add column confirmed_at timestamptz;
