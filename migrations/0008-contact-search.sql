-- Searching people by a part of their name or number, however many there are.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- Lower case without accents; contacts/server/search-queries.ts folds what is typed in the same way.
create function fold_text(value text) returns text language sql immutable strict parallel safe as $$
  select regexp_replace(normalize(lower(value), NFD), '[\u0300-\u036f]', '', 'g')
$$;

alter table contact add column search_name text not null generated always as (
  fold_text(coalesce(given_name, '') || E'\n' || coalesce(profile_name, '') || E'\n' || coalesce(username, ''))
) stored;

create index contact_search on contact using gin (workspace_id, search_name gin_trgm_ops) where merged_into is null;
create index contact_identity_search on contact_identity
  using gin (workspace_id, (value || ' ' || match_key) gin_trgm_ops) where kind = 'phone' and not is_former;
