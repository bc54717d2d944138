import { describe, expect, it } from 'vitest';
import { createKeyed } from './keyed-hash.ts';
import { isSealed } from './sealed-text.ts';

const keyed = createKeyed('a secret for tests, of thirty-two characters');
const seal = (text: string, place = 'here') => keyed.seal('channel-secret', text, place);
const unseal = (sealed: string, place = 'here') => keyed.unseal('channel-secret', sealed, place);

describe('a sealed text', () => {
  it.each(['EAAtoken', '', 'ação\0🙂', 'x'.repeat(5_000)])('comes back whole', (text) => {
    const sealed = seal(text);
    expect(isSealed(sealed)).toBe(true);
    expect(sealed).toMatch(/^sealed:v1:[\w-]+$/);
    expect(unseal(sealed)).toBe(text);
  });

  it('does not show the text, and is never the same twice', () => {
    const [one, two] = [seal('EAAtoken'), seal('EAAtoken')];
    expect(one).not.toBe(two);
    expect(Buffer.from(one.slice(10), 'base64url').toString('latin1')).not.toContain('EAAtoken');
  });

  it('opens nowhere but where it was sealed for, and under no other secret', () => {
    const sealed = seal('EAAtoken');
    expect(unseal(sealed, 'elsewhere')).toBeUndefined();
    const other = createKeyed('another secret, also of thirty-two characters');
    expect(other.unseal('channel-secret', sealed, 'here')).toBeUndefined();
  });

  it('that was changed, cut, or never sealed does not open', () => {
    const sealed = seal('EAAtoken');
    const flipped = sealed.slice(0, -1) + (sealed.endsWith('A') ? 'B' : 'A');
    for (const text of [flipped, sealed.slice(0, 40), 'sealed:v1:', 'EAAtoken', '']) {
      expect(unseal(text)).toBeUndefined();
    }
  });
});
