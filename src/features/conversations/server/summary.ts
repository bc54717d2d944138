import type { MessageKind } from '../contract.ts';
import { contentOf } from './content-of.ts';
import { type Payload, textOf } from './read-payload.ts';

/** Enough names for one line. */
const mostNames = 5;

/**
 * One plain line of facts for lists and quotations; the kind itself is worded by the screen.
 * Payload shapes: channels/whatsapp/README.md.
 */
export const summaryOf = (kind: MessageKind, payload: Payload): string | null => {
  if (kind === 'document') {
    return textOf(payload['fileName']);
  }
  const content = contentOf(kind, payload);
  switch (content?.kind) {
    case 'location':
      return content.name ?? content.address;
    case 'contacts':
      return textOf(
        content.cards
          .flatMap(({ name }) => name ?? [])
          .slice(0, mostNames)
          .join(', '),
      );
    case 'list-reply':
      return content.description;
    case 'template':
      return content.name;
    case 'unsupported':
      return content.type ?? content.reason;
    default:
      return null;
  }
};
