import { requireCan } from '#features/accounts/server/index.ts';
import type { ConflictOutcome, IdentityConflict } from '#features/contacts/people/contract.ts';
import {
  type ConflictRow,
  ContactsMovedError,
  closeConflict,
  findConflict,
  findIdentities,
  findMaskedNumber,
  insertContact,
  learnIdentities,
  lockConflict,
  lockContacts,
  lockMatchKeys,
  type MatchKey,
  readConflict,
} from '#features/contacts/server/index.ts';
import { extendBlock, noteIdentities, unblockContact } from '#features/gate/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { mergeContacts } from './merge-contacts.ts';
import { moveToOther } from './split-contact.ts';

export interface ConflictDecision {
  readonly outcome: ConflictOutcome;
  /** Of a merge with somebody blocked, or of an account that such a person comes to: whether the one that remains is. */
  readonly keepBlock: boolean;
}

/** An account that was nobody's when the conflict was opened. */
const accountOf = ({ matchKey }: ConflictRow): MatchKey => {
  const value = matchKey.slice(matchKey.indexOf(':') + 1);
  return { kind: 'bsuid', key: matchKey, value };
};

/** Keys, contacts in id order, the conflict last; whatever changed while they were waited for begins anew. */
const lockSides = async (ctx: Ctx, id: string): Promise<ConflictRow> => {
  const { workspaceId } = ctx.actor;
  const before = await findConflict(ctx.tx, workspaceId, id);
  if (before === undefined) {
    throw notFound('conflict');
  }
  const keys = [...new Set([before.matchKey, before.sharedKey])];
  await lockMatchKeys(
    ctx.tx,
    keys.map((key) => ({ workspaceId, key })),
  );
  const sides = [before.contactId, before.otherContactId].filter((side) => side !== null);
  await lockContacts(
    ctx.tx,
    sides.map((contactId) => ({ workspaceId, contactId })),
  );
  const conflict = await lockConflict(ctx.tx, workspaceId, id);
  if (conflict?.isOpen === false) {
    throw new AppError('conflict-decided', 409);
  }
  if (
    conflict?.contactId !== before.contactId ||
    conflict.otherContactId !== before.otherContactId
  ) {
    throw new ContactsMovedError('a side of the conflict moved while its lock was waited for');
  }
  return conflict;
};

const blockedSideOf = ({ contact, other }: IdentityConflict): { from: string; to?: string } =>
  other?.isBlocked
    ? { from: other.id, to: contact.id }
    : { from: contact.id, ...(other && { to: other.id }) };

/** What both claim was never the blocked person's: it is the other's, or that of a new contact with the account. */
const release = async (ctx: Ctx, row: ConflictRow, seen: IdentityConflict): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const { from, to: known } = blockedSideOf(seen);
  const held = await findIdentities(ctx.tx, workspaceId, from);
  const goes = held.filter((identity) => identity.matchKey === row.sharedKey);
  if (goes.length === 0 || goes.length === held.length) {
    throw new AppError('conflict-outcome-unfit', 409);
  }
  const nobody = { workspaceId, profileName: null, username: null };
  const to = known ?? (await insertContact(ctx.tx, nobody));
  await moveToOther(ctx, { from, to, block: 'never' }, goes);
  if (known === undefined) {
    await learnIdentities(ctx.tx, workspaceId, to, [accountOf(row)]);
  }
};

/** The account that was nobody's is this person's. */
const takeAccount = async (ctx: Ctx, row: ConflictRow, keepBlock: boolean): Promise<void> => {
  const { workspaceId } = ctx.actor;
  if (!keepBlock) {
    await unblockContact(ctx, row.contactId);
  }
  await learnIdentities(ctx.tx, workspaceId, row.contactId, [accountOf(row)]);
  await noteIdentities(ctx.tx, workspaceId, [row.contactId]);
};

const apply = async (
  ctx: Ctx,
  row: ConflictRow,
  seen: IdentityConflict,
  { outcome, keepBlock }: ConflictDecision,
): Promise<void> => {
  switch (outcome) {
    case 'merged':
      await (row.otherContactId === null
        ? takeAccount(ctx, row, keepBlock)
        : mergeContacts(ctx, row.contactId, row.otherContactId, { keepBlock }));
      break;
    case 'blocked': {
      const { from, to } = blockedSideOf(seen);
      if (to !== undefined) {
        await extendBlock(ctx, from, to, 'manual');
      }
      break;
    }
    case 'released':
      await release(ctx, row, seen);
      break;
    case 'apart':
      break;
  }
};

/**
 * What an administrator says of two facts that cannot both be true of one person (decision 0031).
 * @returns the contacts whose requests under way are to be waited for, because they are blocked by this
 * @throws AppError forbidden, conflict-not-found, conflict-decided, conflict-outcome-unfit, contact-on-wire
 */
export const decideConflict = async (
  ctx: Ctx,
  id: string,
  decision: ConflictDecision,
): Promise<string[]> => {
  requireCan(ctx.actor, 'contact.merge');
  const { workspaceId } = ctx.actor;
  const row = await lockSides(ctx, id);
  // By a statement of its own, after the locks: who is blocked decides what fits.
  const seen = await readConflict(ctx.tx, workspaceId, id);
  if (!seen?.outcomes.includes(decision.outcome)) {
    throw new AppError('conflict-outcome-unfit', 409);
  }
  // Decided first: what follows from it takes open conflicts along, and this one stays between the two that it was about.
  await closeConflict(ctx.tx, workspaceId, id, decision.outcome, ctx.actor);
  await apply(ctx, row, seen, decision);
  const sides = [row.contactId, row.otherContactId].filter((side) => side !== null);
  for (const side of sides) {
    ctx.notices.add(workspaceId, 'contact', side);
  }
  await audit(ctx, {
    action: 'contacts.conflict-decided',
    subject: { kind: 'contact', id: row.contactId },
    maskedNumber: await findMaskedNumber(ctx.tx, workspaceId, row.contactId),
    details: {
      conflictId: id,
      kind: row.kind,
      outcome: decision.outcome,
      otherContactId: row.otherContactId,
    },
  });
  return decision.outcome === 'blocked' || decision.outcome === 'merged' ? sides : [];
};
