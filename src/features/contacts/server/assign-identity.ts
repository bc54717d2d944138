import { type AccountKey, accountAmong, areApart } from './accounts-apart.ts';
import type { MatchKey } from './normalize-identity.ts';

/** Somebody who has, or had, one of the identities an item came with. */
export interface Holder {
  readonly contactId: string;
  readonly identityId: string;
  readonly matchKey: string;
  readonly kind: string;
  /** As received last. */
  readonly value: string;
  readonly isFormer: boolean;
  /** Of a business-scoped id the portfolio whose numbers see it; null: not known. */
  readonly portfolioId: string | null;
  /** By WhatsApp's clock where an item told of it. */
  readonly heldSince: Date;
}

export interface Conflict {
  readonly kind: 'recycled-number' | 'same-number-other-account' | 'former-identity';
  readonly otherContactId: string;
  readonly matchKey: string;
  /** What both sides claim, where it is not the match key. */
  readonly sharedKey?: string;
}

/** To which contact an item belongs, and what it teaches of that contact's identities. */
export type Assignment =
  | { readonly kind: 'existing'; readonly contactId: string; readonly changes: IdentityChanges }
  | { readonly kind: 'new'; readonly changes: IdentityChanges }
  /** Two contacts turn out to be one person. */
  | { readonly kind: 'merge'; readonly contactIds: readonly [string, string] };

export interface IdentityChanges {
  readonly learn: readonly MatchKey[];
  /** Identities that another contact leaves behind. */
  readonly retire: readonly Holder[];
  readonly conflicts: readonly Conflict[];
}

export interface AssignmentFacts {
  readonly keys: readonly MatchKey[];
  readonly holders: readonly Holder[];
  /** The current business-scoped ids of this contact. */
  readonly accountsOf: (contactId: string) => readonly AccountKey[];
  /** Whether somebody has said that these contacts are two people. */
  readonly wereSaidApart: (contactId: string, otherId: string) => boolean;
  /** When the item was sent, in whole seconds by WhatsApp's clock; null where that is not known. */
  readonly timestamp: number | null;
}

const none: IdentityChanges = { learn: [], retire: [], conflicts: [] };

/** Sent before the number went to its present holder: it says nothing of whose the number is now. */
const isLate = ({ timestamp }: AssignmentFacts, holder: Holder): boolean =>
  timestamp !== null && timestamp * 1000 < holder.heldSince.getTime();

const takeOver = (holder: Holder): Pick<IdentityChanges, 'retire' | 'conflicts'> => ({
  retire: [holder],
  conflicts: [
    { kind: 'recycled-number', otherContactId: holder.contactId, matchKey: holder.matchKey },
  ],
});

const withNumberOf = (
  { keys }: AssignmentFacts,
  byPhone: Holder,
  unheld: readonly MatchKey[],
): MatchKey[] => keys.filter((key) => key.key === byPhone.matchKey).concat(unheld);

/** By their ids of one portfolio, the item's own left aside: what it says of its portfolio is newer than what is stored. */
const areTwo = (
  { accountsOf }: AssignmentFacts,
  own: AccountKey,
  contactId: string,
  otherId: string,
): boolean =>
  accountsOf(contactId)
    .filter(({ matchKey }) => matchKey !== own.matchKey)
    .some((one) => accountsOf(otherId).some((other) => areApart(one, other)));

/**
 * Whether anything but its account says that the item is not of this contact: somebody else had the account before, or has it and is
 * another person; or the parent account is somebody else's.
 */
const isSomebodyElses = (facts: AssignmentFacts, own: AccountKey, contactId: string): boolean =>
  facts.holders
    .filter((holder) => holder.contactId !== contactId)
    .some(
      ({ kind, matchKey, isFormer, contactId: otherId }) =>
        (kind === 'parent-bsuid' && !isFormer) ||
        (matchKey === own.matchKey &&
          (isFormer ||
            areTwo(facts, own, otherId, contactId) ||
            facts.wereSaidApart(otherId, contactId))),
    );

