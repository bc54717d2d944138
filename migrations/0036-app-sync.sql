-- A number that is also on the Business app: when its history and its address book were asked for, and when entries of the
-- address book last came.
alter table whatsapp_health
  add column history_asked_at timestamptz,
  add column contacts_asked_at timestamptz,
  add column contacts_at timestamptz;
