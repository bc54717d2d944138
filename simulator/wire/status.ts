import { contactOf, phoneField, recipientFields, type Sender } from './sender.ts';

export type StatusName = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

export interface StatusDraft {
  id: string;
  status: StatusName;
  timestamp: number;
  callbackData: string | null;
  error: { code: number; title: string; details: string } | null;
  /** Price category of a template. */
  category?: string | null;
  withContacts: boolean;
  /** Laid over the finished status object. */
  raw?: Record<string, unknown>;
}

const HREF = 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/';

/** `value` of a status webhook. A failed one names less: no contacts, no BSUID beside a phone. */
export function buildStatusValue(draft: StatusDraft, sender: Sender): Record<string, unknown> {
  const isFailed = draft.status === 'failed';
  const phone = phoneField('recipient_id', sender);
  const isPhoneShown = (phone['recipient_id'] ?? '') !== '';
  const recipient = isFailed && isPhoneShown ? phone : recipientFields(sender);
  const callback =
    draft.callbackData === null ? {} : { biz_opaque_callback_data: draft.callbackData };
  const status = {
    id: draft.id,
    status: draft.status,
    timestamp: String(draft.timestamp),
    ...recipient,
    ...callback,
    ...(draft.status === 'sent' || draft.status === 'delivered'
      ? { pricing: pricingOf(draft) }
      : {}),
    ...(draft.error === null ? {} : { errors: [errorItem(draft.error)] }),
    ...draft.raw,
  };
  const contacts = isFailed || !draft.withContacts ? {} : { contacts: [contactOf(sender)] };
  return { ...contacts, statuses: [status] };
}

function pricingOf({ category }: StatusDraft): Record<string, unknown> {
  return typeof category === 'string'
    ? { billable: true, pricing_model: 'PMP', type: 'regular', category }
    : {
        billable: false,
        pricing_model: 'PMP',
        type: 'free_customer_service',
        category: 'service',
      };
}

function errorItem(error: { code: number; title: string; details: string }) {
  return {
    code: error.code,
    title: error.title,
    message: error.title,
    error_data: { details: error.details },
    href: HREF,
  };
}
