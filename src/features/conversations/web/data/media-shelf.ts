import type { MediaShelf, Message, MessageKind } from '../../contract.ts';
import { patchThread, type ThreadPages } from './thread-pages.ts';

const shelves: Partial<Record<MessageKind, MediaShelf>> = {
  image: 'visual',
  video: 'visual',
  document: 'document',
};

/** Where *Mídia* of its conversation has this message, by the server's rule; null for one that is not there. */
export const shelfOf = ({
  type,
  template,
  direction,
  status,
  revokedAt,
}: Message): MediaShelf | null => {
  if (revokedAt !== null || (direction === 'out' && status === 'failed')) return null;
  const header = template?.header.kind;
  if (type !== 'template') return shelves[type] ?? null;
  return header === 'image' || header === 'video' || header === 'document'
    ? (shelves[header] ?? null)
    : null;
};

/** A shelf after one message came or changed. */
export const patchShelf = (data: ThreadPages, message: Message, shelf: MediaShelf): ThreadPages => {
  if (shelfOf(message) === shelf) return patchThread(data, message);
  const isThere = data.pages.some((page) => page.items.some(({ id }) => id === message.id));
  if (!isThere) return data;
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      items: page.items.filter(({ id }) => id !== message.id),
    })),
  };
};
