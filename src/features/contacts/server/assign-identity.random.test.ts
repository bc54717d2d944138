import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AssignmentFacts, assignIdentity } from './assign-identity.ts';
import type { MatchKey } from './normalize-identity.ts';
import { bsuid, heldBy, parent, phone } from './testing/identity-facts.ts';

const seed = Math.floor(Math.random() * 2 ** 31);
const runs = { seed, numRuns: 2_000 };

const keys = fc
  .constantFrom(undefined, 'loja', 'filial')
  .map((portfolioId) => (portfolioId === undefined ? bsuid : { ...bsuid, portfolioId }))
  .chain((account) => fc.subarray([phone, account, parent], { minLength: 1 }))
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
    wereSaidApart: fc.func(fc.boolean()),
    timestamp: fc.constantFrom(null, 999, 1_001),
  }),
);

/** A number that an item before its present holder's time names stays with that holder. */
const isLateNumber = ({ timestamp }: AssignmentFacts, { kind }: MatchKey): boolean =>
  timestamp === 999 && kind === 'phone';

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
          if (answer.kind === 'existing' && key.kind !== 'parent-bsuid' && !isLateNumber(f, key)) {
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
