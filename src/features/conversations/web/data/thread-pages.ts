import type { Page } from '#platform/web/http.ts';
import type { Message } from '../../contract.ts';

/** Pages as the server gives them: the newest first, each page further back. */
export interface ThreadPages {
  pages: Page<Message>[];
  pageParams: unknown[];
}

const isNewer = (one: Message, other: Message): boolean =>
  one.at > other.at || (one.at === other.at && one.id > other.id);

/** An answer of before the sending may come after the event of the sending: the bubble never falls back to its clock. */
const isBeforeSending = (message: Message): boolean =>
  message.status === 'queued' || message.status === 'sending';

const keepStatus = (known: Message, next: Message): Message =>
  isBeforeSending(next) && !isBeforeSending(known) ? { ...next, status: known.status } : next;

/** What covered media came with was told to this person because they asked; an event for all screens does not tell of it. */
const isToldOf = ({ media }: Message): boolean => media?.isCovered === true && !media.isWithheld;

const keepTold = (known: Message, next: Message): Message => {
  const { media } = next;
  if (!media?.isWithheld || !known.media || !isToldOf(known) || known.editedAt !== next.editedAt) {
    return next;
  }
  const { text, summary, content, referral, linkCard } = known;
  const { fileName, mimeType } = known.media;
  const told = { ...media, fileName, mimeType, isWithheld: false, hasPlaceholder: false };
  return { ...next, text, summary, content, referral, linkCard, media: told };
};

const merge = (known: Message, next: Message): Message => keepTold(known, keepStatus(known, next));

const replace = (data: ThreadPages, message: Message): ThreadPages => ({
  ...data,
  pages: data.pages.map((page) =>
    page.items.some((item) => item.id === message.id)
      ? {
          ...page,
          items: page.items.map((item) => (item.id === message.id ? merge(item, message) : item)),
        }
      : page,
  ),
});

const insert = (data: ThreadPages, message: Message): ThreadPages => {
  const at = data.pages.findIndex((page) => page.items.some((item) => isNewer(message, item)));
  const last = data.pages.length - 1;
  if (at === -1 && data.pages[last]?.nextCursor) return data;
  const target = at === -1 ? last : at;
  const pages = data.pages.map((page, index) => {
    if (index !== target) return page;
    const place = page.items.findIndex((item) => isNewer(message, item));
    const items = [...page.items];
    items.splice(place === -1 ? items.length : place, 0, message);
    return { ...page, items };
  });
  return { ...data, pages };
};

/** As much of a message as the server puts into a quotation. */
const longestQuote = 300;

/** What was edited, taken back or covered is not to be read any longer where it is quoted; what was restored is again. */
const requote = (data: ThreadPages, message: Message): ThreadPages => {
  const { id, text, withheld } = message;
  const isGone = withheld !== null || message.revokedAt !== null;
  // What came with covered media is told at its own place alone.
  const isHidden = message.media?.isCovered === true;
  const now = text === null || isHidden ? null : [...text].slice(0, longestQuote).join('');
  const summary = isHidden ? null : message.summary;
  const isStale = ({ replyTo }: Message): boolean =>
    replyTo?.id === id &&
    (replyTo.text !== now || replyTo.withheld !== withheld || replyTo.summary !== summary);
  if (!data.pages.some((page) => page.items.some(isStale))) return data;
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      items: page.items.map((item) =>
        item.replyTo !== null && isStale(item)
          ? {
              ...item,
              replyTo: {
                ...item.replyTo,
                ...{ text: now, summary, withheld },
                variant: isGone ? null : item.replyTo.variant,
              },
            }
          : item,
      ),
    })),
  };
};

/** A thread after one message came or changed. */
export const patchThread = (data: ThreadPages, message: Message): ThreadPages =>
  requote(
    data.pages.some((page) => page.items.some((item) => item.id === message.id))
      ? replace(data, message)
      : insert(data, message),
    message,
  );

/** The messages as they are read: the oldest first. */
export const inReadingOrder = (data: ThreadPages | undefined): Message[] =>
  (data?.pages ?? []).flatMap((page) => page.items).reverse();
