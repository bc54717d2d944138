import { describe, expect, it } from 'vitest';
import type { Identity } from '../../people/contract.ts';
import { goesBackTo, isSplit } from './split-choice.ts';

const identity = (id: string, more: Partial<Identity> = {}): Identity => ({
  id,
  kind: 'phone',
  maskedValue: '+55 11 ••••-4321',
  isFormer: false,
  firstSeenAt: '2026-11-20T12:00:00.000Z',
  cameFrom: null,
  ...more,
});
const bia = { id: 'contact-bia', name: 'Bia' };
const own = identity('own');
const phone = identity('phone', { cameFrom: bia });
const account = identity('account', { kind: 'bsuid', cameFrom: bia });
const former = identity('former', { isFormer: true });
const chosen = (...ids: string[]) => new Set(ids);

describe('what can be taken out of a contact', () => {
  it('leaves each side somebody who can be written to', () => {
    const all = [own, phone, account, former];
    expect(isSplit(all, chosen())).toBe(false);
    expect(isSplit(all, chosen('own', 'phone', 'account', 'former'))).toBe(false);
    expect(isSplit(all, chosen('former'))).toBe(false);
    expect(isSplit(all, chosen('account'))).toBe(true);
  });

  it('goes back to where it came from when all of it goes, and nothing else', () => {
    const all = [own, phone, account];
    expect(goesBackTo(all, chosen('phone', 'account'))).toEqual(bia);
    expect(goesBackTo(all, chosen('phone'))).toBeNull();
    expect(goesBackTo(all, chosen('own'))).toBeNull();
    expect(goesBackTo(all, chosen('own', 'phone', 'account'))).toBeNull();
    expect(goesBackTo(all, chosen())).toBeNull();
  });
});
