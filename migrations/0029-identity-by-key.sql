-- Who has or had an identity is asked of former ones and of current ones at once (resolve-contacts.ts): neither of the two
-- partial indexes answers that, and every message that came in read all identities of its workspace.
create index contact_identity_by_key on contact_identity (workspace_id, match_key);
