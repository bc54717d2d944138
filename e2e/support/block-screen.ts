import { expect, type Locator, type Page } from '@playwright/test';
import { chooseFromMenu } from './conversation-screen.ts';
import type { Person } from './person.ts';

export const blockDialogOf = (page: Page, person: Person): Locator =>
  page.getByRole('alertdialog', { name: `Bloquear ${person.name}?` });

/** Blocks the contact of the open conversation through the ⋮ menu. */
export const blockFromMenu = async (
  page: Page,
  person: Person,
  choices: { reason: string; duration?: string; note?: string } = { reason: 'Spam' },
): Promise<void> => {
  await chooseFromMenu(page, 'Bloquear contato');
  const dialog = blockDialogOf(page, person);
  await expect(dialog.getByRole('button', { name: 'Cancelar' })).toBeFocused();
  await dialog.getByRole('radio', { name: choices.reason }).check();
  if (choices.duration) await dialog.getByRole('radio', { name: choices.duration }).check();
  if (choices.note) await dialog.getByRole('textbox', { name: /^Observação/ }).fill(choices.note);
  await dialog.getByRole('button', { name: 'Bloquear contato' }).click();
  await expect(dialog).toBeHidden();
};

/** Unblocks by the button of the bar that stands where the composer was. */
export const unblockFromBar = async (page: Page, person: Person): Promise<void> => {
  await page.getByRole('region', { name: 'Bloqueado' }).getByRole('button').click();
  const dialog = page.getByRole('alertdialog', { name: `Desbloquear ${person.name}?` });
  await expect(dialog.getByRole('button', { name: 'Cancelar' })).toBeFocused();
  await expect(dialog).toContainText(
    'A conversa volta ao normal. O que foi enviado durante o bloqueio não poderá ser recuperado.',
  );
  await dialog.getByRole('button', { name: 'Desbloquear contato' }).click();
  await expect(dialog).toBeHidden();
};

/** WhatsApp counts in seconds: the one in which a block ends still belongs to the block. */
export const nextSecond = (): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, 1_050 - (Date.now() % 1000)));
