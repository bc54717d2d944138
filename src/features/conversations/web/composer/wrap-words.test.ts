import { expect, it } from 'vitest';
import { wrapWords } from './wrap-words.ts';

/** What is chosen stands between brackets. */
const wrap = (marked: string, sign: string): string => {
  const from = marked.indexOf('[');
  const to = marked.indexOf(']') - 1;
  const next = wrapWords(marked.replace('[', '').replace(']', ''), from, to, sign);
  return `${next.text.slice(0, next.from)}[${next.text.slice(next.from, next.to)}]${next.text.slice(next.to)}`;
};

it.each([
  ['o [pedido] saiu', '*', 'o *[pedido]* saiu'],
  ['o[ pedido ]saiu', '_', 'o _[pedido]_ saiu'],
  ['o *[pedido]* saiu', '*', 'o [pedido] saiu'],
  ['o *[pedido]* saiu', '~', 'o *~[pedido]~* saiu'],
  ['```[npm]```', '```', '[npm]'],
  ['o [*pedido*] saiu', '*', 'o [pedido] saiu'],
  ['o[ *pedido* ]saiu', '*', 'o [pedido] saiu'],
  ['[```npm```]', '```', '[npm]'],
  ['[*um* e *dois*]', '*', '*[*um* e *dois*]*'],
  ['oi [**]', '*', 'oi *[**]*'],
  ['oi [*]', '*', 'oi *[*]*'],
  ['oi []', '*', 'oi *[]*'],
  ['oi *[]*', '*', 'oi **[]**'],
])('%s with %s', (marked, sign, wrapped) => {
  expect(wrap(marked, sign)).toBe(wrapped);
});
