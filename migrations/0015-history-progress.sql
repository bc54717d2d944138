-- How far the import of a number's history is: the furthest that was told, or that the business shares none.
alter table whatsapp_health
  add column history_phase smallint check (history_phase between 0 and 9),
  add column history_progress smallint check (history_progress between 0 and 100),
  add column history_at timestamptz,
  add column history_declined_at timestamptz;
