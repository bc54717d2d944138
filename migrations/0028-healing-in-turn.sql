-- Who is blocked and wrote is tried again at WhatsApp by a sweep, many at once: a flood of them enqueues nothing.
alter table upstream_heal add column is_due boolean not null default false;
create index upstream_heal_due on upstream_heal (workspace_id, channel_id, contact_id) where is_due;
