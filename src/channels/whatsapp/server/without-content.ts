import type { InboundItem } from '../../channel.ts';

const causeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown';

/**
 * What is stored of an item that the database refuses even alone (gate.md, poison items): of a message that it came,
 * from whom and when, and the kind of failure; nothing it said. Of anything else only that it came, in a counter.
 */
export const withoutContent = (item: InboundItem, error: unknown): InboundItem => {
  if (item.type === 'message') {
    const payload = { reason: 'not-storable', cause: causeOf(error) };
    return { ...item, names: {}, content: { kind: 'unsupported', payload } };
  }
  const { workspaceId, channelId } = item;
  return { type: 'counted', workspaceId, channelId, name: `not-storable-${item.type}` };
};
