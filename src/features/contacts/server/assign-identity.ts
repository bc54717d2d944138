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
  /** Whether this contact has a current BSUID that is none of the item's. */
  readonly hasOtherBsuid: (contactId: string) => boolean;
}

const none: IdentityChanges = { learn: [], retire: [], conflicts: [] };

const takeOver = (holder: Holder): Pick<IdentityChanges, 'retire' | 'conflicts'> => ({
  retire: [holder],
  conflicts: [
    { kind: 'recycled-number', otherContactId: holder.contactId, matchKey: holder.matchKey },
  ],
});

/**
 * Pure (gate.md, identities). The business-scoped id names an account and wins over the phone; a phone that comes with
 * another account than known is a recycled number, whose new owner must not see the old one's history.
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
  const isAnotherAccount = (holder: Holder) =>
    keyOf('bsuid') !== undefined && facts.hasOtherBsuid(holder.contactId);

  if (byBsuid !== undefined) {
    if (byPhone === undefined || byPhone.contactId === byBsuid.contactId) {
      return {
        kind: 'existing',
        contactId: byBsuid.contactId,
        changes: { ...none, learn: unheld },
      };
    }
    if (!isAnotherAccount(byPhone)) {
      return { kind: 'merge', contactIds: [byBsuid.contactId, byPhone.contactId] };
    }
    const learn = facts.keys.filter((key) => key.key === byPhone.matchKey).concat(unheld);
    return {
      kind: 'existing',
      contactId: byBsuid.contactId,
      changes: { learn, ...takeOver(byPhone) },
    };
  }
  if (byPhone !== undefined) {
    const sameParent = byParent?.contactId === byPhone.contactId;
    if (!isAnotherAccount(byPhone) || sameParent) {
      return {
        kind: 'existing',
        contactId: byPhone.contactId,
        changes: { ...none, learn: unheld },
      };
    }
    const learn = facts.keys.filter((key) => key.key === byPhone.matchKey).concat(unheld);
    return { kind: 'new', changes: { learn, ...takeOver(byPhone) } };
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
