-- Blocks to be looked at again (docs/decisions/0049): those with an end that is far away too. The end is the last of the
-- keys, so that what ends sooner is passed over within the index.
drop index block_by_review;
create index block_by_review on block
  (workspace_id, coalesce(reviewed_at, started_at), id, coalesce(expires_at, 'infinity')) where lifted_at is null;
