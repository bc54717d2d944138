import type { Card } from './card.ts';

export type Ticks = 'pending' | 'sent' | 'delivered' | 'read' | 'none';

/** One line on a person's phone. */
export interface ThreadItem {
  /** WhatsApp's message id, the one the business knows too. */
  id: string;
  channel: string;
  side: 'person' | 'business' | 'system';
  kind: string;
  text: string;
  card: Card | null;
  at: number;
  ticks: Ticks;
  quotedText: string | null;
  reaction: string | null;
  edited: boolean;
  deleted: boolean;
}

const LIMIT = 300;

const WORDS: Record<string, string> = {
  image: 'Foto',
  video: 'Vídeo',
  audio: 'Áudio',
  document: 'Documento',
  sticker: 'Figurinha',
  location: 'Localização',
  contacts: 'Contato',
};

/** A line as a reply quotes it: its words, or what it is. */
export function quoteOf(item: ThreadItem | undefined): string | null {
  if (item === undefined) return null;
  return item.text === '' ? (WORDS[item.kind] ?? item.kind) : item.text;
}

/** What a person sees on the phone, oldest first. */
export class Thread {
  #items: ThreadItem[] = [];
  #byId = new Map<string, ThreadItem>();

  list(last = LIMIT): ThreadItem[] {
    return this.#items.slice(-last);
  }

  get(id: string): ThreadItem | undefined {
    return this.#byId.get(id);
  }

  add(draft: Pick<ThreadItem, 'id' | 'channel' | 'side' | 'kind' | 'text'> & Partial<ThreadItem>) {
    const item: ThreadItem = {
      at: Date.now(),
      ticks: 'none',
      card: null,
      quotedText: null,
      reaction: null,
      edited: false,
      deleted: false,
      ...draft,
    };
    this.#items.push(item);
    this.#byId.set(item.id, item);
    while (this.#items.length > LIMIT) {
      const gone = this.#items.shift();
      if (gone !== undefined) this.#byId.delete(gone.id);
    }
    return item;
  }

  /** Ticks of the person's own messages up to this one turn to read. */
  readUpTo(messageId: string, channel: string): void {
    const last = this.#items.findIndex((item) => item.id === messageId);
    for (const item of this.#items.slice(0, last + 1)) {
      const isMine = item.side === 'person' && item.channel === channel;
      if (isMine && item.ticks === 'delivered') item.ticks = 'read';
    }
    const target = this.#byId.get(messageId);
    if (target?.side === 'person' && target.ticks !== 'pending') target.ticks = 'read';
  }
}
