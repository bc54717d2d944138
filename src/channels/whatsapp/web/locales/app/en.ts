/** What the Business app on the company's phone hands over. */
export const businessApp = {
  title: 'WhatsApp Business app',
  lead: 'This number is also on the app of a phone. WhatsApp hands over what the app already knows, each part once, within 24 hours of the number joining the API.',
  history: 'History of conversations',
  contacts: 'Address book of the phone',
  'ask-history': 'Ask for the history',
  'ask-contacts': 'Ask for the address book',
  asked: 'Asked for on {{at}}. The parts come in one by one.',
  running: '{{percent}} % imported; the last part came on {{at}}',
  done: 'All of it imported on {{at}}',
  declined: 'The business chose on the phone not to share its history',
  'contacts-came': 'Last entry received on {{at}}',
  never: 'Not asked for yet',
  fields:
    'Nothing came? Check that the webhook fields history and smb_app_state_sync are subscribed.',
  progress: 'Import of the history',
  throughput: '20 messages a second, fixed: the number is also on the app',
};
