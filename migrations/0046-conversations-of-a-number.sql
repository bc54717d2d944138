-- Whose conversations go through one number: Bloqueios by number.
create index conversation_channel on conversation (workspace_id, channel_id, contact_id);
