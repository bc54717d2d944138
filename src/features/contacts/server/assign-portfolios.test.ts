import { describe, expect, it } from 'vitest';
import type { AccountKey } from './accounts-apart.ts';
import type { MatchKey } from './normalize-identity.ts';
import { account, bsuid, decide, heldBy, parent, phone } from './testing/identity-facts.ts';

describe('a person of two portfolios', () => {
  const here: MatchKey = { ...bsuid, portfolioId: 'loja' };

  it('has an account in each: a known number learns the second one', () => {
    const asks = (accounts: AccountKey[]) =>
      decide({ keys: [phone, here], holders: [heldBy('a', phone)], accountsOf: () => accounts });
    expect(asks([account('BR.2', 'filial')])).toEqual({
      kind: 'existing',
      contactId: 'a',
      changes: { learn: [here], retire: [], conflicts: [] },
    });
    // Of one portfolio, or of one that nobody knows, it is the new owner of the number.
    for (const accounts of [[account('BR.2', 'loja')], [account('BR.2')]]) {
      expect(asks(accounts)).toMatchObject({
        kind: 'new',
        changes: { conflicts: [{ kind: 'recycled-number' }] },
      });
    }
    expect(asks([account('BR.2', 'filial'), account('BR.3', 'loja')])).toMatchObject({
      kind: 'new',
    });
  });

  it('is one with whoever has the number, where nothing says that they are two', () => {
    const holders = [heldBy('a', phone), heldBy('b', here)];
    const known: Record<string, AccountKey[]> = {
      a: [account('BR.2', 'filial')],
      b: [account('BR.1', 'loja')],
    };
    expect(decide({ keys: [phone, here], holders, accountsOf: (id) => known[id] ?? [] })).toEqual({
      kind: 'merge',
      contactIds: ['b', 'a'],
    });
    // Known before anybody could tell of which portfolio: what the item says counts.
    known['b'] = [account('BR.1')];
    expect(
      decide({ keys: [phone, here], holders, accountsOf: (id) => known[id] ?? [] }),
    ).toMatchObject({ kind: 'merge' });
  });

  describe('is another than whoever has the number', () => {
    const takes = { retire: [heldBy('a', phone)], conflicts: [{ kind: 'recycled-number' }] };

    it('and has an account beside theirs in another portfolio', () => {
      const known: Record<string, AccountKey[]> = {
        a: [account('BR.2', 'filial')],
        b: [account('BR.1', 'loja'), account('BR.3', 'filial')],
      };
      const holders = [heldBy('a', phone), heldBy('b', here)];
      const facts = { keys: [phone, here], holders, accountsOf: (id: string) => known[id] ?? [] };
      expect(decide(facts)).toMatchObject({ kind: 'existing', contactId: 'b', changes: takes });
      // What comes late moves the number to nobody.
      expect(decide({ ...facts, timestamp: 999 })).toEqual({
        kind: 'existing',
        contactId: 'b',
        changes: { learn: [], retire: [], conflicts: [] },
      });
    });

    it('and was said to be', () => {
      const holders = [heldBy('a', phone), heldBy('b', here)];
      const known: Record<string, AccountKey[]> = {
        a: [account('BR.2', 'filial')],
        b: [account('BR.1', 'loja')],
      };
      const facts = { keys: [phone, here], holders, accountsOf: (id: string) => known[id] ?? [] };
      expect(decide({ ...facts, wereSaidApart: () => true })).toMatchObject({
        kind: 'existing',
        contactId: 'b',
        changes: takes,
      });
    });

    it('and has an account that somebody else left behind, or comes with their parent account', () => {
      const accountsOf = () => [account('BR.2', 'filial')];
      for (const [more, holder] of [
        [[], heldBy('b', here, true)],
        [[parent], heldBy('b', parent)],
      ] as const) {
        const holders = [heldBy('a', phone), holder];
        expect(decide({ keys: [phone, here, ...more], holders, accountsOf })).toMatchObject({
          kind: 'new',
          changes: takes,
        });
      }
    });
  });
});
