import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountKey } from './accounts-apart.ts';
import { type AssignmentFacts, assignIdentity, type Holder } from './assign-identity.ts';
import type { MatchKey } from './normalize-identity.ts';

const seed = Math.floor(Math.random() * 2 ** 31);
const runs = { seed, numRuns: 2_000 };

const phone: MatchKey = { kind: 'phone', key: 'phone:5511912345678', value: '5511912345678' };
const bsuid: MatchKey = { kind: 'bsuid', key: 'bsuid:BR.1', value: 'BR.1' };
const parent: MatchKey = { kind: 'parent-bsuid', key: 'parent-bsuid:BR.ENT.1', value: 'BR.ENT.1' };

const heldBy = (contactId: string, key: MatchKey, isFormer = false): Holder => ({
  contactId,
  identityId: `${contactId}-${key.key}${isFormer ? '-former' : ''}`,
  matchKey: key.key,
  kind: key.kind,
  value: key.value,
  isFormer,
  heldSince: new Date(1_000_000),
  portfolioId: key.portfolioId ?? null,
});

const decide = (facts: Partial<AssignmentFacts>) =>
  assignIdentity({ keys: [], holders: [], accountsOf: () => [], timestamp: null, ...facts });

const account = (id: string, portfolioId: string | null = null): AccountKey => ({
  matchKey: `bsuid:${id}`,
  portfolioId,
});
const another = () => [account('BR.9')];

describe('assignIdentity', () => {
  it('makes a new contact of a stranger, with all identities', () => {
    expect(decide({ keys: [phone, bsuid] })).toEqual({
      kind: 'new',
      changes: { learn: [phone, bsuid], retire: [], conflicts: [] },
    });
  });

  it('teaches a known number its account, and a known account its number', () => {
    for (const [known, learnt] of [
      [phone, bsuid],
      [bsuid, phone],
    ] as const) {
      expect(decide({ keys: [phone, bsuid], holders: [heldBy('a', known)] })).toEqual({
        kind: 'existing',
        contactId: 'a',
        changes: { learn: [learnt], retire: [], conflicts: [] },
      });
    }
  });

  it('merges the holder of the number with the holder of the account', () => {
    const holders = [heldBy('a', phone), heldBy('b', bsuid)];
    expect(decide({ keys: [phone, bsuid], holders })).toEqual({
      kind: 'merge',
      contactIds: ['b', 'a'],
    });
  });

  it('gives a number that came back under another account to a new contact, and lists the conflict', () => {
    const holder = heldBy('a', phone);
    expect(decide({ keys: [phone, bsuid], holders: [holder], accountsOf: another })).toMatchObject({
      kind: 'new',
      changes: {
        retire: [holder],
        learn: [phone, bsuid],
        conflicts: [
          { kind: 'recycled-number', otherContactId: 'a', matchKey: 'phone:5511912345678' },
        ],
      },
    });
  });

  it('leaves a number where it is when what names it was sent before it went there', () => {
    const holder = heldBy('a', phone);
    const late = { keys: [phone, bsuid], accountsOf: another, timestamp: 999 };
    const conflicts = [{ kind: 'recycled-number', otherContactId: 'a', matchKey: phone.key }];
    expect(decide({ ...late, holders: [holder] })).toEqual({
      kind: 'new',
      changes: { retire: [], learn: [bsuid], conflicts },
    });
    expect(decide({ ...late, holders: [holder, heldBy('b', bsuid)] })).toEqual({
      kind: 'existing',
      contactId: 'b',
      changes: { retire: [], learn: [], conflicts: [] },
    });
    expect(decide({ ...late, timestamp: 1_000, holders: [holder] })).toMatchObject({
      changes: { retire: [holder] },
    });
  });

  it('moves a number to the account that has it now, without merging', () => {
    const [old, now] = [heldBy('a', phone), heldBy('b', bsuid)];
    expect(
      decide({
        keys: [phone, bsuid],
        holders: [old, now],
        accountsOf: (contactId) => (contactId === 'a' ? another() : [account('BR.1')]),
      }),
    ).toMatchObject({
      kind: 'existing',
      contactId: 'b',
      changes: { retire: [old], learn: [phone], conflicts: [{ kind: 'recycled-number' }] },
    });
  });

  it('keeps the person whose parent id is the same, whatever the account is called now', () => {
    const holders = [heldBy('a', phone), heldBy('a', parent)];
    expect(decide({ keys: [phone, bsuid, parent], holders, accountsOf: another })).toMatchObject({
      kind: 'existing',
      contactId: 'a',
      changes: { learn: [bsuid], retire: [], conflicts: [] },
    });
  });

  it('finds a person by the parent id alone', () => {
    expect(decide({ keys: [bsuid, parent], holders: [heldBy('a', parent)] })).toMatchObject({
      kind: 'existing',
      contactId: 'a',
    });
  });

  it('never assigns by an identity left behind, and lists it when a new account comes with it', () => {
    const holders = [heldBy('a', phone, true)];
    expect(decide({ keys: [phone, bsuid], holders })).toMatchObject({
      kind: 'new',
      changes: { conflicts: [{ kind: 'former-identity', otherContactId: 'a' }] },
    });
    expect(decide({ keys: [phone], holders })).toMatchObject({
      kind: 'new',
      changes: { conflicts: [] },
    });
  });
});

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

  it('is another than whoever has the number and an account of their own in a third place', () => {
    const holders = [heldBy('a', phone), heldBy('b', here)];
    const known: Record<string, AccountKey[]> = {
      a: [account('BR.2', 'filial')],
      b: [account('BR.1', 'loja'), account('BR.3', 'filial')],
    };
    expect(decide({ keys: [phone, here], holders, accountsOf: (id) => known[id] ?? [] })).toEqual({
      kind: 'existing',
      contactId: 'b',
      changes: {
        learn: [],
        retire: [],
        conflicts: [
          { kind: 'same-number-other-account', otherContactId: 'a', matchKey: phone.key },
        ],
      },
    });
  });
});

