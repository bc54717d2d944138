import type { Page } from '@playwright/test';
import { chooseTab, composerOf, openConversation, rowOf } from './support/conversation-screen.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

const hour = 3600;

const tokenOf = (page: Page, name: string): Promise<string> =>
  page.evaluate((token) => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.setProperty('color', `var(${token})`);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }, name);

test('a computer that is three hours ahead shows the times of the server', async ({
  team,
  sim,
  seat,
}) => {
  const [open, fresh] = [aPerson('Olívia'), aPerson('Fabiano')];
  const now = Math.floor(Date.now() / 1000);
  await sim.write(open, { text: 'Ainda dá tempo?', timestamp: now - 22 * hour });
  await sim.write(fresh, { text: 'Boa tarde', timestamp: now - 200 });
  const { page } = await seat(team.agent, { path: '/nao-existe' });
  await page.clock.install({ time: Date.now() + 3 * hour * 1000 });
  await page.goto('/conversas');
  await chooseTab(page, 'Fila');
  const waiting = (name: string, time: string) =>
    rowOf(page, name).getByText(time, { exact: true }).locator('..');
  const amber = await tokenOf(page, '--amber');
  await expect(waiting(open.name, '22 h')).toHaveCSS('color', amber);
  await expect(waiting(fresh.name, '3 min')).toBeVisible();
  await expect(waiting(fresh.name, '3 min')).not.toHaveCSS('color', amber);
  await openConversation(page, open);
  await expect(page.getByText('janela 1 h', { exact: true }).first()).toBeVisible();
  await expect(composerOf(page)).toBeEditable();
});
