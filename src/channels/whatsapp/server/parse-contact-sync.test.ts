import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseContactSync } from './parse-contact-sync.ts';
import { addressBook } from './testing/sheet-rows.ts';

const receivedAt = 1_793_700_000;
const receiver = { workspaceId: 'w', channelId: 'c', receivedAt, displayNumber: '5511900000000' };

const contact = { full_name: 'Bia Lima', first_name: 'Bia', phone_number: '5521999990000' };
const entry = {
  type: 'contact',
  contact,
  action: 'add',
  metadata: { timestamp: '1793600000' },
};
const parse = (value: unknown) => parseContactSync(value, receiver);
const of = (more: object) => parse({ ...entry, contact: { ...contact, ...more } });

describe('an entry of the address book', () => {
  it('says who, how they are called there, and since when', () => {
    const [added, removed] = (addressBook['state_sync'] as unknown[]).map(parse);
    const person = { phone: '5521999990000', bsuid: 'BR.3004' };
    const base = { type: 'contact-sync', workspaceId: 'w', channelId: 'c', person };
    expect(added).toEqual({
      ...base,
      externalId: expect.stringMatching(/^none-/),
      timestamp: 1_793_600_000,
      bookName: 'Bia Lima',
      username: 'bia.lima',
    });
    expect(removed).toEqual({
      ...base,
      externalId: expect.stringMatching(/^none-/),
      timestamp: 1_793_600_001,
      bookName: null,
    });
  });

  it.each([
    ['the first name where there is no other', { full_name: '' }, { bookName: 'Bia' }],
    ['a written number', { phone_number: '+55 21 99999-0000' }, { bookName: 'Bia Lima' }],
    ['no NUL', { full_name: 'B\0a' }, { bookName: 'B\uFFFDa' }],
    ['no half of a pair', { full_name: 'B\uD83D' }, { bookName: 'B\uFFFD' }],
    ['at most 200 units', { full_name: 'n'.repeat(64_000) }, { bookName: 'n'.repeat(200) }],
    ['no username of another type', { username: 7 }, { bookName: 'Bia Lima' }],
    ['a parent id beside', { parent_user_id: 'BR.ENT.1' }, { person: { parentBsuid: 'BR.ENT.1' } }],
  ])('has %s', (_, more, expected) => {
    expect(of(more)).toMatchObject({ type: 'contact-sync', ...expected });
    expect(of(more)).not.toHaveProperty('username');
  });

  it('has the time of receiving instead of one that cannot be true', () => {
    for (const metadata of [undefined, null, {}, { timestamp: '1e99' }, { timestamp: 'ontem' }]) {
      expect(parse({ ...entry, metadata })).toMatchObject({ timestamp: receivedAt });
    }
  });

  it('takes no name from one that was removed, whatever stands there', () => {
    const item = parse({ ...entry, action: 'remove', contact: { ...contact, username: 'bia' } });
    expect(item).toMatchObject({ bookName: null });
    expect(item).not.toHaveProperty('username');
  });
});

describe('a twisted entry', () => {
  it.each([
    ['contact-sync-other-type', null],
    ['contact-sync-other-type', 'contact'],
    ['contact-sync-other-type', { ...entry, type: 'group' }],
    ['contact-sync-without-person', { ...entry, contact: null }],
    ['contact-sync-without-person', { ...entry, contact: { full_name: 'Bia' } }],
    // A parent id is for matching: nobody can be written to by it.
    ['contact-sync-without-person', { ...entry, contact: { parent_user_id: 'BR.ENT.1' } }],
    ['contact-sync-without-name', { ...entry, contact: { phone_number: '5521999990000' } }],
    [
      'contact-sync-without-name',
      { ...entry, contact: { ...contact, full_name: ' ', first_name: 1 } },
    ],
    ['contact-sync-action-other', { ...entry, action: undefined }],
    ['contact-sync-action-other', { ...entry, action: 'merge_all' }],
  ])('is counted as %s', (name, value) => {
    expect(parse(value)).toEqual({ type: 'counted', workspaceId: 'w', channelId: 'c', name });
  });

  it('never throws, and what it becomes can be stored', () => {
    const any = fc.anything();
    const text = fc.oneof(any, fc.string({ unit: 'binary' }), fc.constant('5521999990000'));
    const shape = fc.record(
      {
        type: fc.oneof(fc.constant('contact'), any),
        action: fc.oneof(fc.constantFrom('add', 'remove'), any),
        metadata: fc.oneof(any, fc.record({ timestamp: text })),
        contact: fc.record(
          {
            full_name: text,
            first_name: text,
            phone_number: text,
            user_id: text,
            parent_user_id: text,
            username: text,
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(shape, any), (value) => {
        const item = parse(value);
        expect(['contact-sync', 'counted']).toContain(item.type);
        if (item.type === 'contact-sync') {
          expect((item.person.phone ?? item.person.bsuid ?? '').length).toBeGreaterThan(0);
          for (const name of [item.bookName ?? 'x', item.username ?? 'x']) {
            expect(name.length).toBeLessThanOrEqual(200);
            expect(name.isWellFormed() && !name.includes('\0')).toBe(true);
          }
          expect(Number.isInteger(item.timestamp)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
