import {
  type ErasedName,
  type MatchKey,
  matchKeysOf,
  type PersonInWorkspace,
  type Resolution,
  resolveAgain,
} from '#features/contacts/server/index.ts';
import { isKeptOut, keepOut, type Move } from '#features/gate/server/index.ts';
import { type Ctx, systemActor } from '#platform/server/deps.ts';
import { type FromPerson, peopleOf } from './judged.ts';

/** What a person did or is said of them by WhatsApp; not what our own phone wrote, nor what stands in its address book. */
const isTheirs = (item: FromPerson): boolean =>
  item.type === 'identity-change' || (item.type !== 'contact-sync' && item.direction === 'in');

const keysOf = (item: FromPerson): MatchKey[] => [
  ...new Map(
    peopleOf(item)
      .flatMap(({ person }) => matchKeysOf(person))
      .map((key) => [key.key, key]),
  ).values(),
];

const isErasedAndOut = async (
  ctx: Ctx,
  resolution: Resolution,
  { workspaceId, person }: PersonInWorkspace,
): Promise<boolean> => {
  const own = { ...ctx, actor: systemActor(workspaceId) };
  for (const { contactId } of resolution.erasedOf(workspaceId, person)) {
    if (await isKeptOut(own, contactId)) {
      return true;
    }
  }
  return false;
};

/** By contact: what the item names of somebody who was erased. A change is about whoever it was until then. */
const erasedIn = (resolution: Resolution, item: FromPerson): Map<string, ErasedName[]> => {
  const byContact = new Map<string, ErasedName[]>();
  for (const name of resolution.erasedOf(item.workspaceId, item.person)) {
    byContact.set(name.contactId, [...(byContact.get(name.contactId) ?? []), name]);
  }
  return byContact;
};

const moveOf = (item: FromPerson, known: readonly ErasedName[]): Move | null => {
  if (item.type !== 'identity-change') {
    return null;
  }
  const { next, timestamp } = item;
  const keys = matchKeysOf(next);
  const current = known.filter(({ isFormer }) => !isFormer).map(({ identity }) => identity);
  const left = current.filter((name) => !keys.some(({ key }) => key === name.key));
  return { next, timestamp, keys, left };
};

interface Kept {
  /** The batch is to be resolved again: somebody was blocked, or a hash written. */
  readonly hasLearnt: boolean;
  /** Hashes were written, by which another item may be known. */
  readonly isMore: boolean;
}

const keepOutOnce = async (
  ctx: Ctx,
  resolution: Resolution,
  items: readonly FromPerson[],
): Promise<Kept> => {
  let hasLearnt = false;
  let isMore = false;
  for (const item of items.filter(isTheirs)) {
    const own = { ...ctx, actor: systemActor(item.workspaceId) };
    for (const [contactId, known] of erasedIn(resolution, item)) {
      const others = keysOf(item).filter(
        ({ key }) => !known.some(({ identity }) => identity.key === key),
      );
      const move = moveOf(item, known);
      if ((others.length === 0 && move === null) || !(await isKeptOut(own, contactId))) {
        continue;
      }
      const holders = others.flatMap(({ key }) =>
        resolution.holdersOfKey(item.workspaceId, key).filter((holder) => !holder.isFormer),
      );
      const isCurrent = known.some(({ isFormer }) => !isFormer);
      const keys = matchKeysOf(item.person);
      const met = { contactId, isCurrent, keys, others, holders, move };
      isMore = (await keepOut(own, met)) || isMore;
      hasLearnt = true;
    }
  }
  return { hasLearnt, isMore };
};

/**
 * Before the gate is asked: whoever was erased while blocked is met by the hash of a name, and kept out under every other that they
 * come with (decision 0046), and under what those come with in the same batch. Their contacts are locked.
 * @returns who everybody is then
 */
export const keepErasedOut = async (
  ctx: Ctx,
  resolution: Resolution,
  items: readonly FromPerson[],
  people: readonly PersonInWorkspace[],
): Promise<Resolution> => {
  let current = resolution;
  for (;;) {
    const { hasLearnt, isMore } = await keepOutOnce(ctx, current, items);
    current = hasLearnt ? await resolveAgain(ctx, people) : current;
    if (!isMore) {
      return current;
    }
  }
};

/** Without those who are kept out by the hash of a name: whatever would make a contact of them is not asked. */
export const withoutErased = async (
  ctx: Ctx,
  resolution: Resolution,
  people: readonly PersonInWorkspace[],
): Promise<PersonInWorkspace[]> => {
  const others: PersonInWorkspace[] = [];
  for (const one of people) {
    if (!(await isErasedAndOut(ctx, resolution, one))) {
      others.push(one);
    }
  }
  return others;
};

/** Our own phone wrote to somebody who was erased and is kept out: of that nothing is stored, or the number would be again. */
export const isToErased = (ctx: Ctx, resolution: Resolution, item: FromPerson): Promise<boolean> =>
  isErasedAndOut(ctx, resolution, item);
