-- A row of a file may name somebody by a number and by an id of WhatsApp's: both are one person's, and both are taken.

alter table block_import_row
  -- The id, where the row has a number as well (`match_key`); deleted with all that the file said.
  add column account_key text,
  -- Whoever is known under one of the two comes to the other by this row.
  add column learns boolean not null default false;
