-- Content that is covered while its removal is decided, and what is left of it once it was removed.

-- No column with content has statistics: the values most often seen would be kept there as they are. Setting the type anew, to
-- what it is, is how PostgreSQL forgets those it has; nothing is rewritten.
alter table message alter column text set statistics 0, alter column payload set statistics 0;
alter table message alter column text type text, alter column payload type jsonb;
alter table message_search alter column words set statistics 0;
alter table message_search alter column words type tsvector;
alter table message_media alter column file_name set statistics 0;
alter table message_media alter column file_name type text;

alter table message
  -- Withheld from everybody: there is a row in message_cover.
  add column is_covered boolean not null default false,
  -- Removed for good, by the request of this number. Nothing but ids, direction, time and kind is left.
  add column removed_at timestamptz(3),
  add column removal_number integer check (removal_number > 0);
alter table message add constraint message_removed_is_empty check (
  (removed_at is null) = (removal_number is null)
  and (removed_at is null or (
    text is null and payload = '{}' and external_id is null and error_code is null and author_kind is null
    and author_id is null and reply_to_id is null and reply_to_external_id is null and forwarded_from is null
    and edited_at is null and revoked_at is null and provider_at is null and not is_covered))) not valid;
-- Copies by lineage.
create index message_copies on message (workspace_id, forwarded_from) where forwarded_from is not null;
-- What quotes a message.
create index message_quotes on message (workspace_id, reply_to_id) where reply_to_id is not null;

-- What may be shown of a message. Whatever shows messages reads here, so that what is withheld is withheld in one place.
create view shown_message as
  select workspace_id, id, conversation_id, contact_id, channel_id, direction, kind,
         case when not is_covered then text end as text,
         case when is_covered then '{}'::jsonb else payload end as payload,
         external_id, status,
         case when not is_covered then error_code end as error_code,
         author_kind, author_id,
         case when not is_covered then reply_to_id end as reply_to_id,
         case when not is_covered then reply_to_external_id end as reply_to_external_id,
         forwarded_from, accepted_epoch, at, provider_at, edited_at, revoked_at, created_at,
         case when removed_at is not null then 'removed' when is_covered then 'covered' end as withheld,
         removal_number
    from message;

-- As 0005, but what is taken out for good may go from the history of a blocked contact too: nothing enters by that. And it never
-- comes back.
create or replace function message_update_guard() returns trigger language plpgsql as $$
declare
  workspaces uuid[];
  contacts uuid[];
begin
  if exists (
    select 1 from removed o left join added n on n.workspace_id = o.workspace_id and n.id = o.id
     where o.removed_at is not null and n.removed_at is distinct from o.removed_at
  ) then
    raise exception 'what was removed stays removed' using errcode = 'GT001';
  end if;
  with touched as (
    -- Full, so that a row whose id was changed as well does not slip through.
    select coalesce(n.workspace_id, o.workspace_id) as workspace_id,
           o.contact_id as old_contact, n.contact_id as new_contact, n.created_at
      from removed o full join added n on n.workspace_id = o.workspace_id and n.id = o.id
     where 'in' in (o.direction, n.direction)
       and (o.direction, o.conversation_id, o.contact_id, o.channel_id, o.kind, o.text, o.payload,
            o.edited_at, o.revoked_at, o.at, o.created_at)
           is distinct from
           (n.direction, n.conversation_id, n.contact_id, n.channel_id, n.kind, n.text, n.payload,
            n.edited_at, n.revoked_at, n.at, n.created_at)
       -- Empty by its constraint, and where it was.
       and not (
         o.removed_at is null and n.removed_at is not null
         and (o.direction, o.conversation_id, o.contact_id, o.channel_id, o.kind, o.at, o.created_at)
             is not distinct from
             (n.direction, n.conversation_id, n.contact_id, n.channel_id, n.kind, n.at, n.created_at))
  ), guarded as (
    select workspace_id, unnest(array[old_contact, new_contact]) as contact_id
      from touched t
     -- A merge moves rows that are older than every open block of either side; nothing else may pass.
     where not (
       -- Null where it was never set, and a condition that is null guards nothing.
       current_setting('guarita.gate_exception', true) is not distinct from 'merge'
       and not exists (
         select 1 from block b
          where b.workspace_id = t.workspace_id and b.contact_id in (t.old_contact, t.new_contact)
            and b.lifted_at is null and b.started_at < t.created_at))
  )
  select array_agg(workspace_id), array_agg(contact_id) into workspaces, contacts
    from (select distinct workspace_id, contact_id from guarded) d;
  if workspaces is not null then
    perform gate_assert_open(workspaces, contacts);
  end if;
  return null;
