import { afterEach, expect, it, vi } from 'vitest';
import type { Template } from '#features/templates/contract.ts';
import { readReadyTemplates } from './api.ts';

const aTemplate = (name: string, gaps: number): Template => ({
  id: name,
  name,
  language: 'pt_BR',
  category: 'utility',
  status: 'approved',
  quality: 'unknown',
  isSendable: true,
  format: 'positional',
  header: { kind: 'none', text: '', placeholders: [] },
  body: {
    text: 'Oi',
    placeholders: Array.from({ length: gaps }, (_, n) => ({ name: `${n + 1}`, example: null })),
  },
  footer: null,
  buttons: [],
});

/** An account whose first templates have gaps, in pages as the server gives them. */
const account = (withGaps: number, without: number) => {
  const all = [
    ...Array.from({ length: withGaps }, (_, n) => aTemplate(`a${n}`, 1)),
    ...Array.from({ length: without }, (_, n) => aTemplate(`b${n}`, 0)),
  ];
  const asked: number[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    const from = Number(new URL(path, 'http://localhost').searchParams.get('cursor') ?? '0');
    asked.push(from);
    const next = from + 100;
    const nextCursor = next < all.length ? String(next) : null;
    return Response.json({ items: all.slice(from, next), nextCursor });
  });
  return asked;
};

const read = async () => {
  const found = await readReadyTemplates('c-1', AbortSignal.timeout(1_000));
  return found.map(({ name }) => name);
};

afterEach(() => vi.unstubAllGlobals());

it('finds what can go as it is behind the first hundred', async () => {
  account(250, 1);
  expect(await read()).toEqual(['b0']);
});

it('does not read thousands when there is enough to choose from', async () => {
  const asked = account(0, 1_000);
  expect(await read()).toHaveLength(100);
  expect(asked).toEqual([0]);
});

it('ends where there is none', async () => {
  account(150, 0);
  expect(await read()).toEqual([]);
});
