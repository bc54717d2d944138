/**
 * Which fields of WhatsApp's webhook are read, in one place: the parser asks it, and the form and the README tell people to
 * subscribe these and no others. One that is not subscribed at Meta never comes, and nothing says so.
 */

/** The news of a template (docs/whatsapp-cloud-api.md 4.9). Each makes the whole list be read again. */
export const templateFields = [
  'message_template_status_update',
  'message_template_quality_update',
  'message_template_components_update',
  'template_category_update',
] as const;

/** About a number: its messages, calls, and what its phone app tells. */
export const numberFields = [
  'messages',
  // While Meta's own agent holds a thread, its messages come here instead.
  'standby',
  'messaging_handovers',
  'smb_message_echoes',
  'smb_app_state_sync',
  'history',
  'calls',
] as const;

/** Nothing of them is read; how many came stands on the number's page. */
export const groupFields = [
  'group_lifecycle_update',
  'group_participants_update',
  'group_settings_update',
  'group_status_update',
] as const;

/** Whether we still have access to a business account; told of the account, not of a number. */
export const accessFields = ['account_update'] as const;

/** All that Meta tells of, read or not (docs/whatsapp-cloud-api.md 4.9): only these are counted by their name. */
export const knownFields: readonly string[] = [
  ...numberFields,
  ...templateFields,
  ...groupFields,
  ...accessFields,
  ...['account_alerts', 'account_review_update', 'business_capability_update'],
  ...['phone_number_quality_update', 'phone_number_name_update', 'security', 'user_preferences'],
  // Meta's heading has the plural, its example the singular.
  ...['business_username_updates', 'business_username_update', 'flows', 'user_id_update'],
];

/** What is to be ticked at Meta, under webhook fields. */
export const subscribedFields: readonly string[] = [
  ...numberFields,
  ...templateFields,
  ...accessFields,
  ...groupFields,
];
