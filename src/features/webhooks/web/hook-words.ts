import { useTranslation } from 'react-i18next';
import type { Attempt, WebhookDelivery, WebhookEventType } from '../contract.ts';

/** Written again: the contract's own lists would bring its schemas along. */
export const eventTypes = [
  'contact.blocked',
  'contact.unblocked',
  'block.requested',
  'block.request-decided',
  'message.refused',
  'message.covered',
  'message.restored',
  'message.removed',
] as const satisfies readonly WebhookEventType[];

export const states = [
  'waiting',
  'sending',
  'delivered',
  'failed',
] as const satisfies readonly WebhookDelivery['state'][];

/** The part of an address that tells it from others. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

export function useEventName(): (type: WebhookDelivery['type']) => string {
  const { t } = useTranslation('webhooks');
  return (type) => t(`events.${type}`);
}

/** What a try came to, as a person would say it. */
export function useAttemptWords(): (attempt: Attempt) => string {
  const { t } = useTranslation('webhooks');
  return ({ status, error }) =>
    error === null
      ? t('answered', { status: String(status) })
      : t(`errors.${error}`, { status: String(status) });
}
