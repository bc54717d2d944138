import type { Ctx } from '#platform/server/deps.ts';
import { accountAmong, areApart } from './accounts-apart.ts';
import type { Holder } from './assign-identity.ts';
import { type MatchKey, matchKeysOf, type PersonRef } from './normalize-identity.ts';
import { listConflict } from './people/list-conflict.ts';
import { resolveContacts } from './resolve-contacts.ts';
import { findBsuids, insertContact, learnIdentities } from './store.ts';

const make = async (ctx: Ctx, keys: readonly MatchKey[]): Promise<string> => {
  const { workspaceId } = ctx.actor;
  const contactId = await insertContact(ctx.tx, { workspaceId, profileName: null, username: null });
  await learnIdentities(ctx.tx, workspaceId, contactId, keys);
  return contactId;
};

/** The number is one contact's, the account another's: whether they are one person is for people to say. */
const keepApart = async (ctx: Ctx, byPhone: Holder, accountId: string): Promise<string[]> => {
  const { workspaceId } = ctx.actor;
  await listConflict(ctx, workspaceId, byPhone.contactId, {
    kind: 'same-number-other-account',
    otherContactId: accountId,
    matchKey: byPhone.matchKey,
  });
  return [accountId, byPhone.contactId];
};

/**
 * Whoever has the number and the account that somebody is named by, made when nobody has; a name that was not known of them
 * is learnt. Locked.
 * @returns the contact; of a number and an account that are two contacts' both, the account first, with a conflict opened
 */
export const findOrCreatePerson = async (
  ctx: Ctx,
  person: Pick<PersonRef, 'phone' | 'bsuid' | 'portfolioId'>,
): Promise<string[]> => {
  const { workspaceId } = ctx.actor;
  const resolution = await resolveContacts(ctx, [{ workspaceId, person }]);
  const current = resolution.holdersOf(workspaceId, person).filter((known) => !known.isFormer);
  const byPhone = current.find(({ kind }) => kind === 'phone');
  const byAccount = current.find(({ kind }) => kind === 'bsuid');
  const unheld = matchKeysOf(person).filter(
    ({ key }) => !current.some(({ matchKey }) => matchKey === key),
  );
  const known = byAccount ?? byPhone;
  if (known === undefined) {
    return [await make(ctx, unheld)];
  }
  const { contactId } = known;
  if (byPhone !== undefined && byPhone.contactId !== contactId) {
    return keepApart(ctx, byPhone, contactId);
  }
  const account = unheld.filter(({ kind }) => kind === 'bsuid');
  const own = accountAmong(account);
  const isOtherAccount =
    own !== undefined &&
    (await findBsuids(ctx.tx, [{ workspaceId, contactId }])).some((one) => areApart(one, own));
  if (isOtherAccount) {
    return keepApart(ctx, known, await make(ctx, account));
  }
  await learnIdentities(ctx.tx, workspaceId, contactId, unheld);
  return [contactId];
};
