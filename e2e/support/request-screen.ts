import { expect, type Locator, type Page } from '@playwright/test';
import { chooseFromMenu } from './conversation-screen.ts';
import type { Person } from './person.ts';

/** The bar above the composer that tells of a request for a block. */
export const requestBarOf = (page: Page): Locator =>
  page.getByRole('region', { name: 'Pedido de bloqueio' });

/** Asks for the contact of the open conversation to be blocked, through the ⋮ menu. */
export const askFromMenu = async (
  page: Page,
  person: Person,
  choices: { reason: string; note?: string },
): Promise<void> => {
  await chooseFromMenu(page, 'Pedir bloqueio');
  const dialog = page.getByRole('dialog', { name: `Pedir o bloqueio de ${person.name}?` });
  await expect(dialog.getByRole('button', { name: 'Cancelar' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Pedir bloqueio' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Escolha um motivo.');
  await dialog.getByRole('radio', { name: choices.reason }).check();
  if (choices.note) await dialog.getByRole('textbox', { name: /^Observação/ }).fill(choices.note);
  await dialog.getByRole('button', { name: 'Pedir bloqueio' }).click();
  await expect(dialog).toBeHidden();
};

/** The request for this person among those that wait, on the page of blocks. */
export const requestOf = (page: Page, person: Person): Locator =>
  page.getByRole('region', { name: 'Pedidos de bloqueio' }).getByRole('article', {
    name: person.name,
  });
