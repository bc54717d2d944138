-- Numbers that are connected by people: sealed secrets, what became of each number, and how it fares.

-- Sealed under GUARITA_SECRET (decision 0025). A migration cannot know that secret: the server seals the rows that are
-- there when it starts, and nothing plain is taken from now on. A trigger, because a restore brings rows back as they were.
create function whatsapp_account_sealed() returns trigger language plpgsql as $$
begin
  if new.access_token not like 'sealed:v1:%' or new.app_secret not like 'sealed:v1:%'
     or new.verify_token not like 'sealed:v1:%' then
    raise exception 'the secrets of an account are stored sealed' using errcode = '23514';
  end if;
  return new;
end $$;
create trigger whatsapp_account_sealed
  before insert or update of workspace_id, channel_id, access_token, app_secret, verify_token
  on whatsapp_account for each row execute function whatsapp_account_sealed();

alter table whatsapp_account add column connected_at timestamptz not null default clock_timestamp();

-- A number that was disconnected keeps its history; null while it is connected.
alter table channel add column disconnected_at timestamptz;

-- Which channel to go on with when the same workspace connects the number again.
create table whatsapp_former_account (
  workspace_id uuid not null,
  channel_id uuid not null,
  phone_number_id text not null,
  primary key (workspace_id, channel_id),
  unique (workspace_id, phone_number_id),
  foreign key (workspace_id, channel_id) references channel (workspace_id, id)
);

-- What each number was last seen doing; written every few seconds at most, beside everything else.
create table whatsapp_health (
  workspace_id uuid not null,
  channel_id uuid not null,
  last_handshake_at timestamptz,
  last_webhook_at timestamptz,
  last_sent_at timestamptz,
  signature_failures bigint not null default 0,
  last_signature_failure_at timestamptz,
  -- Webhooks signed with this number's secret that name a number nobody has connected.
  unknown_numbers bigint not null default 0,
  last_unknown_number_at timestamptz,
  last_unknown_number_id text check (length(last_unknown_number_id) <= 64),
  -- The smallest delay of a message lately, in seconds by WhatsApp's clock and ours; below zero our clock is behind.
  delay_seconds integer,
  delay_at timestamptz,
  primary key (workspace_id, channel_id),
  foreign key (workspace_id, channel_id) references channel (workspace_id, id)
);
