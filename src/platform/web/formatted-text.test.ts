import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import { FormattedText } from './formatted-text.tsx';

/** Where two texts stand side by side, React writes a comment between them. */
const draw = (text: string): string => renderToString(createElement(FormattedText, { text }));

it.each([
  ['um\ndois\n\ntrês', 'um\ndois\n\ntrês'],
  ['um\n*dois*\n\ntrês', 'um\n<strong>dois</strong>\n\ntrês'],
  ['- a\n- b *c* d', '<ul class="list-disc pl-6"><li>a</li><li>b <strong>c</strong> d</li></ul>'],
])('draws text beside text as one: %j', (text, drawn) => {
  expect(draw(text)).toBe(drawn);
});

it('draws a text of a thousand lines as one', () => {
  expect(draw('linha\n'.repeat(1000))).toBe('linha\n'.repeat(1000));
});
