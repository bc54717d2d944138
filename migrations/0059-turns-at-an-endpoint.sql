-- One endpoint takes a few turns at a time: what is under way there, and what has been due for longest, is found by an index each.

create index webhook_delivery_sending on webhook_delivery (workspace_id, endpoint_id) where state = 'sending';
create index webhook_delivery_due on webhook_delivery (workspace_id, endpoint_id, (coalesce(leased_until, next_attempt_at)))
  where state in ('waiting', 'sending');
