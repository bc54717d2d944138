import en from 'emojibase-data/en/data.json?url';
import enNames from 'emojibase-data/en/messages.json?url';
import es from 'emojibase-data/es/data.json?url';
import esNames from 'emojibase-data/es/messages.json?url';
import pt from 'emojibase-data/pt/data.json?url';
import ptNames from 'emojibase-data/pt/messages.json?url';
import type { EmojiDataResolver } from 'frimousse';

/** The files come from this server; nothing is asked of anybody else. */
const files: Record<string, readonly [data: string, names: string]> = {
  pt: [pt, ptNames],
  en: [en, enNames],
  es: [es, esNames],
};

interface RawEmoji {
  emoji: string;
  label: string;
  group?: number;
  order?: number;
  version: number;
  tags?: string[];
}

interface RawNames {
  groups: { message: string; order: number }[];
  skinTones: { key: string; message: string }[];
}

/** Pieces that only make sense inside another emoji. */
const componentGroup = 2;
/** Newer ones are not yet in the fonts of the phones people have. */
const newestVersion = 15;

const toneOf = (names: RawNames, key: string): string =>
  names.skinTones.find((tone) => tone.key === key)?.message ?? key;

async function readJson<T>(url: string, signal: AbortSignal | undefined): Promise<T> {
  const response = await fetch(url, signal ? { signal } : {});
  if (!response.ok) throw new Error(`emoji data: HTTP ${response.status}`);
  return (await response.json()) as T;
}

export const resolveEmojiData: EmojiDataResolver = async (locale, { signal }) => {
  const [dataUrl, namesUrl] = files[locale] ?? [pt, ptNames];
  const [emojis, names] = await Promise.all([
    readJson<RawEmoji[]>(dataUrl, signal),
    readJson<RawNames>(namesUrl, signal),
  ]);
  return {
    locale,
    emojis: emojis
      .filter(
        ({ group, version }) =>
          group !== undefined && group !== componentGroup && version <= newestVersion,
      )
      .sort((one, other) => (one.order ?? 0) - (other.order ?? 0))
      .map(({ emoji, label, group, version, tags }) => ({
        emoji,
        label,
        version,
        category: group ?? 0,
        tags: tags ?? [],
      })),
    categories: names.groups
      .filter(({ order }) => order !== componentGroup)
      .map(({ order, message }) => ({ index: order, label: message })),
    skinTones: {
      dark: toneOf(names, 'dark'),
      light: toneOf(names, 'light'),
      medium: toneOf(names, 'medium'),
      'medium-dark': toneOf(names, 'medium-dark'),
      'medium-light': toneOf(names, 'medium-light'),
    },
  };
};
