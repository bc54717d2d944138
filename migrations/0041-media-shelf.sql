-- The media of a conversation beside it: of thirty thousand texts and three pictures, three rows are read. The kinds are those
-- of `listMediaMessages`, a template's being that of its header.
create index message_on_shelf on message (workspace_id, conversation_id, at desc, id desc)
  where kind in ('image', 'video', 'document', 'template');
