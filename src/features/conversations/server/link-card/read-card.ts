import { Parser } from 'htmlparser2';
import type { LinkCard } from '../../contract.ts';
import type { Page } from './fetch-page.ts';

const titleKeys = ['og:title', 'twitter:title'];
const descriptionKeys = ['og:description', 'twitter:description', 'description'];

/** One line, without what would steer a screen, cut between letters. */
const tidy = (text: string | undefined, most: number): string | null => {
  const line = (text ?? '')
    .replace(/[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\s]+/gu, ' ')
    .trim();
  const letters = [...line];
  const cut = letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : line;
  return cut === '' ? null : cut;
};

/** What the page tells of itself, by key; its own title under `title`. */
const readFacts = (html: string): Map<string, string> => {
  const facts = new Map<string, string>();
  let title: string | undefined;
  let isInTitle = false;
  const parser = new Parser({
    onopentag: (name, attributes) => {
      isInTitle = name === 'title' && !facts.has('title');
      const key = (attributes['property'] ?? attributes['name'] ?? '').toLowerCase();
      const content = attributes['content'];
      if (name === 'meta' && content !== undefined && !facts.has(key)) {
        facts.set(key, content);
      }
    },
    ontext: (text) => {
      if (isInTitle) {
        title = (title ?? '') + text;
      }
    },
    onclosetag: (name) => {
      if (name === 'title' && title !== undefined && !facts.has('title')) {
        facts.set('title', title);
      }
      isInTitle = false;
    },
  });
  parser.end(html);
  return facts;
};

/** @returns undefined for a page that does not say what it is */
export const readCard = (link: string, { html, host }: Page): LinkCard | undefined => {
  const facts = readFacts(html);
  const first = (keys: readonly string[], most: number): string | null => {
    for (const key of keys) {
      const found = tidy(facts.get(key), most);
      if (found !== null) {
        return found;
      }
    }
    return null;
  };
  const title = first([...titleKeys, 'title'], 200);
  return title === null
    ? undefined
    : {
        url: link,
        title,
        description: first(descriptionKeys, 300),
        siteName: first(['og:site_name'], 80) ?? host,
      };
};
