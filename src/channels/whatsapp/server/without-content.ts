import { isDataError, isGateClosedError } from '#platform/server/errors.ts';
import type { CountedItem, InboundItem } from '../../channel.ts';

const causeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown';

const reason = 'not-storable';

const countedAs = ({ workspaceId, channelId }: InboundItem, name: string): CountedItem => ({
  type: 'counted',
  workspaceId,
  channelId,
  name,
});

/**
 * Of a message that it came, from whom and when, and the kind of failure; nothing it said. Of anything else, and of a
 * message whose bare fact is refused too, only that it came.
 */
const withoutContent = (item: InboundItem, error: unknown): InboundItem => {
  if (item.type === 'message' && item.content.payload?.['reason'] !== reason) {
    const payload = { reason, cause: causeOf(error) };
    return { ...item, names: {}, content: { kind: 'unsupported', payload } };
  }
  return countedAs(item, `${reason}-${item.type}`);
};

/**
 * What is stored of an item that the database refuses even alone (gate.md, poison items).
 * @returns undefined when the whole item may still be stored later, or nothing less is left
 */
export const substituteFor = (item: InboundItem, error: unknown): InboundItem | undefined => {
  if (item.type === 'counted') {
    return undefined;
  }
  if (isGateClosedError(error)) {
    // The second wall found a block that the first did not: like all that is dropped, nothing of it is kept. Refused,
    // WhatsApp would bring it for days, and with it all that stands in the same webhook.
    return countedAs(item, 'refused-by-second-wall');
  }
  return isDataError(error) ? withoutContent(item, error) : undefined;
};
