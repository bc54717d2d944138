import type { ptBR } from './notifications-pt-br.ts';

export const en: typeof ptBR = {
  title: 'Notifications',
  lead: 'They tell you, outside the tab, of a message in a conversation of yours or of the queue that you are not looking at. They hold for this browser only, while Guarita is open, and go when the conversation is read, the content is covered or the contact is blocked.',
  switch: 'Show notifications',
  state: {
    default: 'When you switch this on, the browser asks whether Guarita may show notifications.',
    asking: 'Answer the question of the browser, near the address bar.',
    'not-answered': 'The question of the browser was not answered. Switch on again to be asked.',
    granted: 'The browser allows notifications of Guarita.',
    denied:
      'The browser does not allow notifications of Guarita. To change that, click the icon beside the address, open the permissions of the site and allow notifications.',
    insecure:
      'The browser shows notifications of secure addresses only, which start with https. Talk to whoever looks after the server.',
    unsupported: 'This browser does not show notifications of pages.',
  },
  text: 'Show the text of the message',
  'text-hint':
    'Off, they only say whose message it is. Of a file they only say the kind, never the picture, the caption or the name.',
  example: {
    show: 'See an example',
    hint: 'If nothing appears, see whether the system of the computer allows notifications of the browser.',
    failed: 'The browser did not show the notification. Try again.',
    title: 'Guarita',
    body: 'This is what a notification looks like.',
  },
};
