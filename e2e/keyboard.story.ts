import type { Page } from '@playwright/test';
import { blockDialogOf, blockFromMenu, unblockFromBar } from './support/block-screen.ts';
import {
  blockedBarOf,
  bubble,
  composerOf,
  openConversation,
  rowOf,
} from './support/conversation-screen.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

/** Tab until this has the focus: what cannot be reached so is out of reach for many. */
const tabTo = async (page: Page, what: string, back = false): Promise<void> => {
  for (let presses = 0; presses < 60; presses += 1) {
    const name = await page.evaluate(() => {
      const focused = document.activeElement;
      const label = focused instanceof HTMLInputElement ? focused.labels?.[0]?.textContent : null;
      return focused?.getAttribute('aria-label') ?? label ?? focused?.textContent ?? '';
    });
    if (name.trim() === what) return;
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
  }
  throw new Error(`${what} cannot be reached with Tab`);
};

/**
 * Opens the menu whose button has the focus, and goes to its last item. A menu that is seen may still be closing, or have no focus
 * yet: a key that comes then goes to its button, so the focus is waited for before each key, as a person waits for what they see.
 */
const openAtItsEnd = async (page: Page, last: string): Promise<void> => {
  await expect(page.getByRole('menu')).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: last })).toBeFocused();
};

test('everything of the day is done with the keyboard alone', async ({
  team,
  sim,
  seat,
  world,
}) => {
  test.slow();
  const gil = aPerson('Gil');
  const eva = aPerson('Eva');
  await sim.write(eva, 'Bom dia');
  await sim.write(gil, 'Bom dia, tudo bem?');
  const { page, faults } = await seat(null);
  faults.allow(/401 .*\/api\/v1\/me\)/);
  const keys = page.keyboard;

  // Sign in.
  await expect(page.getByLabel('E-mail')).toBeFocused();
  await keys.type(team.administrator.email);
  await keys.press('Tab');
  await keys.type(world.password);
  await keys.press('Enter');
  await expect(rowOf(page, gil.name)).toBeVisible();

  // The skip link is the first stop, and the list is one stop with arrows inside.
  await keys.press('Tab');
  await expect(page.getByRole('link', { name: 'Ir para o conteúdo' })).toBeFocused();
  await keys.press('/');
  await expect(
    page.getByRole('searchbox', { name: 'Buscar nome, número ou mensagem' }),
  ).toBeFocused();
  await tabTo(page, 'Não lidas');
  await tabTo(page, 'Bloqueadas');
  await keys.press('Tab');
  await expect(rowOf(page, gil.name)).toBeFocused();
  await keys.press('ArrowDown');
  await expect(rowOf(page, eva.name)).toBeFocused();
  await keys.press('ArrowUp');
  await expect(rowOf(page, gil.name)).toBeFocused();
  await keys.press('Enter');
  await expect(bubble(page, 'Bom dia, tudo bem?')).toBeVisible();

  // Answer, and a quoted answer that Esc takes back.
  await keys.press('Alt+c');
  await expect(composerOf(page)).toBeFocused();
  await keys.press('Control+b');
  await keys.type('Tudo!');
  await keys.press('ArrowRight');
  await keys.type(' Em que posso ajudar?');
  await expect(composerOf(page)).toHaveValue('*Tudo!* Em que posso ajudar?');
  await keys.press('Enter');
  await expect(bubble(page, 'Em que posso ajudar?').getByText('Lida')).toBeAttached();
  await expect(bubble(page, 'Em que posso ajudar?').locator('strong')).toHaveText('Tudo!');
  await expect(composerOf(page)).toBeFocused();
  await tabTo(page, 'Ações da mensagem', true);
  await keys.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Responder' })).toBeVisible();
  await keys.press('Enter');
  await expect(composerOf(page)).toBeFocused();
  await expect(page.getByRole('button', { name: 'Cancelar resposta' })).toBeVisible();
  await keys.press('Escape');
  await expect(page.getByRole('button', { name: 'Cancelar resposta' })).toBeHidden();
  await expect(composerOf(page)).toBeFocused();

  // The command bar leads to the block dialog; Esc goes one step back each time.
  await keys.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await keys.press('Escape');
  await expect(page.getByRole('combobox')).toBeHidden();
  await expect(composerOf(page)).toBeFocused();
  await keys.press('Control+k');
  await keys.type('bloquear');
  await expect(page.getByRole('option', { selected: true })).toContainText('Bloquear contato');
  await keys.press('Enter');
  const dialog = blockDialogOf(page, gil);
  await expect(dialog.getByRole('button', { name: 'Cancelar' })).toBeFocused();
  await keys.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(composerOf(page)).toBeFocused();

  // From the ⋮ menu: the focus comes back to its button.
  const more = page.getByRole('button', { name: 'Mais ações' });
  await tabTo(page, 'Mais ações', true);
  await openAtItsEnd(page, 'Bloquear contato');
  await keys.press('Escape');
  await expect(more).toBeFocused();
  await openAtItsEnd(page, 'Bloquear contato');
  await keys.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Cancelar' })).toBeFocused();
  await keys.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(more).toBeFocused();

  // Block and unblock for good.
  await keys.press('Alt+b');
  await expect(dialog.getByRole('button', { name: 'Cancelar' })).toBeFocused();
  await tabTo(page, 'Ofensa ou ameaça');
  await keys.press('ArrowDown');
  await expect(dialog.getByRole('radio', { name: 'Assédio sexual' })).toBeChecked();
  await tabTo(page, 'Sem prazo');
  await tabTo(page, 'Bloquear contato');
  await keys.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(blockedBarOf(page)).toBeVisible();
  await keys.press('Alt+b');
  const unblock = page.getByRole('alertdialog', { name: `Desbloquear ${gil.name}?` });
  await expect(unblock.getByRole('button', { name: 'Cancelar' })).toBeFocused();
  await tabTo(page, 'Desbloquear contato');
  await keys.press('Enter');
  await expect(unblock).toBeHidden();
  await expect(composerOf(page)).toBeVisible();

  // Keys of the work, the list of keys, and back to the list.
  await keys.press('Alt+r');
  await expect(page.getByRole('button', { name: 'Reabrir' })).toBeVisible();
  await keys.press('Alt+r');
  await expect(page.getByRole('button', { name: 'Resolver' })).toBeVisible();
  await tabTo(page, 'Mais ações', true);
  await keys.press('?');
  const help = page.getByRole('dialog', { name: 'Atalhos de teclado' });
  await expect(help).toBeVisible();
  await keys.press('Escape');
  await expect(help).toBeHidden();
  await expect(more).toBeFocused();
  await keys.press('Escape');
  await expect(page.getByText('Escolha uma conversa')).toBeVisible();
  await expect(page).toHaveURL(/\/conversas(\?|$)/);
  await expect(rowOf(page, gil.name)).toBeFocused();
});

test('a block from elsewhere takes the field away and leaves the hand where it was', async ({
  team,
  sim,
  seat,
}) => {
  const gil = aPerson('Gil');
  await sim.write(gil, 'Bom dia');
  const { page } = await seat(team.agent);
  const { page: administrator } = await seat(team.administrator);
  const id = await openConversation(page, gil);
  await composerOf(page).fill('Um mom');
  await openConversation(administrator, gil);
  await blockFromMenu(administrator, gil);
  await expect(blockedBarOf(page)).toBeVisible();
  // What is typed on, j and ? among it, runs no key of the screen.
  await page.keyboard.type('jk?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(id));
  await unblockFromBar(administrator, gil);
  await expect(composerOf(page)).toBeFocused();
  await expect(composerOf(page)).toHaveValue('Um mom');
});
