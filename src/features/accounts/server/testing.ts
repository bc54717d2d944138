import type { Actor, Db } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';
import type { Role } from '#platform/shared/role.ts';
import { createUserWithMembership } from './create-user-with-membership.ts';

/** The password of the people that `aPerson` makes, and its hash (hashing takes long on purpose). */
export const testPassword = 'uma senha de teste';
const testPasswordHash =
  '6d14bb2454f2df9190d069f855bf00bd:1b652400a46a4e3c74ca8482255970001cae564da8586ce150da05558a57fb6ff78b77d7404c21972cac4265b07b539f35fc342fb279b4c95cfec57bc922c184';

export interface APerson {
  readonly memberId: string;
  readonly userId: string;
  readonly email: string;
  readonly actor: Actor;
}

/** A person with a place in the workspace who signs in with `testPassword`. */
export const aPerson = async (
  db: Db,
  workspaceId: string,
  role: Role = 'agent',
  email = `${newId()}@loja.example`,
): Promise<APerson> => {
  const made = await db.transaction().execute((tx) =>
    createUserWithMembership(tx, {
      workspaceId,
      role,
      email,
      name: 'Bia Souza',
      passwordHash: testPasswordHash,
    }),
  );
  const actor: Actor = { kind: 'member', id: made.memberId, workspaceId, role };
  return { memberId: made.memberId, userId: made.userId, email: made.email, actor };
};
