-- Who was on the list before and was not found by a reading is told by this, and not by comparing both lists: nothing is
-- known of the sizes of tables that were filled a moment ago, and such a comparison took minutes at 20,000 people.

-- The reading that found them last; null where something else told of them since.
alter table upstream_stranger add column read_id uuid;
