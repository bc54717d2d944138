import type { MessageKind } from '../contract.ts';

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

const nameOf = (card: unknown): string | null =>
  typeof card === 'object' && card !== null && 'name' in card ? textOf(card.name) : null;

const namesOf = (cards: unknown): string | null =>
  Array.isArray(cards) ? textOf(cards.flatMap((card) => nameOf(card) ?? []).join(', ')) : null;

/**
 * One plain line of facts for kinds that are not shown in full yet; the kind itself is worded by the screen.
 * Payload shapes: channels/whatsapp/README.md.
 */
export const summaryOf = (
  kind: MessageKind,
  payload: Readonly<Record<string, unknown>>,
): string | null => {
  switch (kind) {
    case 'document':
      return textOf(payload['fileName']);
    case 'location':
      return textOf(payload['name']) ?? textOf(payload['address']);
    case 'contacts':
      return namesOf(payload['cards']);
    case 'list-reply':
      return textOf(payload['description']);
    case 'unsupported':
      return textOf(payload['type']) ?? textOf(payload['reason']);
    default:
      return null;
  }
};
