import { plainText } from '#platform/web/plain-text.ts';
import type { Article, Block, Inline } from './article.ts';

const wordsOf = (content: readonly Inline[]): string =>
  content
    .map((one) => {
      if (typeof one === 'string') return one;
      return one.kind === 'code' ? one.text : wordsOf(one.content);
    })
    .join('');

const textOf = (block: Block): string => {
  if (block.kind === 'picture') return block.words;
  if (block.kind === 'list') return block.items.flat().map(textOf).join('\n');
  return wordsOf(block.content);
};

export interface Section {
  /** Null: what stands above the first heading. */
  readonly id: string | null;
  readonly title: string;
  readonly text: string;
}

/** An article in its parts, as far as words go. */
export const sectionsOf = ({ title, blocks }: Article): Section[] => {
  const sections: { id: string | null; title: string; text: string }[] = [
    { id: null, title, text: '' },
  ];
  for (const block of blocks) {
    const last = sections.at(-1);
    if (block.kind === 'heading') {
      sections.push({ id: block.id, title: wordsOf(block.content), text: '' });
    } else if (last) last.text += `${textOf(block)}\n`;
  }
  return sections;
};

/** The first paragraph: what an article is about. */
export const leadOf = ({ blocks }: Article): string => {
  const first = blocks.find(({ kind }) => kind === 'paragraph');
  return first ? textOf(first) : '';
};

/** The words of a search, as they are compared. */
export const wantedOf = (typed: string): string[] =>
  plainText(typed)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

const hasAll = (text: string, wanted: readonly string[]): boolean => {
  const plain = plainText(text);
  return wanted.every((word) => plain.includes(word));
};

/**
 * Where an article speaks of all that is wanted: its parts that have every word themselves, or none where only the whole
 * article does. Undefined: it does not. What it recommends at its end is no part of it.
 */
export const findIn = (article: Article, wanted: readonly string[]): Section[] | undefined => {
  const sections = sectionsOf(article).slice(0, -1);
  const whole = sections.map(({ title, text }) => `${title}\n${text}`).join('\n');
  if (!hasAll(whole, wanted)) return undefined;
  return sections.filter(
    ({ id, title, text }) => id !== null && hasAll(`${title}\n${text}`, wanted),
  );
};
