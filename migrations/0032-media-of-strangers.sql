-- What arrives covered, for whom, and who may say otherwise.

-- What a workspace wants covered. No row: pictures, stickers, films and documents of whoever nobody had answered, without a blur.
create table media_cover_setting (
  workspace_id uuid primary key references workspace (id),
  -- flagged: of flagged contacts alone · strangers: of whoever nobody had answered as well · everybody: of everybody
  covered_from text not null check (covered_from in ('flagged', 'strangers', 'everybody')),
  kinds text[] not null check (kinds <@ array['image', 'sticker', 'video', 'document']),
  -- What is given in the place of what is covered.
  placeholder text not null check (placeholder in ('none', 'blur'))
);

-- Who has everything covered that comes in, whatever the workspace wants. A row is a yes: there is no way to want less.
create table media_cover_choice (
  workspace_id uuid not null,
  member_id uuid not null,
  primary key (workspace_id, member_id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);

-- What holds for the media of one contact, from when it was said on. No row: what holds for everybody.
create table media_contact_rule (
  workspace_id uuid not null,
  contact_id uuid not null,
  -- flagged: covered, whoever has answered · shown: not covered, although nobody has
  rule text not null check (rule in ('flagged', 'shown')),
  -- removal: something of theirs was removed
  cause text not null check (cause in ('manual', 'removal', 'merge', 'split')),
  set_by_kind text not null check (set_by_kind in ('member', 'api-key', 'system')),
  set_by uuid,
  set_at timestamptz(3) not null default clock_timestamp(),
  primary key (workspace_id, contact_id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id)
);

-- Who looked at what stays known when the file is taken out: it hangs on the message, of which a tombstone remains.
alter table media_reveal drop constraint media_reveal_workspace_id_message_id_fkey,
  add foreign key (workspace_id, message_id) references message (workspace_id, id) on delete cascade;

-- What may be shown of messages, and to whom. What is covered because its removal is asked for says nothing to anybody; what
-- came with covered media says nothing to whoever has not asked to see that file, and of what is like something removed nobody is
-- told anything. Without a viewer it is what all may see at once, of whom nobody has asked.
-- One statement that PostgreSQL writes out where it is read; `covers_all` null: as the viewer has chosen.
create function shown_message_to(viewer_workspace uuid, viewer_kind text, viewer_id uuid, covers_all boolean)
returns table (
  workspace_id uuid, id uuid, conversation_id uuid, contact_id uuid, channel_id uuid, direction text, kind text, text text,
  payload jsonb, external_id text, status text, error_code text, author_kind text, author_id uuid, reply_to_id uuid,
  reply_to_external_id text, forwarded_from uuid, accepted_epoch integer, at timestamptz, provider_at timestamptz,
  edited_at timestamptz, revoked_at timestamptz, created_at timestamptz, withheld text, removal_number integer,
  is_media_covered boolean, is_media_withheld boolean)
language sql stable as $$
  select s.workspace_id, s.id, s.conversation_id, s.contact_id, s.channel_id, s.direction, s.kind,
         case when not s.is_covered and not s.is_media_withheld then s.text end,
         case when s.is_covered then '{}'::jsonb
              when not s.is_media_withheld then s.payload
              else jsonb_strip_nulls(jsonb_build_object(
                'isForwarded', s.payload -> 'isForwarded', 'isFrequentlyForwarded', s.payload -> 'isFrequentlyForwarded')) end,
         s.external_id, s.status,
         case when not s.is_covered then s.error_code end,
         s.author_kind, s.author_id,
         case when not s.is_covered then s.reply_to_id end,
         case when not s.is_covered then s.reply_to_external_id end,
         s.forwarded_from, s.accepted_epoch, s.at, s.provider_at, s.edited_at, s.revoked_at, s.created_at,
         case when s.removed_at is not null then 'removed' when s.is_covered then 'covered' end,
         s.removal_number, s.is_media_covered, s.is_media_withheld
    from (
      select c.*,
             c.is_repeat or (c.is_media_covered and not exists (
               select 1 from media_reveal r
                where r.workspace_id = c.workspace_id and r.message_id = c.id
                  and r.actor_kind = viewer_kind and r.actor_id = viewer_id)) as is_media_withheld
        from (
          select b.*,
                 b.is_repeat or (b.kind in ('image', 'sticker', 'video', 'document') and (
                   (b.direction = 'in' and coalesce(covers_all, exists (
                     select 1 from media_cover_choice h
                      where viewer_kind = 'member' and h.workspace_id = viewer_workspace and h.member_id = viewer_id)))
                   or exists (
                     select 1 from message_media x
                      where x.workspace_id = b.workspace_id and x.message_id = b.id and x.is_covered))) as is_media_covered
            from (
              select m.*,
                     m.kind in ('image', 'sticker', 'video', 'document', 'audio', 'voice') and exists (
                       select 1 from repeat_match q
                        where q.workspace_id = m.workspace_id and q.message_id = m.id and q.request_id is null) as is_repeat
                from message m) b) c) s
$$;

-- The same for all at once: what is in it may be told to any screen of the workspace.
drop view shown_message;
create view shown_message as select * from shown_message_to(null, null, null, false);
