-- Whoever is on WhatsApp's list may become somebody here, or be blocked here, between two readings of it: found by name, as
-- everybody is.
alter table upstream_stranger add column phone_key text;
update upstream_stranger
   set phone_key = 'phone:' || case
         when phone ~ '^55\d{2}[6-9]\d{7}$' then left(phone, 4) || '9' || substr(phone, 5)
         when phone ~ '^521\d{10}$' then '52' || substr(phone, 4)
         when phone ~ '^549\d{10}$' then '54' || substr(phone, 4)
         else phone end
 where phone is not null;
-- Who of the list a contact is: asked for whoever is looked at.
create index upstream_stranger_contact on upstream_stranger (workspace_id, contact_id) where contact_id is not null;
create index upstream_stranger_phone on upstream_stranger (workspace_id, phone_key) where phone_key is not null;
create index upstream_stranger_bsuid on upstream_stranger (workspace_id, bsuid) where bsuid is not null;

-- A number left behind blocks on, so whoever types it looks for that block: as the indexes of 0022, of the few that are.
create index contact_identity_former_begins on contact_identity (workspace_id, match_key text_pattern_ops) include (contact_id)
  where kind = 'phone' and is_former;
create index contact_identity_former_ends on contact_identity (workspace_id, reverse(match_key) text_pattern_ops)
  where kind = 'phone' and is_former;
