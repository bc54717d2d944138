import { expect, it } from 'vitest';
import { clockText, sizeText, typeLetters } from './file-words.ts';

it('sizes are written as the language writes numbers', () => {
  expect(sizeText(10, 'pt-BR')).toBe('1 kB');
  expect(sizeText(240 * 1024, 'pt-BR')).toBe('240 kB');
  expect(sizeText(1.44 * 1024 * 1024, 'pt-BR')).toBe('1,4 MB');
  expect(sizeText(1.44 * 1024 * 1024, 'en')).toBe('1.4 MB');
});

it('durations are written as clocks', () => {
  expect([0, 7.9, 65, 3723].map(clockText)).toEqual(['0:00', '0:07', '1:05', '1:02:03']);
});

it('a file is known by the end of its name, else by its type', () => {
  expect(typeLetters('nota.pdf', 'application/octet-stream')).toBe('PDF');
  expect(typeLetters('sem nome', 'application/pdf')).toBe('PDF');
  expect(typeLetters(null, 'application/vnd.ms-excel')).toBeNull();
  expect(typeLetters(null, null)).toBeNull();
});
