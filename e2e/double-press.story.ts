import type { Page } from '@playwright/test';
import { openConversation, say, threadOf } from './support/conversation-screen.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

/** What is asked of the server by pressing. */
const asked = (page: Page): string[] => {
  const acts: string[] = [];
  page.on('request', (request) => {
    const act = /\/conversations\/[^/]+\/(resolve|reopen)$/.exec(request.url())?.[1];
    if (act !== undefined) acts.push(act);
  });
  return acts;
};

test('a double press on Resolver resolves once, however fast the answer is', async ({
  team,
  sim,
  seat,
}) => {
  const ada = aPerson('Ada');
  await sim.write(ada, 'Oi');
  const { page } = await seat(team.agent);
  await openConversation(page, ada);
  await say(page, 'Pois não?');
  await expect(page.getByRole('button', { name: 'Atribuir conversa: Você' }).first()).toBeVisible();
  const acts = asked(page);

  // Both before the answer.
  const resolve = page.getByRole('button', { name: 'Resolver' });
  const reopen = page.getByRole('button', { name: 'Reabrir' });
  await resolve.dblclick();
  await expect(reopen).toBeVisible();
  await expect(threadOf(page).getByText(`${team.agent.name} resolveu a conversa`)).toHaveCount(1);
  expect(acts).toEqual(['resolve']);

  // Whoever means it reopens it; and the second press of two comes just when the button says the opposite.
  await page.waitForTimeout(1_000);
  await reopen.click();
  await expect(resolve).toBeVisible();
  await page.waitForTimeout(1_000);
  await resolve.evaluate((button: HTMLElement) => {
    const again = new MutationObserver(() => {
      if (!button.textContent?.includes('Reabrir')) return;
      again.disconnect();
      button.click();
    });
    again.observe(button, { subtree: true, childList: true, characterData: true });
    button.click();
  });
  await expect(reopen).toBeVisible();
  await page.waitForTimeout(1_000);
  await expect(reopen).toBeVisible();
  expect(acts).toEqual(['resolve', 'reopen', 'resolve']);

  // A key that is held down is one wish as well.
  await page.keyboard.down('Alt');
  for (let times = 0; times < 3; times += 1) await page.keyboard.down('r');
  await page.keyboard.up('r');
  await page.keyboard.up('Alt');
  await expect(resolve).toBeVisible();
  await page.waitForTimeout(500);
  await expect(resolve).toBeVisible();
  expect(acts).toEqual(['resolve', 'reopen', 'resolve', 'reopen']);
});
