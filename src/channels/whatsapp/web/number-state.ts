import type { WhatsAppNumber } from '../contract.ts';

export type NumberState =
  | 'ok'
  | 'waiting'
  | 'signature'
  | 'cut-off'
  | 'unreadable'
  | 'disconnected';

/** The one word for a number: what is worst of it. */
export const stateOf = (number: WhatsAppNumber): NumberState => {
  if (number.disconnectedAt !== null) return 'disconnected';
  if (!number.hasReadableSecrets) return 'unreadable';
  if (number.cutOff !== null) return 'cut-off';
  const { lastAt } = number.signatureFailures;
  if (lastAt !== null && lastAt > (number.lastWebhookAt ?? '')) return 'signature';
  return number.lastWebhookAt === null ? 'waiting' : 'ok';
};

export const toneOf: Record<NumberState, 'neutral' | 'accent' | 'amber'> = {
  ok: 'accent',
  waiting: 'neutral',
  signature: 'amber',
  'cut-off': 'amber',
  unreadable: 'amber',
  disconnected: 'neutral',
};

const fresh = new Map<string, string>();

/** A verify token is stored sealed and never told again: this page alone knows one that was just made. */
export const freshToken = {
  of: (id: string): string | undefined => fresh.get(id),
  keep: (id: string, token: string): void => {
    fresh.set(id, token);
  },
};

/** Letters and digits that nobody can guess and everybody can copy. */
export const newVerifyToken = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
