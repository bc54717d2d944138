import { firstErrorCode } from './parse-context.ts';
import { asInteger, asList, asWire, type Wire } from './wire.ts';

/** How far an import is, by WhatsApp's own count; or that the business shares no history. */
export type HistoryNews =
  | { readonly kind: 'progress'; readonly phase: number; readonly progress: number }
  | { readonly kind: 'declined' };

const declinedCode = 2_593_109;
const phases = 2;

const newsOf = (chunk: Wire): HistoryNews | undefined => {
  if (firstErrorCode(chunk) === declinedCode) {
    return { kind: 'declined' };
  }
  const told = asWire(chunk['metadata']);
  const progress = asInteger(told['progress']);
  const phase = asInteger(told['phase']);
  const isTrue =
    progress !== undefined &&
    phase !== undefined &&
    progress >= 0 &&
    progress <= 100 &&
    phase >= 0 &&
    phase <= phases;
  return isTrue ? { kind: 'progress', phase, progress } : undefined;
};

/** What the chunks of a change tell of the import itself (docs/whatsapp-cloud-api.md, 5.4). Pure, never throws. */
export const readHistoryNews = (value: Wire): HistoryNews[] =>
  asList(value['history']).flatMap((chunk) => newsOf(asWire(chunk)) ?? []);
