-- A reading of WhatsApp's list that was whole is settled in pieces, so that few contacts are locked at a time.

-- Up to which contact that has come; null while the list is being read.
alter table upstream_list add column settled_to uuid;
