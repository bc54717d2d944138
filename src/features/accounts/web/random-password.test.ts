import { describe, expect, it } from 'vitest';
import { randomPassword } from './random-password.ts';

describe('randomPassword', () => {
  it('is four groups of four, without letters that look alike', () => {
    for (let times = 0; times < 200; times += 1) {
      expect(randomPassword()).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
    }
  });

  it('does not repeat itself', () => {
    const made = new Set(Array.from({ length: 500 }, randomPassword));
    expect(made.size).toBe(500);
  });
});
