-- The name of a contact can be asked to be removed: covered while that is decided, and not learnt again once it was.

-- PostgreSQL 15 has no other way to change what a generated column is made of; its index goes and comes back with it.
alter table contact drop column search_name, drop column sort_name;

-- No value of a name in the statistics. Setting the type anew, to what it is, is how PostgreSQL forgets those it has.
alter table contact
  alter column given_name set statistics 0, alter column address_book_name set statistics 0,
  alter column profile_name set statistics 0, alter column username set statistics 0;
alter table contact
  alter column given_name type text, alter column address_book_name type text,
  alter column profile_name type text, alter column username type text;

alter table contact
  -- There is a row in name_cover: the masked number stands for the name, for everybody.
  add column is_name_covered boolean not null default false,
  -- Since when what WhatsApp calls this person is not kept any more. A name of ours may be given all the same.
  add column name_removed_at timestamptz(3),
  add constraint contact_name_removed check (
    name_removed_at is null or (address_book_name is null and profile_name is null and username is null));

alter table contact add column search_name text not null generated always as (
  case when is_name_covered then '' else
    fold_text(coalesce(given_name, '') || E'\n' || coalesce(address_book_name, '') || E'\n'
              || coalesce(profile_name, '') || E'\n' || coalesce(username, '')) end
) stored;
create index contact_search on contact using gin (workspace_id, search_name gin_trgm_ops) where merged_into is null;
alter table contact add column sort_name text collate "C" not null generated always as (
  case when is_name_covered then '1' else
    coalesce('0' || fold_text(coalesce(nullif(given_name, ''), nullif(address_book_name, ''), nullif(profile_name, ''),
                                       nullif(username, ''))), '1') end
) stored;
create index contact_by_name on contact (workspace_id, sort_name, id) where merged_into is null;

-- Whatever writes names, and however late it comes: of a contact whose name was removed nothing of WhatsApp's is kept.
create function contact_forgets_name() returns trigger language plpgsql as $$
begin
  new.address_book_name := null;
  new.profile_name := null;
  new.username := null;
  return new;
end $$;
create trigger contact_forgets_name before insert or update on contact
  for each row when (new.name_removed_at is not null) execute function contact_forgets_name();

-- Why a name is covered. A merge gives them to the contact that remains. Covered while there is any.
create table name_cover (
  workspace_id uuid not null,
  contact_id uuid not null,
  request_id uuid not null,
  covered_at timestamptz(3) not null default clock_timestamp(),
  primary key (workspace_id, contact_id, request_id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id)
);
create index name_cover_of on name_cover (workspace_id, request_id);
-- Whom merges have used up for a contact: their rows hold names too.
create index contact_merged on contact (workspace_id, merged_into) where merged_into is not null;

-- Of a request that asks for a name to go: whose, and what was decided. It has no items.
create table removal_name (
  workspace_id uuid not null,
  request_id uuid not null,
  contact_id uuid not null,
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
  primary key (workspace_id, request_id),
  foreign key (workspace_id, request_id) references removal_request (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id),
  check ((state = 'open') = (decided_at is null)),
  check ((decided_at is null) = (decided_by is null))
);
create index removal_name_asked on removal_name (workspace_id, asker_id, asked_at);
create index removal_name_contact on removal_name (workspace_id, contact_id);

-- The messages with the same bytes that the first of two ticked, for the second to see.
alter table removal_item add column proposed_also uuid[] not null default '{}';
