import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import type { IdentityKind } from './normalize-identity.ts';

export interface EarlyStep {
  readonly from: Buffer;
  /** The same as `from` for a name that was kept. */
  readonly to: Buffer;
  readonly kind: IdentityKind;
}

/** @param changedAt by WhatsApp's clock, in whole seconds */
export const insertEarlyChange = async (
  tx: Tx,
  workspaceId: string,
  steps: readonly EarlyStep[],
  changedAt: number,
): Promise<void> => {
  await sql`insert into early_change (workspace_id, from_hash, to_hash, kind, changed_at)
    select ${workspaceId}::uuid, u.f, u.t, u.k, to_timestamp(${changedAt})
      from unnest(${steps.map(({ from }) => from)}::bytea[], ${steps.map(({ to }) => to)}::bytea[],
                  ${steps.map(({ kind }) => kind)}::text[]) as u (f, t, k)
     order by u.f, u.t
    on conflict (workspace_id, from_hash, to_hash)
    do update set changed_at = greatest(early_change.changed_at, excluded.changed_at), noted_at = excluded.noted_at`.execute(
    tx,
  );
};

/** Where these names led from then on, step after step, none of them earlier than the one before. */
export const findEarlyPath = async (
  tx: Tx,
  workspaceId: string,
  hashes: readonly Buffer[],
  since: number,
): Promise<EarlyStep[]> => {
  const { rows } = await sql<EarlyStep>`
    with recursive path as (
      select e.from_hash, e.to_hash, e.kind, e.changed_at from early_change e
       where e.workspace_id = ${workspaceId} and e.from_hash = any(${[...hashes]}::bytea[])
         and e.changed_at >= to_timestamp(${since})
      union
      select e.from_hash, e.to_hash, e.kind, e.changed_at
        from path p
        join early_change e on e.workspace_id = ${workspaceId} and e.from_hash = p.to_hash and e.changed_at >= p.changed_at
    )
    select from_hash as "from", to_hash as "to", kind from path order by changed_at, from_hash, to_hash`.execute(
    tx,
  );
  return rows;
};

export interface NamesAsked {
  readonly kinds: readonly IdentityKind[];
  /** Rows that come after this id; ids grow with time. */
  readonly afterId: string;
  readonly limit: number;
}

export interface CurrentName {
  readonly id: string;
  readonly contactId: string;
  readonly matchKey: string;
}

/** Everybody's names of these kinds, a page of them. */
export const findCurrentNames = async (
  tx: Tx,
  workspaceId: string,
  { kinds, afterId, limit }: NamesAsked,
): Promise<CurrentName[]> => {
  const { rows } = await sql<CurrentName>`
    select id, contact_id as "contactId", match_key as "matchKey" from contact_identity
     where workspace_id = ${workspaceId} and id > ${afterId} and kind = any(${[...kinds]}::text[]) and not is_former
     order by id limit ${limit}`.execute(tx);
  return rows;
};
