import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';

export interface NewClaim {
  readonly workspaceId: string;
  readonly id: string;
  readonly contactId: string;
  readonly kind: 'send' | 'read';
  readonly messageId: string;
  readonly epoch: number;
  readonly deadlineMs: number;
}

export const insertClaim = async (tx: Tx, claim: NewClaim): Promise<void> => {
  await sql`insert into dispatch_claim
      (workspace_id, id, contact_id, kind, message_id, accepted_epoch, deadline)
    values (${claim.workspaceId}, ${claim.id}, ${claim.contactId}, ${claim.kind}, ${claim.messageId},
            ${claim.epoch}, clock_timestamp() + ${claim.deadlineMs} * interval '1 millisecond')`.execute(
    tx,
  );
};

/** @returns false when its end was recorded before */
export const endClaim = async (tx: Tx, workspaceId: string, claimId: string): Promise<boolean> => {
  const { numAffectedRows } = await sql`update dispatch_claim set ended_at = clock_timestamp()
    where workspace_id = ${workspaceId} and id = ${claimId} and ended_at is null`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
};

/**
 * A read mark whose process died: nothing can be written under it after its deadline, and nobody will ever tell how it
 * ended. (A message in the same state stays on the wire until its status or a person settles it.)
 */
export const endExpiredReadClaims = async (tx: Tx): Promise<void> => {
  await sql`update dispatch_claim set ended_at = clock_timestamp()
    where kind = 'read' and ended_at is null and deadline < clock_timestamp()`.execute(tx);
};

/** The end of these messages became known in another way: a status, or a person who looked. */
export const endClaimsOfMessages = async (
  tx: Tx,
  messages: readonly { workspaceId: string; id: string }[],
): Promise<void> => {
  await sql`update dispatch_claim d set ended_at = clock_timestamp()
      from unnest(${messages.map((m) => m.workspaceId)}::uuid[], ${messages.map((m) => m.id)}::uuid[]) as u (w, id)
     where d.workspace_id = u.w and d.message_id = u.id and d.ended_at is null`.execute(tx);
};

/** All that is on the wire to the contact that was merged into another. Both are locked. */
export const moveClaimsOfContact = (
  tx: Tx,
  workspaceId: string,
  from: string,
  to: string,
): Promise<void> => moveClaims(tx, workspaceId, to, sql`contact_id = ${from}`);

/** Claims go with their messages, so that a block of the contact that has these now waits for them; both are locked. */
export const moveClaimsOf = (
  tx: Tx,
  workspaceId: string,
  to: string,
  messageIds: readonly string[],
): Promise<void> =>
  moveClaims(tx, workspaceId, to, sql`message_id = any(${[...messageIds]}::uuid[])`);

/** By the name of the exception that the second wall makes for it. */
const moveClaims = async (
  tx: Tx,
  workspaceId: string,
  to: string,
  which: RawBuilder<unknown>,
): Promise<void> => {
  await sql`select set_config('guarita.gate_exception', 'merge', true)`.execute(tx);
  await sql`update dispatch_claim set contact_id = ${to}
    where workspace_id = ${workspaceId} and ${which}`.execute(tx);
  await sql`select set_config('guarita.gate_exception', '', true)`.execute(tx);
};
