import type { OutboundItem, SendOutcome } from '../../channel.ts';
import { type GraphAnswer, type GraphError, readGraphError } from './graph-client.ts';
import { graphErrorClass, isPaceCode, retryDelayMs } from './graph-error-codes.ts';
import { asId, asList, asPhone, asWire, type Wire } from './wire.ts';

const unknown: SendOutcome = { kind: 'unknown' };

/** Our own word where the product has one; the number otherwise. */
const codeName = (code: number): string => (code === 131047 ? 'window-closed' : `whatsapp-${code}`);

/** By column R of the API sheet, 2.9. A code it does not know says no, unless it calls itself transient. */
export const outcomeOfError = (
  error: GraphError,
  attempt: number,
): Extract<SendOutcome, { kind: 'retry' | 'refused' }> => {
  const known = graphErrorClass(error.code);
  const isWorthRepeating =
    known === undefined ? error.isTransient : known === 'retry' || known === 'wait';
  return isWorthRepeating
    ? {
        kind: 'retry',
        code: codeName(error.code),
        afterMs: retryDelayMs(error.code, attempt),
        ...(isPaceCode(error.code) && { isPace: true }),
      }
    : { kind: 'refused', code: codeName(error.code) };
};

const acceptedSend = (body: Wire): SendOutcome => {
  const externalId = asId(asWire(asList(body['messages'])[0])['id']);
  if (externalId === undefined) {
    return unknown;
  }
  const resolvedPhone = asPhone(asWire(asList(body['contacts'])[0])['wa_id']);
  return {
    kind: 'accepted',
    externalId,
    ...(resolvedPhone === undefined ? {} : { resolvedPhone }),
  };
};

/**
 * Without an error of the Graph's own: something in between answered. A 5xx or a time-out may hide that the message
 * went out; the others tell that the request was not taken.
 */
const outcomeOfStatus = (status: number, attempt: number): SendOutcome => {
  if (status === 429) {
    const afterMs = retryDelayMs(4, attempt);
    return { kind: 'retry', code: 'whatsapp-http-429', afterMs, isPace: true };
  }
  return status >= 300 && status < 500 && status !== 408
    ? { kind: 'refused', code: `whatsapp-http-${status}` }
    : unknown;
};

/** @param attempt tries that went before */
export const outcomeOf = (
  answer: GraphAnswer,
  kind: OutboundItem['content']['kind'],
  attempt: number,
): SendOutcome => {
  switch (answer.kind) {
    case 'unreachable':
      return { kind: 'retry', code: 'network-unreachable', afterMs: retryDelayMs(null, attempt) };
    case 'lost':
      return unknown;
    case 'unreadable':
      return outcomeOfStatus(answer.status, attempt);
    case 'answer': {
      const error = readGraphError(answer.body);
      if (error !== undefined) {
        return outcomeOfError(error, attempt);
      }
      if (answer.status !== 200) {
        return outcomeOfStatus(answer.status, attempt);
      }
      const isRead = kind === 'read' && answer.body['success'] === true;
      return isRead ? { kind: 'accepted', externalId: null } : acceptedSend(answer.body);
    }
  }
};
