import type { Locator, Page } from '@playwright/test';
import { chooseFromMenu, threadOf } from './conversation-screen.ts';

/** The files of the open conversation of one kind, drawn as `state` says: ready, covered, expired, … */
export const filesOf = (page: Page, kind: string, state = 'ready'): Locator =>
  threadOf(page).locator(`[data-media="${kind}"][data-state="${state}"]`);

/** Opens *Mídia* of the contact panel, which is a drawer where there is no room for it. @returns what it shows */
export const openShelf = async (page: Page): Promise<Locator> => {
  const door = page.getByTestId('contact-panel').getByText('Mídia', { exact: true });
  if (!(await door.isVisible())) await chooseFromMenu(page, 'Dados do contato');
  await door.click();
  return page.getByTestId('media-shelf');
};

export interface ChosenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Chooses files in the browser's own dialog, which the menu + opens. */
export const attach = async (page: Page, item: string, files: readonly ChosenFile[]) => {
  await page.getByRole('button', { name: 'Anexar' }).click();
  const dialog = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: item }).click();
  await (await dialog).setFiles([...files]);
};

export const trayOf = (page: Page): Locator =>
  page.getByRole('list', { name: 'Arquivos para enviar' });

/** Lets files fall on the thread, or puts them into the clipboard of a paste. */
export const handOver = (
  page: Page,
  how: 'drop' | 'paste',
  files: readonly ChosenFile[],
): Promise<void> =>
  page.evaluate(
    ({ kind, given }) => {
      const transfer = new DataTransfer();
      for (const { name, mimeType, base64 } of given) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type: mimeType }));
      }
      const init = { bubbles: true, cancelable: true };
      if (kind === 'drop') {
        const thread = document.querySelector('[role="log"]');
        for (const type of ['dragover', 'drop']) {
          thread?.dispatchEvent(new DragEvent(type, { ...init, dataTransfer: transfer }));
        }
        return;
      }
      const field = document.getElementById('composer-field');
      field?.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: transfer }));
    },
    {
      kind: how,
      given: files.map(({ buffer, ...file }) => ({ ...file, base64: buffer.toString('base64') })),
    },
  );

/** A microphone that hums; without it there is none here. */
export const plugMicrophone = (page: Page): Promise<void> =>
  page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      const context = new AudioContext();
      const tone = context.createOscillator();
      const out = context.createMediaStreamDestination();
      tone.connect(out);
      tone.start();
      return out.stream;
    };
  });
