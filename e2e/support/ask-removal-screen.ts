import { expect, type Locator, type Page } from '@playwright/test';
import { threadOf } from './conversation-screen.ts';

/** What stands in the place of a message whose content is covered, or was removed. */
export const withheldOf = (page: Page, why: 'covered' | 'removed'): Locator =>
  threadOf(page).locator(`[data-withheld="${why}"]`);

export const askDialogOf = (page: Page): Locator =>
  page.getByRole('dialog', { name: /^Solicitar remoção/ });

/** Fills in the dialog that is open and sends it. @returns when the server had covered the content */
export const askAway = async (page: Page, reason: string): Promise<number> => {
  const dialog = askDialogOf(page);
  await dialog.getByText(reason, { exact: true }).click();
  const answer = page.waitForResponse('**/api/v1/messages/removal-requests');
  await dialog.getByRole('button', { name: 'Solicitar remoção' }).click();
  const response = await answer;
  expect(response.status(), await response.text()).toBe(201);
  const at = Date.now();
  await expect(dialog).toBeHidden();
  return at;
};

/** All that the browser keeps for these pages on the disk: both storages, databases, and the caches of a service worker. */
const readStorage = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const ofRequest = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const found: unknown[] = [{ ...sessionStorage }, { ...localStorage }];
    for (const { name } of await indexedDB.databases()) {
      const database = await ofRequest(indexedDB.open(name ?? ''));
      for (const store of database.objectStoreNames) {
        found.push(await ofRequest(database.transaction(store).objectStore(store).getAll()));
      }
      database.close();
    }
    // Only where the address is a secure one; elsewhere there are none.
    for (const name of 'caches' in window ? await caches.keys() : []) {
      const cache = await caches.open(name);
      for (const { url } of await cache.keys()) {
        found.push(url, await (await cache.match(url))?.text());
      }
    }
    return JSON.stringify(found);
  });

/** What stands on the desktop, which the browser keeps on the disk as well. */
const readDesktop = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const found: unknown[] = [];
    for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) {
      const shown = await worker.getNotifications();
      found.push(shown.map(({ title, body, data }) => ({ title, body, data })));
    }
    return JSON.stringify(found);
  });

/** Nothing of it stands in the page, or is kept by the browser. */
export const expectNowhere = async (page: Page, secret: string): Promise<void> => {
  expect(await page.content()).not.toContain(secret);
  const kept = await readStorage(page);
  // Read indeed: who is signed in here has preferences, drafts, or both.
  expect(kept).toContain('guarita');
  expect(kept).not.toContain(secret);
  expect(await readDesktop(page)).not.toContain(secret);
};

/** Listens to what the server gives a page: answers, and what comes by the socket. */
export const listenFor = (page: Page, secret: string) => {
  const heard: string[] = [];
  const reading: Promise<void>[] = [];
  let isOn = false;
  const note = (where: string, body: string | Buffer) => {
    if (isOn && body.includes(secret)) heard.push(where);
  };
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => note(`socket ${socket.url()}`, payload));
  });
  page.on('response', (response) => {
    if (!isOn || !response.url().includes('/api/')) return;
    reading.push(
      response
        .body()
        .then((body) => note(response.url(), body))
        // A page that was left takes its answers with it.
        .catch(() => undefined),
    );
  });
  return {
    start: () => {
      isOn = true;
    },
    /** Nothing of it came since, stands in the page, or is kept by the tab. */
    expectNothing: async () => {
      await Promise.all(reading);
      expect(heard).toEqual([]);
      await expectNowhere(page, secret);
    },
  };
};
