import type { ptBR } from './failures-pt-br.ts';

export const en: typeof ptBR = {
  access: 'Not sent: the access to WhatsApp lacks the permission for this. Tell the administration',
  trouble: 'Not sent: WhatsApp is having problems. Try again later',
  busy: 'Not sent: WhatsApp asked to wait. Try again later',
  number: "Not sent: the company's number is not active on WhatsApp. Tell the administration",
  invalid: 'Not sent: WhatsApp did not accept some detail of the message',
  restricted:
    'Not sent: WhatsApp restricted the account for breaking a rule. Tell the administration',
  experiment:
    'Not delivered: WhatsApp delivers no offers to this person, for an experiment of its own',
  country: 'Not sent: the company may not write to this country',
  self: "Not sent: this is the company's own number",
  'test-number': 'Not sent: the test number writes to permitted numbers only',
  'display-name':
    "Not sent: the company's name is not approved on WhatsApp yet. Tell the administration",
  marketing: 'Not delivered: this person does not want offers of this company',
  'marketing-off': 'Not sent: marketing templates are off for this WhatsApp account',
  'media-unread': 'Not sent: WhatsApp could not fetch the file',
  'media-refused': 'Not sent: WhatsApp did not accept the file',
  unavailable: 'Not sent: this message is no longer available on WhatsApp',
  'needs-phone': "Not sent: this person's number is hidden, and this message needs it",
  flow: 'Not sent: WhatsApp blocked the form of this message',
  'payment-terms':
    "Not sent: WhatsApp's payment terms are not accepted yet. Tell the administration",
  identity: "Not delivered: this person's WhatsApp has moved to another phone or owner",
  'block-list': "Not sent: WhatsApp's block list had a problem",
  'file-missing': 'Not sent: the file is no longer kept here',
  'content-covered': 'Not sent: the content was covered before it left',
  network: 'Not sent: WhatsApp could not be reached',
  late: 'Not sent: the message waited too long to leave',
  'account-unreadable':
    'Not sent: the access data of this number could not be read. Tell the administration',
  settled: 'Not sent, according to who checked',
  unsaid: 'Not sent: WhatsApp refused without saying why',
  coded: 'Not sent: WhatsApp refused the message (code {{code}})',
};
