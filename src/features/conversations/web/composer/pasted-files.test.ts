import { expect, it } from 'vitest';
import { pastedFiles } from './pasted-files.ts';

const picture = new File(['x'], 'image.png', { type: 'image/png' });
const names = (texts: Readonly<Record<string, string>>, files: readonly File[] = [picture]) =>
  pastedFiles({
    files,
    types: [...Object.keys(texts), 'Files'],
    getData: (type) => texts[type] ?? '',
  }).map(({ name }) => name);

it('attaches a picture that was copied as one, from a page or by its file', () => {
  expect(names({})).toEqual(['image.png']);
  expect(names({ 'text/html': '<img src="x.png">' })).toEqual(['image.png']);
  expect(names({ 'text/plain': 'image.png' })).toEqual(['image.png']);
});

it('leaves the text of cells to the field: their picture only comes with it', () => {
  expect(names({ 'text/html': '<table></table>', 'text/plain': 'Item\t10' })).toEqual([]);
  const empty = { 'text/html': '<table></table>', 'text/plain': '\t\n' };
  expect(names(empty)).toEqual(['image.png']);
});
