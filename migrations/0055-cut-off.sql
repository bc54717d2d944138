-- What WhatsApp last told of a number's account: an app lost its access, the number was taken off the API, it is back. And what shows
-- that a number works after that: our own question was answered as it should be, somebody wrote.
alter table whatsapp_health
  add column partner_removed_at timestamptz,
  add column offboarded_at timestamptz,
  add column reconnected_at timestamptz,
  add column checked_at timestamptz,
  add column last_written_at timestamptz;
