-- What the report on protection counts, and how it finds it.

-- When the server began on what was asked; opened_at is written once everything is under its cover, so between the two is how long
-- covering took. Null for what was asked before: nobody measured it.
alter table removal_request add column begun_at timestamptz(3);
alter table removal_request alter column begun_at set default transaction_timestamp();

create index removal_request_by_opening on removal_request (workspace_id, opened_at);
-- Those that are not decided are in every stretch of time to come.
create index removal_request_by_decision on removal_request (workspace_id, coalesce(decided_at, 'infinity'));
-- What a request has taken out.
create index message_removed_by on message (workspace_id, removal_number) where removal_number is not null;
create index block_by_lift on block (workspace_id, lifted_at) where lifted_at is not null;