/**
 * Whether the item comes with another account than whoever has its number. An id of another portfolio alone is none: they have one in
 * each. It is where anything else speaks against them.
 */
const isAnotherAccount = (facts: AssignmentFacts, { contactId }: Holder): boolean => {
  const own = accountAmong(facts.keys);
  if (own === undefined) {
    return false;
  }
  const others = facts.accountsOf(contactId).filter(({ matchKey }) => matchKey !== own.matchKey);
  return (
    others.some((one) => areApart(one, own)) ||
    (others.length > 0 && isSomebodyElses(facts, own, contactId))
  );
};

/** The account is one contact's and the number another's. */
const ofTwo = (
  facts: AssignmentFacts,
  { contactId }: Holder,
  byPhone: Holder,
  unheld: readonly MatchKey[],
): Assignment => {
  if (!isAnotherAccount(facts, byPhone)) {
    return { kind: 'merge', contactIds: [contactId, byPhone.contactId] };
  }
  const changes = isLate(facts, byPhone)
    ? { ...none, learn: unheld }
    : { learn: withNumberOf(facts, byPhone, unheld), ...takeOver(byPhone) };
  return { kind: 'existing', contactId, changes };
};

/**
 * Pure (gate.md, identities). The business-scoped id names an account and wins over the phone; a phone that comes with
 * another account than known is a recycled number, whose new owner must not see the old one's history. An item that comes late
 * moves no number back to whoever had it before: what is meant for them would go to somebody else.
 */
export const assignIdentity = (facts: AssignmentFacts): Assignment => {
  const current = facts.holders.filter((holder) => !holder.isFormer);
  const keyOf = (kind: MatchKey['kind']) => facts.keys.find((key) => key.kind === kind);
  const holderOf = (kind: MatchKey['kind']) =>
    current.find((holder) => holder.matchKey === keyOf(kind)?.key);
  const [byBsuid, byPhone, byParent] = [
    holderOf('bsuid'),
    holderOf('phone'),
    holderOf('parent-bsuid'),
  ];
  const unheld = facts.keys.filter((key) => !current.some((h) => h.matchKey === key.key));
  if (byBsuid !== undefined) {
    if (byPhone === undefined || byPhone.contactId === byBsuid.contactId) {
      return {
        kind: 'existing',
        contactId: byBsuid.contactId,
        changes: { ...none, learn: unheld },
      };
    }
    return ofTwo(facts, byBsuid, byPhone, unheld);
  }
  if (byPhone !== undefined) {
    const sameParent = byParent?.contactId === byPhone.contactId;
    if (!isAnotherAccount(facts, byPhone) || sameParent) {
      return {
        kind: 'existing',
        contactId: byPhone.contactId,
        changes: { ...none, learn: unheld },
      };
    }
    const { retire, conflicts } = takeOver(byPhone);
    return isLate(facts, byPhone)
      ? { kind: 'new', changes: { learn: unheld, retire: [], conflicts } }
      : {
          kind: 'new',
          changes: { learn: withNumberOf(facts, byPhone, unheld), retire, conflicts },
        };
  }
  if (byParent !== undefined) {
    return { kind: 'existing', contactId: byParent.contactId, changes: { ...none, learn: unheld } };
  }
  return {
    kind: 'new',
    changes: { ...none, learn: facts.keys, conflicts: formerConflicts(facts) },
  };
};

/** An identity left behind that comes back under a new account is for a person to look at. */
const formerConflicts = (facts: AssignmentFacts): Conflict[] =>
  facts.keys.some((key) => key.kind === 'bsuid')
    ? facts.holders
        .filter((holder) => holder.isFormer && holder.kind === 'phone')
        .map((holder) => ({
          kind: 'former-identity',
          otherContactId: holder.contactId,
          matchKey: holder.matchKey,
        }))
    : [];
