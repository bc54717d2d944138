import { describe, expect, it } from 'vitest';
import { cutOffOf } from './cut-off.ts';
import { readAccountNews } from './read-account-news.ts';

const at = (second: number): Date => new Date(1_793_600_000_000 + second * 1000);
const never = {
  ...{ partnerRemovedAt: null, offboardedAt: null, reconnectedAt: null },
  ...{ checkedAt: null, lastWrittenAt: null },
};
const kindOf = (row: Partial<Parameters<typeof cutOffOf>[0]>) =>
  cutOffOf({ ...never, ...row })?.kind ?? null;

describe('a number that WhatsApp said is cut off', () => {
  const removed = { partnerRemovedAt: at(10) };
  const off = { offboardedAt: at(10) };

  it.each([
    ['nothing was told', {}, null],
    ['an app lost its access', removed, 'partner-removed'],
    ['it was taken off the API', off, 'offboarded'],
    ['both: the later counts', { ...removed, offboardedAt: at(11) }, 'offboarded'],
    ['it is back', { ...removed, ...off, reconnectedAt: at(11) }, null],
    ['it was back before', { ...off, reconnectedAt: at(9) }, 'offboarded'],
    ['somebody wrote after it', { ...removed, ...off, lastWrittenAt: at(11) }, null],
    ['somebody wrote before it', { ...off, lastWrittenAt: at(9) }, 'offboarded'],
    ['a check found all well', { ...removed, checkedAt: at(11) }, null],
    ['a check of the same second', { ...removed, checkedAt: at(10.9) }, 'partner-removed'],
    // The Graph answers as ever while a number is off the API.
    ['a check, while it is off the API', { ...off, checkedAt: at(20) }, 'offboarded'],
  ])('%s', (_name, row, expected) => {
    expect(kindOf(row)).toBe(expected);
  });
});

describe('news of an account', () => {
  const receivedAt = 1_793_600_100;
  const read = (value: object, time?: unknown) =>
    readAccountNews(value as Record<string, unknown>, time, receivedAt);

  it('have the time of WhatsApp, and that of receiving where it cannot be true', () => {
    const value = { event: 'ACCOUNT_OFFBOARDED' };
    const told = { kind: 'offboarded', phone: null };
    expect(read(value, 1_793_600_000)).toEqual({ ...told, at: at(0) });
    for (const time of [undefined, receivedAt + 60, receivedAt * 1000, 'x', {}]) {
      expect(read(value, time)).toEqual({ ...told, at: at(100) });
    }
  });

  it('name a phone or none, and are of three kinds', () => {
    const value = { event: 'PARTNER_REMOVED', phone_number: '+55 11 90000-0000' };
    expect(read(value)).toMatchObject({ kind: 'partner-removed', phone: '5511900000000' });
    expect(read({ event: 'ACCOUNT_RECONNECTED' })).toMatchObject({ kind: 'reconnected' });
    for (const event of ['VERIFIED_ACCOUNT', 'toString', undefined, {}]) {
      expect(read({ event })).toBeUndefined();
    }
  });
});
