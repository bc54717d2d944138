import { describe, expect, it } from 'vitest';
import {
  looksLikeApiKey,
  newApiKeyText,
  newResetToken,
  newSetupCode,
  normalizeSetupCode,
} from './key-text.ts';

describe('texts that open doors', () => {
  it('makes keys of one shape, never the same', () => {
    const made = Array.from({ length: 50 }, () => newApiKeyText());
    expect(
      made.every(({ key, prefix }) => looksLikeApiKey(key) && key.startsWith(`${prefix}_`)),
    ).toBe(true);
    expect(new Set(made.map(({ key }) => key)).size).toBe(50);
  });

  it('does not take other texts for keys', () => {
    const { key } = newApiKeyText();
    for (const text of ['', 'grt_', key.slice(0, -1), `${key}a`, ` ${key}`, key.toUpperCase()]) {
      expect(looksLikeApiKey(text)).toBe(false);
    }
  });

  it('makes a set-up code that may be typed carelessly', () => {
    const code = newSetupCode();
    expect(code).toMatch(/^[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){3}$/);
    expect(normalizeSetupCode(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe(
      code.replaceAll('-', ''),
    );
  });

  it('makes reset tokens of 256 bits', () => {
    expect(Buffer.from(newResetToken('workspace'), 'base64url')).toHaveLength(32);
  });
});
