import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { noteCreated } from './created-in.ts';
import type { MatchKey } from './normalize-identity.ts';

export interface NewPerson {
  readonly identities: readonly MatchKey[];
  readonly givenName: string | null;
}

/**
 * Contacts whom nobody knew, each with its identities. Their match keys are locked.
 * @returns the contact of each, in the same order
 */
export const insertPeople = async (
  tx: Tx,
  workspaceId: string,
  people: readonly NewPerson[],
): Promise<string[]> => {
  if (people.length === 0) {
    return [];
  }
  const ids = people.map(() => newId());
  const given = people.map(({ givenName }) => givenName);
  const held = people.flatMap(({ identities }, at) =>
    identities.map((key) => ({ key, id: ids[at] ?? '' })),
  );
  const keys = held.map(({ key }) => key);
  await sql`insert into contact (workspace_id, id, given_name)
    select ${workspaceId}::uuid, u.id, u.name
      from unnest(${ids}::uuid[], ${given}::text[]) as u (id, name)`.execute(tx);
  await sql`insert into contact_identity (workspace_id, id, contact_id, kind, match_key, value)
    select ${workspaceId}::uuid, u.id, u.contact, u.kind, u.key, u.value
      from unnest(${keys.map(() => newId())}::uuid[], ${held.map(({ id }) => id)}::uuid[], ${keys.map((k) => k.kind)}::text[],
                  ${keys.map((k) => k.key)}::text[], ${keys.map((k) => k.value)}::text[]
                 ) as u (id, contact, kind, key, value)`.execute(tx);
  noteCreated(tx, ids);
  return ids;
};
