import type { AccountKey } from '../accounts-apart.ts';
import { type AssignmentFacts, assignIdentity, type Holder } from '../assign-identity.ts';
import type { MatchKey } from '../normalize-identity.ts';

export const phone: MatchKey = {
  kind: 'phone',
  key: 'phone:5511912345678',
  value: '5511912345678',
};
export const bsuid: MatchKey = { kind: 'bsuid', key: 'bsuid:BR.1', value: 'BR.1' };
export const parent: MatchKey = {
  kind: 'parent-bsuid',
  key: 'parent-bsuid:BR.ENT.1',
  value: 'BR.ENT.1',
};

export const heldBy = (contactId: string, key: MatchKey, isFormer = false): Holder => ({
  contactId,
  identityId: `${contactId}-${key.key}${isFormer ? '-former' : ''}`,
  matchKey: key.key,
  kind: key.kind,
  value: key.value,
  isFormer,
  heldSince: new Date(1_000_000),
  portfolioId: key.portfolioId ?? null,
});

export const decide = (facts: Partial<AssignmentFacts>) =>
  assignIdentity({
    keys: [],
    holders: [],
    accountsOf: () => [],
    wereSaidApart: () => false,
    timestamp: null,
    ...facts,
  });

export const account = (id: string, portfolioId: string | null = null): AccountKey => ({
  matchKey: `bsuid:${id}`,
  portfolioId,
});
export const another = () => [account('BR.9')];
