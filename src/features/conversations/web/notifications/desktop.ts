import { isLookedAt } from '../data/looked-at.ts';
import { type Board, createBoard, type Desktop } from './board.ts';
import type { DesktopNotification } from './notification-of.ts';

/** Served from the root, so that every page is in its reach. */
const workerFile = '/notifications-worker.js';

/** The tabs tell each other by the names of locks, which a tab that is gone cannot keep. */
const toldLock = (messageId: string): string => `guarita.told.${messageId}`;

/** As long as another tab may need to hear of the same message. */
const heldFor = 10_000;

const claim = (messageId: string): Promise<boolean> =>
  new Promise((resolve) => {
    void navigator.locks.request(toldLock(messageId), { ifAvailable: true }, async (lock) => {
      resolve(lock !== null);
      if (lock) await new Promise((done) => setTimeout(done, heldFor));
    });
  });

const notificationIn = ({ tag, title, body, data }: Notification): DesktopNotification => ({
  conversationId: tag,
  contactId: String(data?.contactId),
  messageId: String(data?.messageId),
  title,
  body,
});

/** Never a picture of what was sent, and without a sound: the tone is ours, by a setting of its own. */
const look = { icon: '/notification.png', silent: true };

const desktopOf = (registration: ServiceWorkerRegistration): Desktop => {
  const closeThose = async (filter?: GetNotificationOptions): Promise<void> => {
    for (const shown of await registration.getNotifications(filter)) shown.close();
  };
  return {
    list: async () =>
      (await registration.getNotifications()).filter(({ tag }) => tag !== '').map(notificationIn),
    show: async ({ conversationId: tag, contactId, messageId, title, body }) => {
      if (Notification.permission !== 'granted') return;
      const data = { contactId, messageId };
      // `renotify`: the next message of the same person pops up as well, in the place of the one before.
      const options = { ...look, renotify: true, tag, body, data };
      await registration.showNotification(title, options);
    },
    close: (tag) => closeThose({ tag }),
    closeAll: () => closeThose(),
    claim,
    isLookedAt,
  };
};

/** The worker that notifications hang on: it outlives the page, so that any tab can take back what another one showed. */
const startWorker = async (): Promise<ServiceWorkerRegistration> => {
  await navigator.serviceWorker.register(workerFile);
  return navigator.serviceWorker.ready;
};

/** Once for each page. */
export async function openBoard(): Promise<Board> {
  const registration = await startWorker();
  // With the last page the notifications go: nobody is left who could take them back.
  window.addEventListener('pagehide', () => registration.active?.postMessage('leaving'));
  const desktop = desktopOf(registration);
  return createBoard(desktop, await desktop.list());
}

/** One that tells of nobody, to see whether they are shown at all. */
export async function showExample(title: string, body: string): Promise<void> {
  await (await startWorker()).showNotification(title, { ...look, body });
}