end $$;

-- As 0007, but reactions to what was removed may go.
create or replace function message_reaction_guard() returns trigger language plpgsql as $$
declare
  workspaces uuid[];
  contacts uuid[];
begin
  if current_setting('guarita.gate_exception', true) is not distinct from 'merge' then
    return null;
  end if;
  if tg_op = 'DELETE' then
    select array_agg(workspace_id), array_agg(contact_id) into workspaces, contacts
      from (select r.workspace_id, unnest(array[r.contact_id, m.contact_id]) as contact_id
              from removed r join message m on m.workspace_id = r.workspace_id and m.id = r.message_id
             where r.direction = 'in' and m.removed_at is null) d;
  elsif tg_op = 'UPDATE' then
    select array_agg(workspace_id), array_agg(contact_id) into workspaces, contacts
      from (select r.workspace_id, unnest(array[r.contact_id, m.contact_id]) as contact_id
              from (select * from removed union all select * from added) r
              join message m on m.workspace_id = r.workspace_id and m.id = r.message_id
             where r.direction = 'in') d;
  else
    select array_agg(workspace_id), array_agg(contact_id) into workspaces, contacts
      from (select r.workspace_id, unnest(array[r.contact_id, m.contact_id]) as contact_id
              from added r join message m on m.workspace_id = r.workspace_id and m.id = r.message_id
             where r.direction = 'in') d;
  end if;
  if workspaces is not null then
    perform gate_assert_open(workspaces, contacts);
  end if;
  -- After the lock: a merge that it waited for has moved the message.
  if tg_op <> 'DELETE' then
    if exists (select 1 from added a join message m on m.workspace_id = a.workspace_id and m.id = a.message_id
                where m.contact_id <> a.contact_id) then
      raise exception 'a reaction names another contact than its message' using errcode = 'GT001';
    end if;
  end if;
  return null;
end $$;

-- What a workspace wants of its requests. No row: a day, and nobody is asked twice.
create table removal_setting (
  workspace_id uuid primary key references workspace (id),
  decide_within_hours integer not null check (decide_within_hours between 1 and 720),
  -- For these reasons two people must say that content is to go.
  two_person_reasons text[] not null default '{}'
);

-- Numbers of requests, without a gap within a workspace.
create table removal_counter (
  workspace_id uuid primary key references workspace (id),
  last_number integer not null
);

create table removal_request (
  workspace_id uuid not null,
  id uuid not null,
  number integer not null check (number > 0),
  -- Of the first that was named; a selection is of one conversation.
  contact_id uuid not null,
  conversation_id uuid not null,
  channel_id uuid not null,
  -- removing: decided, and not everything is gone yet.
  state text not null default 'open' check (state in ('open', 'in-review', 'removing', 'removed', 'refused')),
  opened_at timestamptz(3) not null default clock_timestamp(),
  due_at timestamptz(3) not null,
  -- Somebody asks to take out what they wrote themselves: looked at first.
  is_own boolean not null default false,
  -- Removed by a moderator who met it, without anybody having asked.
  is_at_sight boolean not null default false,
  assignee_id uuid,
  decided_at timestamptz(3),
  -- When the whole checklist was green.
  finished_at timestamptz(3),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id),
  foreign key (workspace_id, channel_id) references channel (workspace_id, id),
  foreign key (workspace_id, assignee_id) references member (workspace_id, id),
  check ((state in ('open', 'in-review')) = (decided_at is null)),
  check ((finished_at is not null) = (state in ('removed', 'refused')))
);
create index removal_request_waiting on removal_request (workspace_id, is_own desc, due_at, id)
  where state in ('open', 'in-review');
create index removal_request_by_number on removal_request (workspace_id, number desc);
create index removal_request_by_contact on removal_request (workspace_id, contact_id, opened_at);

