import { sql } from 'kysely';
import { blockIsActive } from '#features/contacts/server/index.ts';
import { assertPassed, type Passed } from '#features/gate/server/index.ts';
import type { Tx } from '#platform/server/deps.ts';

/** An action that waits for its message. */
export interface EarlyAction {
  readonly workspaceId: string;
  /** Of the message it is about (hex). */
  readonly targetHash: string;
  readonly contactId: string;
  readonly direction: 'in' | 'out';
  readonly kind: 'reaction' | 'edit' | 'revoke';
  readonly content: string | null;
  readonly isHistory: boolean;
  readonly at: Date;
  /** By which what was done in this very second is known if it comes once more (hex). */
  readonly hashes: readonly string[];
}

export interface KeptEarly<Item> {
  readonly passed: Passed<Item>;
  readonly contactId: string;
  readonly toRow: (item: Item) => EarlyAction;
}

/** As long as WhatsApp comes again with what it could not deliver. */
const keptFor = sql`interval '8 days'`;

const newerOf = (known: EarlyAction, next: EarlyAction): EarlyAction => {
  if (known.at.getTime() !== next.at.getTime()) {
    return known.at < next.at ? next : known;
  }
  return next.hashes.every((hash) => known.hashes.includes(hash))
    ? known
    : { ...next, hashes: [...known.hashes, ...next.hashes] };
};

/** Of two of one second the one that comes last stands, unless it came before. */
const takesOver = sql`do update
   set content = excluded.content, is_history = excluded.is_history, at = excluded.at,
       action_hashes = case when e.at = excluded.at then e.action_hashes else '{}' end || excluded.action_hashes
 where e.at < excluded.at or (e.at = excluded.at and not e.action_hashes @> excluded.action_hashes)`;

/**
 * Keeps what the gate passed, taking the items from their proofs: of each side, kind and target the newest. What was purged does
 * not come back, so nothing is kept for it.
 * @throws Error when a proof is not of this transaction and contact
 */
export const insertEarly = async <Item>(
  tx: Tx,
  kept: readonly KeptEarly<Item>[],
): Promise<void> => {
  const rows = kept.map(({ passed, contactId, toRow }) => {
    assertPassed(passed, tx, contactId);
    return toRow(passed.item);
  });
  // One statement changes no row twice, and the later of two in one batch stands.
  const newest = new Map<string, EarlyAction>();
  for (const row of rows) {
    const name = `${row.workspaceId}/${row.targetHash}/${row.contactId}/${row.direction}/${row.kind}`;
    const known = newest.get(name);
    const stands = known === undefined ? row : newerOf(known, row);
    newest.set(name, stands);
  }
  const r = [...newest.values()];
  await sql`
    insert into early_action as e (workspace_id, target_hash, contact_id, direction, kind, content, is_history, at, action_hashes)
    select u.w, decode(u.hash, 'hex'), u.contact, u.direction, u.kind, u.content, u.history, u.at,
           array(select decode(x, 'hex') from unnest(string_to_array(u.hashes, ',')) x)
      from unnest(${r.map((x) => x.workspaceId)}::uuid[], ${r.map((x) => x.targetHash)}::text[],
                  ${r.map((x) => x.contactId)}::uuid[], ${r.map((x) => x.direction)}::text[],
                  ${r.map((x) => x.kind)}::text[], ${r.map((x) => x.content)}::text[],
                  ${r.map((x) => x.isHistory)}::boolean[], ${r.map((x) => x.at)}::timestamptz[],
                  ${r.map((x) => x.hashes.join(','))}::text[]
           ) as u (w, hash, contact, direction, kind, content, history, at, hashes)
     where not exists (select 1 from purged_item p where p.workspace_id = u.w and p.item_hash = decode(u.hash, 'hex'))
     order by u.w, u.hash, u.contact, u.direction, u.kind
    on conflict (workspace_id, target_hash, contact_id, direction, kind) ${takesOver}`.execute(tx);
};

/** Whose messages have just become known, by the hashes of their ids. */
export interface Expected {
  readonly workspaceId: string;
  readonly contactId: string;
  readonly hash: string;
}

/**
 * Takes out what waited for these, in the order it was done. Of whoever is blocked by now nothing is given: our own message
 * may come to them as an echo, and what they did to it changes nothing any more. Their contacts are locked.
 */
export const takeEarly = async (tx: Tx, expected: readonly Expected[]): Promise<EarlyAction[]> => {
  if (expected.length === 0) {
    return [];
  }
  const { rows } = await sql<EarlyAction & { isOpen: boolean }>`
    delete from early_action e
     using (select distinct * from unnest(${expected.map((x) => x.workspaceId)}::uuid[],
              ${expected.map((x) => x.contactId)}::uuid[], ${expected.map((x) => x.hash)}::text[]) as u (w, contact, hash)) u
     where e.workspace_id = u.w and e.target_hash = decode(u.hash, 'hex') and e.contact_id = u.contact
       and e.kept_at > clock_timestamp() - ${keptFor}
    returning e.workspace_id as "workspaceId", encode(e.target_hash, 'hex') as "targetHash",
              e.contact_id as "contactId", e.direction, e.kind, e.content, e.is_history as "isHistory", e.at,
              array(select encode(x, 'hex') from unnest(e.action_hashes) x) as hashes,
              e.direction = 'out' or not exists (select 1 from block b where b.workspace_id = e.workspace_id
                and b.contact_id = e.contact_id and ${blockIsActive}) as "isOpen"`.execute(tx);
  // What was taken back stays so: of two things of one second that goes last.
  return rows
    .filter(({ isOpen }) => isOpen)
    .sort(
      (a, b) =>
        a.at.getTime() - b.at.getTime() ||
        Number(a.kind === 'revoke') - Number(b.kind === 'revoke'),
    );
};

/** Their messages will not be stored: dropped by the gate, or removed. */
export const forgetEarlyFor = async (
  tx: Tx,
  targets: readonly { workspaceId: string; hash: string }[],
): Promise<void> => {
  if (targets.length === 0) {
    return;
  }
  await sql`delete from early_action e
     using unnest(${targets.map((t) => t.workspaceId)}::uuid[], ${targets.map((t) => t.hash)}::text[]) as u (w, hash)
     where e.workspace_id = u.w and e.target_hash = decode(u.hash, 'hex')`.execute(tx);
};

export const forgetEarlyOf = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<void> => {
  await sql`delete from early_action
    where workspace_id = ${workspaceId} and contact_id = any(${[...contactIds]}::uuid[])`.execute(
    tx,
  );
};

/** Of all workspaces: what nothing came for. */
export const forgetOldEarly = async (tx: Tx): Promise<void> => {
  await sql`delete from early_action where kept_at < clock_timestamp() - ${keptFor}`.execute(tx);
};

/** Two contacts turn out to be one; of two rows on one message the later one stands. */
export const moveEarly = async (
  tx: Tx,
  workspaceId: string,
  from: string,
  to: string,
): Promise<void> => {
  await sql`
    with moved as (
      delete from early_action where workspace_id = ${workspaceId} and contact_id = ${from} returning *)
    insert into early_action as e (workspace_id, target_hash, contact_id, direction, kind, content, is_history, at, kept_at, action_hashes)
    select workspace_id, target_hash, ${to}, direction, kind, content, is_history, at, kept_at, action_hashes from moved
    on conflict (workspace_id, target_hash, contact_id, direction, kind) ${takesOver}`.execute(tx);
};
