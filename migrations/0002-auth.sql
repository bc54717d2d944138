-- Identity and sessions. The first four tables are better-auth's and keep its names; a user is a person who
-- signs in, of the whole installation, so no workspace leads here.

create table "user" (
  id text primary key,
  name text not null,
  -- Lower case, always: one e-mail is one user.
  email text not null unique check (email = lower(email)),
  "emailVerified" boolean not null default false,
  image text,
  "createdAt" timestamptz not null default clock_timestamp(),
  "updatedAt" timestamptz not null default clock_timestamp()
);

create table session (
  id text primary key,
  "expiresAt" timestamptz not null,
  token text not null unique,
  "createdAt" timestamptz not null default clock_timestamp(),
  "updatedAt" timestamptz not null default clock_timestamp(),
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references "user" (id) on delete cascade
);
create index session_of_user on session ("userId");
create index session_age on session ("expiresAt");

create table account (
  id text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references "user" (id) on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default clock_timestamp(),
  "updatedAt" timestamptz not null default clock_timestamp()
);
create unique index account_of_user on account ("userId", "providerId");

create table verification (
  id text primary key,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default clock_timestamp(),
  "updatedAt" timestamptz not null default clock_timestamp()
);
create index verification_identifier on verification (identifier);

alter table member add foreign key (user_id) references "user" (id);

-- A link that lets a person choose a new password: one for a user, used once.
create table password_reset (
  user_id text primary key references "user" (id) on delete cascade,
  token_hash bytea not null unique,
  expires_at timestamptz not null
);

-- The code printed at start while there is no workspace.
create table setup_code (
  only_row boolean primary key default true check (only_row),
  code_hash bytea not null,
  created_at timestamptz not null default clock_timestamp()
);

-- What the limits on guessing count, in the database because several processes guard one door. Keyed hashes:
-- people type all sorts of things into the e-mail field.
create table failed_attempt (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('sign-in', 'setup-code', 'password')),
  subject_hash bytea not null,
  address_hash bytea not null,
  at timestamptz not null default clock_timestamp()
);
create index failed_attempt_subject on failed_attempt (kind, subject_hash, at desc);
create index failed_attempt_address on failed_attempt (kind, address_hash, at desc);
create index failed_attempt_age on failed_attempt (at);
