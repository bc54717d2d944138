-- Message templates as the channel knows them. They belong to an account of the channel, which several numbers may share.

create table template_source (
  workspace_id uuid not null,
  channel_id uuid not null,
  -- What the channel calls the account whose templates its messages may use.
  account_ref text check (length(account_ref) <= 200),
  -- When the last whole read began. Null: never read, which is not the same as none.
  read_at timestamptz(3),
  failed_at timestamptz(3),
  failure text check (length(failure) <= 100),
  primary key (workspace_id, channel_id),
  foreign key (workspace_id, channel_id) references channel (workspace_id, id)
);

create table template (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  account_ref text not null check (length(account_ref) <= 200),
  external_id text not null check (length(external_id) <= 200),
  name text not null check (length(name) <= 600),
  language text not null check (length(language) <= 40),
  category text not null check (category in ('utility', 'marketing', 'authentication', 'other')),
  status text not null check (status in ('approved', 'pending', 'rejected', 'paused', 'disabled', 'in-appeal',
    'limit-exceeded', 'pending-deletion', 'other')),
  quality text not null default 'unknown' check (quality in ('high', 'medium', 'low', 'unknown')),
  -- Header, body, footer and buttons in our own naming: features/templates/contract.ts.
  components jsonb not null,
  -- It has a part that we do not know how to fill.
  is_supported boolean not null,
  primary key (workspace_id, id)
);
create unique index template_external on template (workspace_id, account_ref, external_id);
create index template_by_name on template (workspace_id, account_ref, name, language, id);
