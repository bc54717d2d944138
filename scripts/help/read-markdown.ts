import MarkdownIt, { type Token } from 'markdown-it';
import type { Article, Block, Inline } from '../../src/features/help/web/article.ts';

/** How an article leads elsewhere. */
export interface Surroundings {
  /** @returns the address of the screens, or undefined for what an article may not lead to */
  readonly addressOf: (href: string) => string | undefined;
  readonly pictureAt: (source: string) => { source: string; width: number; height: number };
  /** The ids of the headings of the second rank, in their order. */
  readonly ids: readonly string[];
}

// Tags are text here, and an address that could be a script is none: the library's own rules.
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });

/** An address without capitals, accents and signs. */
export const idOf = (words: string): string =>
  words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

const wordsOf = (tokens: readonly Token[]): string =>
  tokens.map(({ type, content }) => (type === 'softbreak' ? ' ' : content)).join('');

/** The words of the headings of the second rank. */
export const headingsOf = (source: string): string[] => {
  const tokens = markdown.parse(source, {});
  return tokens.flatMap(({ type, tag }, at) =>
    type === 'heading_open' && tag === 'h2' ? [wordsOf(tokens[at + 1]?.children ?? [])] : [],
  );
};

/** Goes through tokens one after the other; each pair of an opening and a closing one is a call. */
class Reader {
  readonly #tokens: readonly Token[];
  readonly #around: Surroundings;
  readonly #ids: string[];
  #at = 0;

  constructor(tokens: readonly Token[], around: Surroundings) {
    this.#tokens = tokens;
    this.#around = around;
    this.#ids = [...around.ids];
  }

  get idsLeft(): number {
    return this.#ids.length;
  }

  #take(): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Error('it ends in the middle of something');
    this.#at += 1;
    return token;
  }

  /** Everything up to the closing token. */
  blocks(end?: string): Block[] {
    const found: Block[] = [];
    while (this.#at < this.#tokens.length) {
      const token = this.#take();
      if (token.type === end) return found;
      found.push(this.#block(token));
    }
    return found;
  }

  #block(token: Token): Block {
    switch (token.type) {
      case 'heading_open':
        return this.#heading(token.tag);
      case 'paragraph_open':
        return this.#paragraph();
      case 'bullet_list_open':
      case 'ordered_list_open':
        return this.#list(token.type === 'ordered_list_open');
      default:
        throw new Error(`no article may have ${token.type}`);
    }
  }

  #content(end: string): readonly Inline[] {
    const content = this.#inline(this.#take().children ?? []);
    if (this.#take().type !== end) throw new Error(`${end} was expected`);
    return content;
  }

  #heading(tag: string): Block {
    const content = this.#content('heading_close');
    if (tag === 'h3') return { kind: 'subheading', content };
    const id = this.#ids.shift();
    if (tag !== 'h2' || id === undefined) throw new Error(`one ${tag} too many`);
    return { kind: 'heading', id, content };
  }

  #paragraph(): Block {
    const [only, ...others] = this.#tokens[this.#at]?.children ?? [];
    if (only?.type !== 'image' || others.length > 0) {
      return { kind: 'paragraph', content: this.#content('paragraph_close') };
    }
    this.#at += 2;
    const picture = this.#around.pictureAt(String(only.attrGet('src') ?? ''));
    return { kind: 'picture', ...picture, words: wordsOf(only.children ?? []) };
  }

  #list(isOrdered: boolean): Block {
    const items: Block[][] = [];
    while (this.#take().type === 'list_item_open') items.push(this.blocks('list_item_close'));
    if (items.flat().some(({ kind }) => kind === 'picture')) {
      throw new Error('no article may have a picture in a list');
    }
    return { kind: 'list', isOrdered, items };
  }

  #inline(tokens: readonly Token[]): Inline[] {
    const inside: { token: Token; found: Inline[] }[] = [];
    const found: Inline[] = [];
    const put = (one: Inline) => (inside.at(-1)?.found ?? found).push(one);
    for (const token of tokens) {
      if (token.nesting === 1) inside.push({ token, found: [] });
      else if (token.nesting === 0) put(leafOf(token));
      else {
        const closed = inside.pop();
        if (closed) put(this.#spanOf(closed.token, closed.found));
      }
    }
    return found.filter((one) => one !== '');
  }

  #spanOf(token: Token, content: Inline[]): Inline {
    if (token.type === 'strong_open') return { kind: 'strong', content };
    if (token.type === 'em_open') return { kind: 'emphasis', content };
    const href = token.type === 'link_open' ? String(token.attrGet('href') ?? '') : '';
    const to = this.#around.addressOf(href);
    if (to === undefined) throw new Error(`no article may have ${token.type} ${href}`);
    return { kind: 'link', to, content };
  }
}

const leafOf = (token: Token): Inline => {
  switch (token.type) {
    case 'text':
    case 'text_special':
      return token.content;
    case 'softbreak':
      return ' ';
    case 'code_inline':
      return { kind: 'code', text: token.content };
    default:
      throw new Error(`no article may have ${token.type}`);
  }
};

/**
 * An article as the screens draw it: one title, and below it what `Block` knows. Anything else is refused, so that a
 * mistake shows in the build and not on a screen.
 */
export const readMarkdown = (source: string, around: Surroundings): Article => {
  const [open, title, close, ...rest] = markdown.parse(source, {});
  if (open?.tag !== 'h1' || close?.type !== 'heading_close') throw new Error('it has no title');
  const reader = new Reader(rest, around);
  const blocks = reader.blocks();
  if (reader.idsLeft > 0) throw new Error('it has fewer headings than in Portuguese');
  return { title: wordsOf(title?.children ?? []), blocks };
};
