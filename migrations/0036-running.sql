-- A number that is also on the Business app: when its history and its address book were asked for, and when entries of the
-- address book last came.
alter table whatsapp_health
  add column history_asked_at timestamptz,
  add column contacts_asked_at timestamptz,
  add column contacts_at timestamptz;

-- What the metrics count every few seconds: files that could not be had lately, and messages whose end nobody knows.
create index message_media_ended on message_media (requested_at)
  where state in ('failed', 'expired', 'too-large', 'refused-type');
create index message_unknown_end on message (workspace_id) where status = 'unknown';
