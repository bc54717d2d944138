import { expect, it } from 'vitest';
import { linkPieces } from './linked-text.tsx';

const links = (text: string) =>
  linkPieces(text)
    .filter((piece) => piece.isLink)
    .map((piece) => piece.text);

it('finds web addresses and leaves the full stop outside', () => {
  expect(links('Veja https://loja.example/p/1?cor=azul. Obrigado!')).toEqual([
    'https://loja.example/p/1?cor=azul',
  ]);
});

it('makes a link of nothing that could run', () => {
  expect(links('javascript:alert(1) data:text/html,oi')).toEqual([]);
});

it('loses no character', () => {
  const text = 'a (https://x.example/y) b https://z.example, c';
  expect(
    linkPieces(text)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text);
});

it('holds up no screen, whatever a stranger writes', () => {
  const begun = performance.now();
  expect(links(`http://a${'.'.repeat(65_000)}b`)).toHaveLength(1);
  expect(performance.now() - begun).toBeLessThan(500);
});
