/** What an app may subscribe, as Meta's page *Webhook fields* lists it (docs/whatsapp-cloud-api.md 4.9). */
export const WEBHOOK_FIELDS = [
  'messages',
  'standby',
  'messaging_handovers',
  'smb_message_echoes',
  'smb_app_state_sync',
  'history',
  'calls',
  'message_template_status_update',
  'message_template_quality_update',
  'message_template_components_update',
  'template_category_update',
  'group_lifecycle_update',
  'group_participants_update',
  'group_settings_update',
  'group_status_update',
  'account_alerts',
  'account_review_update',
  'account_update',
  'business_capability_update',
  'business_username_updates',
  'flows',
  'phone_number_name_update',
  'phone_number_quality_update',
  'security',
  'user_preferences',
] as const;

/** A field that is on no list (`user_id_update`, one made up by a test) always goes: nobody could have ticked it. */
const LISTED: ReadonlySet<string> = new Set(WEBHOOK_FIELDS);

export function isDelivered(subscribed: ReadonlySet<string>, field: string): boolean {
  return !LISTED.has(field) || subscribed.has(field);
}
