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
      expect(await page.content()).not.toContain(secret);
      const kept = await page.evaluate(() => JSON.stringify([sessionStorage, localStorage]));
      expect(kept).not.toContain(secret);
    },
  };
};
