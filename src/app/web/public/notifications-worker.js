/* Holds the notifications of all tabs, opens what is clicked, and takes the rest away with the last page. It keeps and fetches nothing. */

self.addEventListener('install', () => self.skipWaiting());

const pages = () => self.clients.matchAll({ type: 'window', includeUncontrolled: true });

const open = async (conversationId) => {
  // The one that was looked at last.
  const [page] = await pages();
  if (!page) return self.clients.openWindow(`/conversas/${conversationId}`);
  page.postMessage({ openConversation: conversationId });
  // A browser may refuse to bring it to the front; the conversation is open there all the same.
  return page.focus().catch(() => undefined);
};

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(event.notification.tag ? open(event.notification.tag) : Promise.resolve());
});

/** A page that is loaded anew is back within a moment. */
const moment = 1500;

const closeWhenAlone = async () => {
  await new Promise((resolve) => setTimeout(resolve, moment));
  if ((await pages()).length > 0) return;
  for (const notification of await self.registration.getNotifications()) notification.close();
};

self.addEventListener('message', (event) => {
  if (event.data === 'leaving') event.waitUntil(closeWhenAlone());
});