-- Who asks, in their own words; the first opened it, others joined. A suggestion of Guarita itself has no note.
create table removal_asker (
  workspace_id uuid not null,
  request_id uuid not null,
  asker_kind text not null check (asker_kind in ('member', 'api-key', 'system')),
  asker_id uuid not null,
  reason text not null check (reason in ('sexual', 'offense', 'discrimination', 'personal-data', 'fraud', 'other')),
  note text check (length(note) <= 2000),
  asked_at timestamptz(3) not null default clock_timestamp(),
  -- Since when the asker has read what was decided.
  acknowledged_at timestamptz(3),
  primary key (workspace_id, request_id, asker_kind, asker_id),
  foreign key (workspace_id, request_id) references removal_request (workspace_id, id)
);
create index removal_asked on removal_asker (workspace_id, asker_id, asked_at);

-- What is asked to go: a message each. Copies by lineage go along and have no item of their own.
create table removal_item (
  workspace_id uuid not null,
  request_id uuid not null,
  message_id uuid not null,
  -- By whom it was named, and when: cover is no weapon.
  asker_id uuid not null,
  asked_at timestamptz(3) not null default clock_timestamp(),
  state text not null default 'open' check (state in ('open', 'removed', 'kept')),
  -- The first of two who must say so.
  proposed_by uuid,
  proposed_at timestamptz(3),
  decided_by_kind text check (decided_by_kind in ('member', 'api-key')),
  decided_by uuid,
  decided_at timestamptz(3),
  answer text check (length(answer) <= 2000),
  primary key (workspace_id, request_id, message_id),
  foreign key (workspace_id, request_id) references removal_request (workspace_id, id),
  foreign key (workspace_id, message_id) references message (workspace_id, id) on delete cascade,
  check ((state = 'open') = (decided_at is null)),
  check ((decided_at is null) = (decided_by is null))
);
create unique index removal_item_open on removal_item (workspace_id, message_id) where state = 'open';
create index removal_item_asked on removal_item (workspace_id, asker_id, asked_at);

create table removal_comment (
  workspace_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  author_kind text not null check (author_kind in ('member', 'api-key')),
  author_id uuid not null,
  text text not null check (length(text) between 1 and 2000),
  at timestamptz(3) not null default clock_timestamp(),
  primary key (workspace_id, id),
  foreign key (workspace_id, request_id) references removal_request (workspace_id, id)
);
create index removal_comment_of on removal_comment (workspace_id, request_id, at, id);

-- Each thing that must be gone before a request reads as removed.
create table removal_check (
  workspace_id uuid not null,
  request_id uuid not null,
  step text not null,
  state text not null default 'pending' check (state in ('pending', 'done', 'failed')),
  -- Rows, files or entries that went.
  count integer not null default 0,
  error_code text,
  tries integer not null default 0,
  at timestamptz(3),
  primary key (workspace_id, request_id, step),
  foreign key (workspace_id, request_id) references removal_request (workspace_id, id)
);
create index removal_check_waiting on removal_check (state, workspace_id, request_id) where state <> 'done';

-- Bytes that must go with a request: a row each until they are gone, or until something that stays names them as well.
create table removal_file (
  workspace_id uuid not null,
  request_id uuid not null,
  sha256 bytea not null check (length(sha256) = 32),
  primary key (workspace_id, request_id, sha256),
  foreign key (workspace_id, request_id) references removal_request (workspace_id, id)
);

-- Why a message is covered: the request, and the message named there that it is or is a copy of. Covered while there is any.
create table message_cover (
  workspace_id uuid not null,
  message_id uuid not null,
  request_id uuid not null,
  named_message_id uuid not null,
  covered_at timestamptz(3) not null default clock_timestamp(),
  primary key (workspace_id, message_id, request_id, named_message_id),
  foreign key (workspace_id, message_id) references message (workspace_id, id) on delete cascade
);
create index message_cover_of on message_cover (workspace_id, request_id, named_message_id);

-- Who of the responsible team looked under a cover. Content that this person may see is given to nobody else.
create table cover_reveal (
  workspace_id uuid not null,
  message_id uuid not null,
  request_id uuid not null,
  actor_kind text not null,
  actor_id uuid not null,
  at timestamptz(3) not null default clock_timestamp(),
  primary key (workspace_id, message_id, actor_kind, actor_id),
  foreign key (workspace_id, message_id) references message (workspace_id, id) on delete cascade
);
