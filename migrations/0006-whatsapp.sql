-- A WhatsApp business number of ours and what is needed to speak for it.

create table whatsapp_account (
  workspace_id uuid not null,
  channel_id uuid not null,
  -- Unique in the installation: a webhook names its channel by this alone.
  phone_number_id text not null unique,
  waba_id text not null,
  access_token text not null,
  app_secret text not null,
  verify_token text not null,
  primary key (workspace_id, channel_id),
  foreign key (workspace_id, channel_id) references channel (workspace_id, id)
);

-- Webhooks signed with a secret we know that name a number we do not know.
create table whatsapp_unknown_number (
  phone_number_id text primary key check (length(phone_number_id) <= 64),
  occurrences bigint not null,
  last_at timestamptz not null
);
