import type { Page } from '#platform/web/http.ts';
import type { Conversation, FoundMessage, Message, Withheld } from '../../contract.ts';
import type { ListPages } from './list-pages.ts';
import type { ThreadPages } from './thread-pages.ts';

export type WithheldWhy = NonNullable<Withheld>;

/** By their ids, the messages of which nothing may be read here any longer. */
export type WithheldIds = ReadonlyMap<string, WithheldWhy>;

/** A message without anything that it said, as the server tells of it from now on. */
export const withoutContent = (message: Message, withheld: WithheldWhy): Message => {
  const { error: _reason, ...rest } = message;
  return {
    ...rest,
    withheld,
    text: null,
    summary: null,
    replyTo: null,
    media: null,
    content: null,
    referral: null,
    linkCard: null,
    template: null,
    reactions: [],
  };
};

type Quoted = NonNullable<Message['replyTo']>;

/** What an answer quotes, without anything that it said. */
export const quoteWithout = (quoted: Quoted, withheld: WithheldWhy): Quoted => ({
  ...quoted,
  ...{ text: null, summary: null, variant: null },
  withheld,
});

/**
 * What one line says of a message without its words, because nobody here knows any longer whether it may be read. Text
 * without words is empty; null would be a text that the person took back.
 */
export const kindOnly = <Said extends Pick<Quoted, 'type' | 'text' | 'summary' | 'variant'>>(
  said: Said,
): Said => ({
  ...said,
  text: said.type === 'text' && said.text !== null ? '' : null,
  summary: null,
  variant: null,
});

/** A conversation of which one knows no longer whether its last words may be read. */
export const kindOnlyLast = (conversation: Conversation): Conversation => {
  const { lastMessage: last, lastReaction: reaction } = conversation;
  return {
    ...conversation,
    lastMessage: last && kindOnly(last),
    lastReaction: reaction && { ...reaction, to: kindOnly(reaction.to) },
  };
};

/** It is so already; and what was removed is not covered any more, whichever of the two is told last. */
const isSo = (now: Withheld, why: WithheldWhy): boolean => now === why || now === 'removed';

const withoutQuote = (message: Message, ids: WithheldIds): Message => {
  const quoted = message.replyTo;
  const why = quoted?.id ? ids.get(quoted.id) : undefined;
  if (
    !quoted ||
    !why ||
    (quoted.text === null && quoted.summary === null && isSo(quoted.withheld, why))
  )
    return message;
  return { ...message, replyTo: quoteWithout(quoted, why) };
};

/** One message, itself and what it quotes; the same object when nothing of it is meant. */
export const withholdMessage = (message: Message, ids: WithheldIds): Message => {
  const why = ids.get(message.id);
  if (!why) return withoutQuote(message, ids);
  const isEmpty = message.text === null && message.media === null;
  return isEmpty && isSo(message.withheld, why) ? message : withoutContent(message, why);
};

/** A list of messages; the same array when nothing of it is meant. */
export const withholdMessages = (messages: Message[], ids: WithheldIds): Message[] => {
  const next = messages.map((message) => withholdMessage(message, ids));
  return next.some((message, at) => message !== messages[at]) ? next : messages;
};

const patchPages = <Item, Pages extends { pages: Page<Item>[] }>(
  data: Pages,
  patch: (items: Item[]) => Item[],
): Pages => {
  const pages = data.pages.map((page) => {
    const items = patch(page.items);
    return items === page.items ? page : { ...page, items };
  });
  return pages.some((page, at) => page !== data.pages[at]) ? { ...data, pages } : data;
};

export const withholdInThread = (data: ThreadPages, ids: WithheldIds): ThreadPages =>
  patchPages<Message, ThreadPages>(data, (items) => withholdMessages(items, ids));

/** A conversation whose last message is meant says so, and nothing else of it. */
export const withholdLast = (before: Conversation, ids: WithheldIds): Conversation => {
  const reacted = before.lastReaction;
  const conversation =
    reacted && ids.has(reacted.to.id) ? { ...before, lastReaction: null } : before;
  const last = conversation.lastMessage;
  const why = last ? ids.get(last.id) : undefined;
  if (!last || !why || isSo(last.withheld, why)) return conversation;
  const nothing = { text: null, summary: null, variant: null };
  return { ...conversation, lastMessage: { ...last, ...nothing, withheld: why } };
};

export const withholdInList = (data: ListPages, ids: WithheldIds): ListPages =>
  patchPages<Conversation, ListPages>(data, (items) => {
    const next = items.map((conversation) => withholdLast(conversation, ids));
    return next.some((conversation, at) => conversation !== items[at]) ? next : items;
  });

export interface FoundPages {
  pages: Page<FoundMessage>[];
  pageParams: unknown[];
}

/** What a search has found and may no longer say. */
export const dropFound = (data: FoundPages, ids: WithheldIds): FoundPages =>
  patchPages<FoundMessage, FoundPages>(data, (items) =>
    items.some(({ id }) => ids.has(id)) ? items.filter(({ id }) => !ids.has(id)) : items,
  );

/** The last message of a list's row after it was restored. */
const lastOf = (message: Message): Conversation['lastMessage'] => ({
  id: message.id,
  direction: message.direction,
  type: message.type,
  text: message.media?.isCovered ? null : message.text,
  status: message.status,
  at: message.at,
  summary: message.media?.isCovered ? null : message.summary,
  // Told with the conversation, which is read again.
  variant: null,
  isRevoked: message.revokedAt !== null,
  withheld: message.withheld,
  isMediaCovered: message.media?.isCovered === true,
});

/** What was covered in a list and is not any more is read there again. */
export const restoreLast = (conversation: Conversation, message: Message): Conversation =>
  conversation.lastMessage?.id === message.id &&
  conversation.lastMessage.withheld !== null &&
  message.withheld === null
    ? { ...conversation, lastMessage: lastOf(message) }
    : conversation;

export const restoreInList = (data: ListPages, message: Message): ListPages =>
  patchPages<Conversation, ListPages>(data, (items) => {
    const next = items.map((conversation) => restoreLast(conversation, message));
    return next.some((conversation, at) => conversation !== items[at]) ? next : items;
  });
