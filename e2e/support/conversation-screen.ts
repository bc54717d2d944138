import { expect, type Locator, type Page } from '@playwright/test';
import type { Person } from './person.ts';

/** A row of the list of conversations. */
export const rowOf = (page: Page, name: string): Locator =>
  page.getByRole('list', { name: 'Lista de conversas' }).getByRole('link', { name });

/** The messages of the open conversation. */
export const threadOf = (page: Page): Locator => page.getByRole('log');

/** A message of the open conversation. */
export const bubble = (page: Page, text: string): Locator =>
  threadOf(page).getByRole('article').filter({ hasText: text });

export const composerOf = (page: Page): Locator =>
  page.getByRole('textbox', { name: 'Escreva uma mensagem' });

/** What stands where the composer was while the contact is blocked. */
export const blockedBarOf = (page: Page): Locator =>
  page.getByText('Contato bloqueado. Não é possível enviar mensagens.');

export const chooseTab = (page: Page, name: 'Minhas' | 'Fila' | 'Todas'): Promise<void> =>
  page.getByRole('tab', { name }).click();

/** Opens the conversation on that number of ours from the contact that is shown. */
export const openFromContact = async (page: Page, person: Person, shop: string): Promise<void> => {
  const contact = page.getByTestId('person-detail');
  await expect(contact.getByRole('heading', { name: person.name })).toBeVisible();
  await contact.getByRole('link', { name: shop }).click();
  await expect(page.getByRole('heading', { level: 2, name: person.name }).first()).toBeVisible();
};

/** Opens the conversation from the list. @returns its id */
export const openConversation = async (page: Page, person: Person): Promise<string> => {
  await rowOf(page, person.name).click();
  await expect(page.getByRole('heading', { level: 2, name: person.name }).first()).toBeVisible();
  const id = /\/conversas\/([^/?]+)/.exec(page.url())?.[1];
  if (!id) throw new Error(`no conversation is open at ${page.url()}`);
  return id;
};

/** Writes into the composer and sends with Enter. */
export const say = async (page: Page, text: string): Promise<void> => {
  await composerOf(page).fill(text);
  await composerOf(page).press('Enter');
};

/** Presses an item of the ⋮ menu of the open conversation. */
export const chooseFromMenu = async (page: Page, item: string): Promise<void> => {
  await page.getByRole('button', { name: 'Mais ações' }).click();
  await page.getByRole('menuitem', { name: item }).click();
};

/** Opens the menu of a message and presses an item. */
export const chooseForMessage = async (page: Page, text: string, item: string): Promise<void> => {
  const message = bubble(page, text);
  await message.hover();
  await message.getByRole('button', { name: 'Ações da mensagem' }).click();
  await page.getByRole('menuitem', { name: item }).click();
};

/** How many notes this page has played; a tone of arrival is two of them. */
export const notesOf = async (page: Page): Promise<number> =>
  Number((await page.locator('html').getAttribute('data-notes')) ?? '0');
