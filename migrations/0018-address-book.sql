-- What the business's own phone calls a person (coexistence). A name of ours, but one that the phone keeps.

alter table contact
  add column address_book_name text check (length(address_book_name) <= 200),
  -- WhatsApp's time of the entry it is from, a removed one too: an older entry never wins over a newer one.
  add column address_book_at timestamptz;

-- PostgreSQL 15 has no other way to change what a generated column is made of; its index goes and comes back with it.
alter table contact drop column search_name;
alter table contact add column search_name text not null generated always as (
  fold_text(coalesce(given_name, '') || E'\n' || coalesce(address_book_name, '') || E'\n'
            || coalesce(profile_name, '') || E'\n' || coalesce(username, ''))
) stored;
create index contact_search on contact using gin (workspace_id, search_name gin_trgm_ops) where merged_into is null;
