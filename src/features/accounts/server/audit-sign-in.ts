import { type AuditEntry, audit } from '#platform/server/audit.ts';
import { type Actor, type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { memberActor } from './announce-memberships.ts';
import { findMemberships, findUserByEmail, type Membership } from './identity-store.ts';

/** One event in each workspace of a person: a session opens all of them. */
const auditInEach = async (
  deps: Deps,
  userId: string,
  told: (membership: Membership) => { readonly actor: Actor; readonly entry: AuditEntry },
): Promise<void> => {
  const memberships = await findMemberships(deps.db, userId);
  const [first] = memberships;
  if (first === undefined) {
    return;
  }
  await inTx(deps, systemActor(first.workspaceId), async (ctx) => {
    for (const membership of memberships) {
      const { actor, entry } = told(membership);
      await audit({ ...ctx, actor }, entry);
    }
  });
};

export const auditSignIn = (deps: Deps, userId: string): Promise<void> =>
  auditInEach(deps, userId, (membership) => ({
    actor: memberActor(membership),
    entry: { action: 'accounts.signed-in' },
  }));

/**
 * Somebody tried the e-mail of a person with a wrong password. Written beside the answer and not before it: an answer that
 * takes longer for an e-mail we know would tell that we know it.
 */
export const auditFailedSignIn = (deps: Deps, email: string): void => {
  const write = async (): Promise<void> => {
    const user = await findUserByEmail(deps.db, email);
    if (user !== undefined) {
      await auditInEach(deps, user.id, ({ workspaceId, memberId }) => ({
        actor: systemActor(workspaceId),
        entry: { action: 'accounts.sign-in-failed', subject: { kind: 'member', id: memberId } },
      }));
    }
  };
  write().catch((err: unknown) => deps.log.warn({ err }, 'a failed sign-in was not written down'));
};
