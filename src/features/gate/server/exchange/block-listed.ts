import {
  findOrCreatePeople,
  type MatchKey,
  matchKeysOf,
  type PersonInWorkspace,
} from '#features/contacts/server/index.ts';
import { type Ctx, systemActor } from '#platform/server/deps.ts';
import { findLetIn, findOpenBlocks } from '../block-store.ts';
import { openBlocks } from '../open-blocks.ts';
import { noteTouched } from '../store.ts';
import { endByClock } from '../write-down-end.ts';
import { findHits, findLookups, type Hit, type KeyInUse, markHits } from './list-store.ts';
import { type Asked, askedOf, LookupNeededError } from './lookups.ts';

type PhoneOf = PersonInWorkspace & { readonly identity: MatchKey };

const phonesOf = (people: readonly PersonInWorkspace[]): PhoneOf[] =>
  people.flatMap((of) =>
    matchKeysOf(of.person).flatMap((identity) =>
      identity.kind === 'phone' ? [{ ...of, identity }] : [],
    ),
  );

interface Found extends Hit {
  readonly matchKey: string;
}

const findListed = async (ctx: Ctx, asked: readonly Asked[]): Promise<Found[]> => {
  const known = await findLookups(ctx.tx, asked);
  const stretched = asked.map((one) => {
    const found = known.get(one.hash.toString('hex'));
    if (found === undefined) {
      throw new LookupNeededError('a number has to be stretched before it can be judged');
    }
    return { ...one, stretched: found };
  });
  const hits = await findHits(ctx.tx, stretched);
  return hits.flatMap((hit) => {
    const one = stretched.find((s) => s.keyId === hit.keyId && s.stretched.equals(hit.stretched));
    return one === undefined ? [] : [{ ...hit, matchKey: one.matchKey }];
  });
};

/** Whether the list has something to say to whom somebody has let in at that time: afterwards theirs was the last word. */
export const isNews = ({ since }: Hit, letInAt: Date | undefined): boolean =>
  letInAt === undefined || since >= letInAt;

/**
 * Blocks those whom nobody has let in since the list is here.
 * @returns those that are met: whom a block with an end keeps out now is met when that is over
 */
const blockThem = async (
  ctx: Ctx,
  workspaceId: string,
  found: readonly Found[],
  phones: readonly PhoneOf[],
): Promise<readonly Found[]> => {
  const own: Ctx = { ...ctx, actor: systemActor(workspaceId) };
  const byKey = new Map(phones.map(({ identity }) => [identity.key, identity]));
  const people = found.flatMap((hit) => {
    const identity = byKey.get(hit.matchKey);
    return identity === undefined
      ? []
      : [{ identities: [identity], givenName: null, reason: hit.reason, hit }];
  });
  const { contactIds: ids } = await findOrCreatePeople(own, people);
  const reasonOf = new Map(people.map(({ reason }, at) => [ids[at], reason]));
  const contactIds = [...new Set(ids)].filter((id) => id !== null);
  const open = await findOpenBlocks(ctx.tx, workspaceId, contactIds);
  const letIn = await findLetIn(ctx.tx, workspaceId, contactIds);
  const shutOut = new Set(
    people.flatMap(({ hit }, at) => (isNews(hit, letIn.get(ids[at] ?? '')) ? [ids[at]] : [])),
  );
  const free = contactIds.filter((id) => shutOut.has(id) && !open.get(id)?.isActive);
  for (const id of free) {
    const ended = open.get(id);
    if (ended !== undefined) await endByClock(own, id, ended.id);
  }
  const standing = contactIds.flatMap((id) => {
    const block = open.get(id);
    return block?.isActive ? [block.id] : [];
  });
  await noteTouched(ctx.tx, workspaceId, standing);
  const cause = 'exchange-list' as const;
  await openBlocks(
    own,
    free.map((contactId) => {
      const reason = reasonOf.get(contactId) ?? 'other';
      return { contactId, reason, note: null, expiresAt: null, upstream: true, cause };
    }),
  );
  return people.flatMap(({ hit }, at) => {
    const block = open.get(ids[at] ?? '');
    return block?.isActive && block.expiresAt !== null ? [] : [hit];
  });
};

/**
 * Blocks whoever of these people is on a list of another unit and was not met before, also somebody nobody here has ever heard
 * of; the gate then finds them blocked like anybody else. Their match keys and contacts are locked.
 * @param keys those in use, read in this transaction
 * @returns whether anybody was blocked, or made: then they are to be resolved again
 * @throws LookupNeededError when a number was not stretched beforehand (`prepareLookups`): nothing passes
 */
export const blockListed = async (
  ctx: Ctx,
  keys: readonly KeyInUse[],
  people: readonly PersonInWorkspace[],
): Promise<boolean> => {
  if (keys.length === 0) {
    return false;
  }
  const phones = phonesOf(people);
  const numbers = phones.map(({ workspaceId, identity }) => {
    return { workspaceId, matchKey: identity.key };
  });
  const asked = askedOf(ctx.keyed, keys, numbers);
  const found = asked.length > 0 ? await findListed(ctx, asked) : [];
  for (const workspaceId of new Set(found.map((hit) => hit.workspaceId))) {
    const here = <T extends { workspaceId: string }>(all: readonly T[]): T[] =>
      all.filter((one) => one.workspaceId === workspaceId);
    const met = await blockThem(ctx, workspaceId, here(found), here(phones));
    if (met.length > 0) {
      await markHits(ctx.tx, met);
    }
  }
  return found.length > 0;
};
