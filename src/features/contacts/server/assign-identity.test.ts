import { describe, expect, it } from 'vitest';
import {
  account,
  another,
  bsuid,
  decide,
  heldBy,
  parent,
  phone,
} from './testing/identity-facts.ts';

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
