import type { Tx } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import type { Role } from '#platform/shared/role.ts';
import {
  deleteResets,
  deleteSessions,
  hasMembership,
  insertOrLockUser,
  upsertPassword,
} from './identity-store.ts';
import { insertMember } from './store.ts';

export interface NewPerson {
  readonly workspaceId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** Made by `hashPassword`, before the transaction: hashing takes long on purpose. */
  readonly passwordHash: string;
  readonly locale?: string | null;
}

export interface CreatedPerson {
  readonly memberId: string;
  readonly userId: string;
  readonly email: string;
  readonly createdAt: Date;
  /** Known from another workspace: the password given here was not used. */
  readonly keepsPassword: boolean;
}

/**
 * A person with a place in a workspace. One e-mail is one user: who already is in another workspace is linked,
 * and keeps the password.
 * @throws AppError email-taken (409) when the person is in this workspace already
 */
export const createUserWithMembership = async (
  tx: Tx,
  person: NewPerson,
): Promise<CreatedPerson> => {
  const email = person.email.trim().toLowerCase();
  const { id: userId, isNew } = await insertOrLockUser(tx, { name: person.name, email });
  const keepsPassword = !isNew && (await hasMembership(tx, userId));
  if (!keepsPassword) {
    // Nobody has this identity in use: it starts anew.
    await upsertPassword(tx, userId, person.passwordHash);
    await deleteSessions(tx, userId);
  }
  // Also one that the administrator of another workspace made: it would open this one too.
  await deleteResets(tx, userId);
  const member = await insertMember(tx, {
    workspaceId: person.workspaceId,
    userId,
    name: person.name,
    role: person.role,
    locale: person.locale ?? null,
  });
  if (member === undefined) {
    throw new AppError('email-taken', 409);
  }
  return { memberId: member.id, userId, email, createdAt: member.createdAt, keepsPassword };
};
