import {
  findAwaitedAmong,
  findContact,
  findErasedBehind,
  findFormerHolders,
  findHolders,
  findLeftBehind,
  isUnheld,
  type Lookup,
  type MatchKey,
  maskIdentity,
  matchKeysOf,
  type PersonRef,
} from '#features/contacts/server/index.ts';
import type { Ctx, Tx } from '#platform/server/deps.ts';
import type { IdentityTest, MaskedIdentity } from '../../explain/contract.ts';
import { findLetIn } from '../block-store.ts';
import { dropCause, isRefused } from '../decide.ts';
import { isNews } from '../exchange/block-listed.ts';
import { findHits } from '../exchange/list-store.ts';
import { findActiveBlock } from '../queries.ts';
import { findOutboundFacts, findSpans } from '../store.ts';
import type { Stretched } from './stretch-person.ts';

/** What the look-ups of the gate need. */
type Looking = Pick<Ctx, 'tx' | 'keyed'> & Lookup;

interface Concerned {
  readonly contactId: string;
  readonly kind: string;
  readonly value: string;
  readonly isFormer: boolean;
  /** Of somebody whose data was erased: known here because it was just typed, or because somebody has it now. */
  readonly isErased?: boolean;
}

interface Named {
  readonly contactId: string;
  readonly identity: MatchKey;
  readonly isFormer: boolean;
}

/** Whether the gate would drop what comes now from the person who has, or had, what these hold. */
const wouldDrop = async (
  tx: Tx,
  workspaceId: string,
  holders: readonly Concerned[],
): Promise<boolean> => {
  const contactIds = [...new Set(holders.map(({ contactId }) => contactId))];
  const spans = await findSpans(
    tx,
    contactIds.map((contactId) => ({ workspaceId, contactId })),
  );
  const timestamp = Math.floor(Date.now() / 1000);
  const drop = dropCause({ direction: 'in', timestamp, spans, wasDropped: false });
  return drop?.cause === 'active';
};

/** Whether the gate would refuse what is sent now to this contact. */
const wouldRefuse = async (
  lookup: Looking,
  workspaceId: string,
  contactId: string,
): Promise<boolean> => {
  const sharers = await findFormerHolders(lookup, workspaceId, contactId);
  const facts = await findOutboundFacts(lookup.tx, workspaceId, contactId, sharers);
  return facts !== undefined && isRefused({ ...facts, acceptedEpoch: null });
};

/** Those that left behind another identity of whoever has this one: blocked, they stand in the way of what goes out. */
const findBehind = async (
  lookup: Looking,
  workspaceId: string,
  holders: readonly Concerned[],
): Promise<Concerned[]> => {
  const behind: Concerned[] = [];
  for (const { contactId } of holders.filter(({ isFormer, isErased }) => !isFormer && !isErased)) {
    const left = await findLeftBehind(lookup.tx, workspaceId, contactId);
    behind.push(...left.map((one) => ({ ...one, isFormer: true })));
    const erased = await findErasedBehind(lookup, workspaceId, contactId);
    behind.push(...erased.map(erasedOf));
  }
  return behind;
};

/** Of what only a keyed hash was known by: what was just typed, or what somebody has, says which it is. */
const concernedOf = (one: Named): Concerned => ({
  contactId: one.contactId,
  kind: one.identity.kind,
  value: one.identity.value,
  isFormer: one.isFormer,
});
const erasedOf = (one: Named): Concerned => ({ ...concernedOf(one), isErased: true });

const maskedOf = ({ kind, value, isFormer }: Concerned): MaskedIdentity => ({
  // The database knows no other (migration 0003).
  kind: kind as MaskedIdentity['kind'],
  masked: maskIdentity(kind, value),
  isFormer,
});

const tellAll = async (
  tx: Tx,
  workspaceId: string,
  holders: readonly Concerned[],
  behind: readonly Concerned[],
): Promise<IdentityTest['contacts']> => {
  const told = new Map<string, IdentityTest['contacts'][number]>();
  for (const one of [...holders, ...behind]) {
    if (told.has(one.contactId)) {
      continue;
    }
    const isErased = one.isErased ?? false;
    const contact = isErased
      ? { id: one.contactId, name: '—' }
      : await findContact(tx, workspaceId, one.contactId);
    const block = await findActiveBlock(tx, workspaceId, one.contactId);
    if (isErased && block === null) {
      continue;
    }
    if (contact !== undefined && (block !== null || holders.includes(one))) {
      const { id, name } = contact;
      told.set(one.contactId, { id, name, isErased, through: maskedOf(one), block });
    }
  }
  return [...told.values()];
};

const wouldMeet = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
  stretched: readonly Stretched[],
): Promise<boolean> => {
  const letIn = await findLetIn(tx, workspaceId, contactIds);
  const hits = await findHits(tx, stretched);
  const isNobody = contactIds.length === 0;
  return hits.some((hit) => isNobody || contactIds.some((id) => isNews(hit, letIn.get(id))));
};

/**
 * *Testar número*: what the gate would do now with whoever comes under this name, and why. Asks with the look-ups and the
 * decisions of `check-gate.ts` itself, but locks nothing, counts nothing and yields no proof.
 * @param lookup in a transaction that can write nothing
 * @param stretched as what the number would stand on the lists of other units (`stretchPerson`)
 */
export const testIdentity = async (
  lookup: Looking,
  workspaceId: string,
  person: PersonRef,
  stretched: readonly Stretched[],
): Promise<IdentityTest> => {
  const { tx } = lookup;
  const [first, ...more]: MatchKey[] = matchKeysOf(person);
  if (first === undefined) {
    throw new Error('a person without a name cannot be looked for');
  }
  const keys = [first, ...more].map(({ key }) => ({ workspaceId, key }));
  const found = await findHolders(tx, keys);
  const named = [first, ...more].map((identity) => ({ workspaceId, identity }));
  const { awaited, erased } = await findAwaitedAmong(lookup, named);
  // Whoever waits for a name that nobody has takes it, and the gate's answer is theirs.
  const taken = awaited.filter(isUnheld(found)).map(concernedOf);
  const held: Concerned[] = [...found, ...taken];
  const holders = [...held, ...erased.map(erasedOf)];
  const current = [...new Set(held.flatMap((one) => (one.isFormer ? [] : [one.contactId])))];
  // Not met yet: the first message, or the first conversation of ours, opens the block and is stopped by it.
  const isListed = stretched.length > 0 && (await wouldMeet(tx, workspaceId, current, stretched));
  const isDropped = isListed || (await wouldDrop(tx, workspaceId, holders));
  // Nobody's by now, or about to be taken: those that left it behind shut out whoever is written to under it.
  let refuses = isListed || (isDropped && (current.length === 0 || taken.length > 0));
  for (const contactId of current) {
    refuses ||= await wouldRefuse(lookup, workspaceId, contactId);
  }
  const behind = await findBehind(lookup, workspaceId, holders);
  return {
    read: {
      kind: more.length === 0 ? first.kind : 'parent-bsuid',
      masked: maskIdentity(first.kind, first.value),
    },
    isDropped,
    isRefused: refuses,
    isListed,
    contacts: await tellAll(tx, workspaceId, holders, behind),
  };
};
