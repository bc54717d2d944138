-- What PostgreSQL remembers of content, and what a request records of its decisions.

-- No column with content has statistics: the values most often seen would be kept there as they are. Those of `message` by which rows
-- are found keep theirs, and a removal makes them anew (table-store.ts). Setting the type anew, to what it is, is how PostgreSQL
-- forgets those it has; nothing is rewritten.
alter table upload alter column file_name set statistics 0, alter column mime_type set statistics 0;
alter table upload alter column file_name type text, alter column mime_type type text;
alter table block_import_row alter column name set statistics 0;
alter table block_import_row alter column name type text;
alter table idempotency_key alter column key set statistics 0, alter column answer set statistics 0;
alter table idempotency_key alter column key type text, alter column answer type jsonb;
alter table message_reaction alter column emoji set statistics 0;
alter table message_reaction alter column emoji type text;
alter table early_action alter column content set statistics 0;
alter table early_action alter column content type text;
alter table message_media
  alter column provider_media_id set statistics 0, alter column provider_mime set statistics 0,
  alter column mime_type set statistics 0, alter column reason set statistics 0;
alter table message_media
  alter column provider_media_id type text, alter column provider_mime type text,
  alter column mime_type type text, alter column reason type text;
alter table channel_file alter column mime_type set statistics 0, alter column provider_media_id set statistics 0;
alter table channel_file alter column mime_type type text, alter column provider_media_id type text;

-- Why somebody decided so: of what goes a reason of those who ask, of what stays one of its own. Null of what was decided before this
-- was asked, and of what went along with another request.
alter table removal_item add column decided_for text
  check (decided_for in ('sexual', 'offense', 'discrimination', 'personal-data', 'fraud', 'other',
                         'no-breach', 'needed', 'by-mistake', 'not-the-same'));
alter table removal_name add column decided_for text
  check (decided_for in ('sexual', 'offense', 'discrimination', 'personal-data', 'fraud', 'other',
                         'no-breach', 'needed', 'by-mistake'));
