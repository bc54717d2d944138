import type { ContentOf, MessageKind } from '../contract.ts';
import { contentOf } from './content-of.ts';
import type { Payload } from './read-payload.ts';

const lines = (...all: readonly (string | null)[]): string =>
  all.filter((line) => line !== null && line !== '').join('\n');

const item = (title: string, description: string | null = null): string =>
  `• ${title}${description === null ? '' : ` – ${description}`}`;

const orderLine = ({
  productId,
  quantity,
  price,
  currency,
}: ContentOf<'order'>['items'][number]): string => {
  const name = [quantity === null ? null : `${quantity} ×`, productId]
    .filter((part) => part !== null)
    .join(' ');
  return item(
    name === '' ? '—' : name,
    price === null ? null : `${price}${currency === null ? '' : ` ${currency}`}`,
  );
};

/** Yes and no are signs: a copy is read by somebody whose language is not known here. */
const answerLine = ({ label, value }: ContentOf<'flow-reply'>['answers'][number]): string => {
  const said = typeof value === 'string' ? value : value ? '✓' : '✗';
  return label === null ? said : `${label}: ${said}`;
};

/**
 * What is sent on of a message that WhatsApp can only send as an answer, or that belongs to its own number (decision 0044): its
 * words, as they stand on the screen. Pure.
 * @returns null for what has no words of its own
 */
export const textToForward = (
  kind: MessageKind,
  text: string | null,
  payload: Payload,
): string | null => {
  const content = contentOf(kind, payload);
  switch (content?.kind) {
    case 'buttons':
      return lines(
        content.header,
        text,
        content.footer,
        ...content.buttons.map(({ title }) => item(title)),
      );
    case 'list':
      return lines(
        content.header,
        text,
        content.footer,
        ...content.sections.flatMap(({ title, rows }) => [
          title,
          ...rows.map((row) => item(row.title, row.description)),
        ]),
      );
    case 'list-reply':
      return lines(text, content.description);
    case 'button-reply':
      return text;
    case 'flow-reply':
      return content.answers.length > 0 ? lines(...content.answers.map(answerLine)) : text;
    case 'order':
      return lines(text, ...content.items.map(orderLine));
    default:
      // Of a template its body alone: the template belongs to its own number, and its gaps were filled for one person.
      return kind === 'text' || kind === 'template' || kind === 'interactive' ? text : null;
  }
};
