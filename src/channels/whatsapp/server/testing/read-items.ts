import type { InboundItem, MessageItem } from '../../../channel.ts';
import { parseWebhook } from '../parse-webhook.ts';
import { receivedAt } from './messages.ts';

export const channel = { workspaceId: 'w', channelId: 'c' };

export const itemsOf = (body: unknown, of = channel): InboundItem[] =>
  (parseWebhook(body)?.changes ?? []).flatMap((each) => each.toItems(of, receivedAt));

/** @throws when there are none or several */
export const onlyItemOf = (body: unknown): InboundItem => {
  const items = itemsOf(body);
  const [item] = items;
  if (item === undefined || items.length !== 1) {
    throw new Error(`${items.length} items instead of one`);
  }
  return item;
};

/** @throws when it is anything else */
export const onlyMessageOf = (body: unknown): MessageItem => {
  const item = onlyItemOf(body);
  if (item.type !== 'message') {
    throw new Error(`a ${item.type} instead of a message`);
  }
  return item;
};
