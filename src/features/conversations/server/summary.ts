import type { ContentOf, MessageKind } from '../contract.ts';
import { missingByCode } from '../missing/contract.ts';
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
    case 'flow-reply':
      return textOf(
        content.answers
          .flatMap(({ value }) => (typeof value === 'string' && value !== '' ? [value] : []))
          .slice(0, mostNames)
          .join(' · '),
      );
    case 'template':
      return content.name;
    case 'unsupported':
      return content.type ?? content.reason;
    default:
      return null;
  }
};

/** Of which sort it is within its kind, for the words of the screen; null where the kind says it all. */
export const variantOf = (kind: MessageKind, payload: Payload): string | null => {
  const content = contentOf(kind, payload);
  switch (content?.kind) {
    case 'call':
      return content.outcome ?? content.state;
    case 'call-permission':
      return `call-permission-${content.answer ?? 'unknown'}`;
    case 'unsupported':
      return oddOf(content);
    default:
      return null;
  }
};

/** What WhatsApp calls it; of what it did hand on, and we cannot show, why not. */
const oddOf = ({ code, reason, type }: ContentOf<'unsupported'>): string | null => {
  if (reason === 'unknown-type' || reason === 'malformed') {
    return reason;
  }
  return (code === null ? undefined : missingByCode[code]) ?? type;
};
