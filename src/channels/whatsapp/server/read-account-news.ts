import { readTimestamp } from './parse-context.ts';
import { asPhone, type Wire } from './wire.ts';

const kinds = {
  PARTNER_REMOVED: 'partner-removed',
  ACCOUNT_OFFBOARDED: 'offboarded',
  ACCOUNT_RECONNECTED: 'reconnected',
} as const;

/** Whether we still have access to a business account, and its numbers are on the API. */
export interface AccountNews {
  readonly kind: (typeof kinds)[keyof typeof kinds];
  readonly at: Date;
  /** Of all numbers of the account where it names none. */
  readonly phone: string | null;
}

/**
 * What an `account_update` tells (docs/whatsapp-cloud-api.md 5). Pure, never throws.
 * @param time WhatsApp's own, of the entry: what is told again late must not undo what was told since
 * @param receivedAt seconds since 1970
 */
export const readAccountNews = (
  value: Wire,
  time: unknown,
  receivedAt: number,
): AccountNews | undefined => {
  const event = value['event'];
  if (typeof event !== 'string' || !Object.hasOwn(kinds, event)) {
    return undefined;
  }
  const seconds = Math.min(readTimestamp(time, { receivedAt }), receivedAt);
  const kind = kinds[event as keyof typeof kinds];
  return { kind, at: new Date(seconds * 1000), phone: asPhone(value['phone_number']) ?? null };
};