const keys = fc
  .subarray([phone, bsuid, parent], { minLength: 1 })
  .chain((chosen) => fc.shuffledSubarray(chosen, { minLength: chosen.length }));
const accounts = fc.array(
  fc.record({
    matchKey: fc.constantFrom('bsuid:BR.1', 'bsuid:BR.2', 'bsuid:BR.3'),
    portfolioId: fc.constantFrom(null, 'loja', 'filial'),
  }),
  { maxLength: 2 },
);
const facts: fc.Arbitrary<AssignmentFacts> = keys.chain((chosen) =>
  fc.record({
    keys: fc.constant(chosen),
    holders: fc
      .array(
        fc.record({
          contactId: fc.constantFrom('a', 'b', 'c'),
          key: fc.constantFrom(...chosen),
          isFormer: fc.boolean(),
        }),
        { maxLength: 5 },
      )
      .map((rows) => {
        // One current holder a key, as the unique index has it.
        const taken = new Set<string>();
        return rows.flatMap(({ contactId, key, isFormer }) => {
          if (!isFormer && taken.has(key.key)) {
            return [];
          }
          taken.add(isFormer ? '' : key.key);
          return [heldBy(contactId, key, isFormer)];
        });
      }),
    accountsOf: fc
      .record({ a: accounts, b: accounts, c: accounts })
      .map((known) => (id: string) => known[id as keyof typeof known]),
    timestamp: fc.constant(null),
  }),
);

describe(`assignIdentity, of anything (seed ${seed})`, () => {
  it('leaves every key of the item with exactly the one contact it chose', () => {
    fc.assert(
      fc.property(facts, (f) => {
        const answer = assignIdentity(f);
        if (answer.kind === 'merge') {
          expect(answer.contactIds[0]).not.toBe(answer.contactIds[1]);
          return;
        }
        const current = f.holders.filter((h) => !h.isFormer);
        const retired = new Set(answer.changes.retire.map((h) => h.identityId));
        const learnt = answer.changes.learn.map((key) => key.key);
        expect(new Set(learnt).size).toBe(learnt.length);
        for (const key of f.keys) {
          const staying = current.filter(
            (h) => h.matchKey === key.key && !retired.has(h.identityId),
          );
          expect(staying.length + (learnt.includes(key.key) ? 1 : 0)).toBeLessThanOrEqual(1);
          // A number of which nobody can tell whose it is stays where it is, and somebody is asked.
          const asked = answer.changes.conflicts.filter(
            (one) => one.kind === 'same-number-other-account' && one.matchKey === key.key,
          );
          const owners = staying
            .map((h) => h.contactId)
            .filter((owner) => !asked.some((one) => one.otherContactId === owner));
          if (answer.kind === 'existing' && key.kind !== 'parent-bsuid') {
            expect(owners.every((owner) => owner === answer.contactId)).toBe(true);
          }
        }
      }),
      runs,
    );
  });

  it('is the same in whatever order identities come', () => {
    fc.assert(
      fc.property(facts, (f) => {
        const reversed = { ...f, keys: [...f.keys].reverse(), holders: [...f.holders].reverse() };
        const [a, b] = [assignIdentity(f), assignIdentity(reversed)];
        expect(a.kind).toBe(b.kind);
        if (a.kind === 'existing' && b.kind === 'existing') {
          expect(a.contactId).toBe(b.contactId);
        }
      }),
      runs,
    );
  });
});
