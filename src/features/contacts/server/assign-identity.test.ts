import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
});

const decide = (facts: Partial<AssignmentFacts>) =>
  assignIdentity({ keys: [], holders: [], hasOtherBsuid: () => false, timestamp: null, ...facts });

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
    expect(
      decide({ keys: [phone, bsuid], holders: [holder], hasOtherBsuid: () => true }),
    ).toMatchObject({
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
    const late = { keys: [phone, bsuid], hasOtherBsuid: () => true, timestamp: 999 };
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
        hasOtherBsuid: (contactId) => contactId === 'a',
      }),
    ).toMatchObject({
      kind: 'existing',
      contactId: 'b',
      changes: { retire: [old], learn: [phone], conflicts: [{ kind: 'recycled-number' }] },
    });
  });

  it('keeps the person whose parent id is the same, whatever the account is called now', () => {
    const holders = [heldBy('a', phone), heldBy('a', parent)];
    expect(
      decide({ keys: [phone, bsuid, parent], holders, hasOtherBsuid: () => true }),
    ).toMatchObject({
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

const keys = fc
  .subarray([phone, bsuid, parent], { minLength: 1 })
  .chain((chosen) => fc.shuffledSubarray(chosen, { minLength: chosen.length }));
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
    hasOtherBsuid: fc.func(fc.boolean()),
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
          const owners = staying.map((h) => h.contactId);
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
