import { ana, anaContact, displayNumber, type Json, media } from './messages.ts';

/** Every shape of a status that docs/whatsapp-cloud-api.md 4.6 tells of; id, time and callback data are the test's. */
export interface StatusRow {
  readonly fields: Json;
  /** What stands beside it in `value`: nothing with a failed one. */
  readonly contacts?: readonly Json[];
}

const toAna = { recipient_id: ana.phone, recipient_user_id: ana.bsuid };
const pricing = (type: string, category: string): Json => ({
  billable: type === 'regular',
  pricing_model: 'PMP',
  type,
  category,
});
const withContact = (fields: Json): StatusRow => ({
  fields: { ...toAna, ...fields },
  contacts: [anaContact],
});

/** As on `failed`: no contacts, no BSUID beside a phone. */
export const failedRow = (code: number): StatusRow => ({
  fields: {
    status: 'failed',
    recipient_id: ana.phone,
    errors: [
      {
        code,
        title: 'Message undeliverable',
        message: 'Message undeliverable',
        error_data: { details: 'Details in words that nobody keeps' },
        href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
      },
    ],
  },
});

export const statusRows: Readonly<Record<string, StatusRow>> = {
  sentInFreeEntry: withContact({
    status: 'sent',
    conversation: {
      id: 'c0ffee',
      expiration_timestamp: '1793700000',
      origin: { type: 'referral_conversion' },
    },
    pricing: pricing('free_entry_point', 'referral_conversion'),
  }),
  sentService: withContact({
    status: 'sent',
    pricing: pricing('free_customer_service', 'service'),
  }),
  sentBeforeJuly2025: withContact({
    status: 'sent',
    conversation: { id: 'c0ffee', origin: { type: 'utility' } },
    pricing: { billable: true, pricing_model: 'CBP', category: 'utility' },
  }),
  ...Object.fromEntries(
    [
      ...['authentication', 'authentication-international', 'marketing', 'marketing_lite'],
      ...['referral_conversion', 'service', 'utility'],
    ].map((category) => [
      `delivered ${category}`,
      withContact({ status: 'delivered', pricing: pricing('regular', category) }),
    ]),
  ),
  readWithUsername: withContact({ status: 'read' }),
  played: withContact({ status: 'played' }),
  withoutContacts: { fields: { status: 'read', ...toAna } },
  toHiddenNumber: {
    fields: {
      status: 'delivered',
      recipient_user_id: ana.bsuid,
      recipient_parent_user_id: ana.parentBsuid,
    },
  },
  withIdentityHash: withContact({ status: 'sent', recipient_identity_key_hash: 'aGFzaA==' }),
};

/** Of a group: nobody's own, so no message of ours fares by it. */
export const groupStatus: StatusRow = {
  fields: {
    status: 'delivered',
    recipient_type: 'group',
    recipient_id: 'R3JvdXA=',
    recipient_participant_id: ana.phone,
    recipient_participant_user_id: ana.bsuid,
  },
};

/** Of sections 2.9 and 4.6: what may come with `failed`. */
export const failureCodes = [
  ...[130_403, 130_429, 130_472, 131_000, 131_026, 131_042, 131_047, 131_048, 131_049, 131_051],
  ...[131_053, 131_056, 131_060, 132_001, 137_000],
] as const;

/** The entry of `contacts` with the hash of section 4.4, which only comes while the identity check is on. */
export const contactWithHash: Json = { ...anaContact, identity_key_hash: 'aGFzaA==' };

/** 5.1: the person's number is hidden, so that `to` is missing; `contacts` in newer payloads only. */
export const hiddenEcho = (id: string, timestamp: string): Json => ({
  from: displayNumber,
  to_user_id: ana.bsuid,
  id,
  timestamp,
  type: 'image',
  image: { ...media('image/jpeg'), caption: 'a fachada' },
});

/** 5.2: an edit is an `add`; on `remove` the names are missing. */
export const addressBook: Json = {
  state_sync: [
    {
      type: 'contact',
      contact: {
        full_name: 'Bia Lima',
        first_name: 'Bia',
        phone_number: '5521999990000',
        user_id: 'BR.3004',
        username: 'bia.lima',
      },
      action: 'add',
      metadata: { timestamp: '1793600000' },
    },
    {
      type: 'contact',
      contact: { phone_number: '5521999990000', user_id: 'BR.3004' },
      action: 'remove',
      metadata: { timestamp: '1793600001' },
    },
  ],
};

/** 4.9: marketing messages stopped and resumed. */
export const userPreferences: Json = {
  user_preferences: ['stop', 'resume', 'signup'].map((value) => ({
    wa_id: ana.phone,
    user_id: ana.bsuid,
    detail: 'User changed what it wants',
    category: 'marketing_messages',
    value,
    timestamp: 1_793_600_000,
  })),
};

/** 4.9: everything else that may be subscribed, and that is counted by its name alone. */
export const countedFields = [
  ...['account_alerts', 'account_review_update', 'business_capability_update'],
  ...['phone_number_quality_update', 'phone_number_name_update', 'security', 'flows'],
  ...['group_lifecycle_update', 'group_participants_update', 'group_settings_update'],
  ...['group_status_update', 'business_username_updates', 'business_username_update'],
] as const;

const ofTemplate: Json = {
  message_template_id: 770_000_000_000_001,
  message_template_name: 'retomar_conversa',
  message_template_language: 'pt_BR',
};

/** 4.9: news of templates, which name no number, by field. */
export const templateNews: Readonly<Record<string, Json>> = {
  message_template_status_update: { ...ofTemplate, event: 'APPROVED', reason: 'NONE' },
  message_template_quality_update: {
    ...ofTemplate,
    previous_quality_score: 'GREEN',
    new_quality_score: 'YELLOW',
  },
  message_template_components_update: {
    ...ofTemplate,
    message_template_element: 'Oi, {{1}}',
    message_template_buttons: [{ message_template_button_type: 'URL' }],
  },
  template_category_update: {
    ...ofTemplate,
    previous_category: 'UTILITY',
    new_category: 'MARKETING',
  },
};

/** News of groups, by field: counted. */
export const groupNews: Readonly<Record<string, Json>> = Object.fromEntries(
  ['lifecycle', 'participants', 'settings', 'status'].map((about) => [
    `group_${about}_update`,
    {
      groups: [
        { timestamp: '1793600000', group_id: 'R3JvdXA=', type: `group_${about}`, added: [] },
      ],
    },
  ]),
);
