-- The conversations of one number in the order of the list: of a hundred thousand only those of the page are read.
create index conversation_of_number on conversation (workspace_id, channel_id, last_activity_at desc, id desc);
