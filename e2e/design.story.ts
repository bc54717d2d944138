import type { Page } from '@playwright/test';
import {
  bubble,
  chooseTab,
  composerOf,
  openConversation,
  rowOf,
  threadOf,
} from './support/conversation-screen.ts';
import { keepBoth, keepPicture } from './support/keep-picture.ts';
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

test('the day sticks to the top, and skeletons come after 150 ms', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  const [rita, hugo] = [aPerson('Rita'), aPerson('Hugo')];
  const dayBefore = Math.floor(Date.now() / 1000) - 24 * hour;
  for (let count = 1; count <= 40; count += 1) {
    await sim.write(rita, { text: `Pedido ${count} de ontem`, timestamp: dayBefore + count });
  }
  await sim.write(rita, 'E hoje?');
  await sim.write(hugo, 'Bom dia');
  const { page } = await seat(team.agent);
  await chooseTab(page, 'Fila');
  await openConversation(page, rita);
  // Opened at what is unread, which begins with the line of its day.
  await expect(bubble(page, 'Pedido 1 de ontem')).toBeVisible();
  await threadOf(page).hover();
  await page.mouse.wheel(0, 300);
  await expect(bubble(page, 'Pedido 1 de ontem')).not.toBeInViewport();
  const open = rowOf(page, rita.name);
  await expect(open).toHaveAttribute('aria-current', 'page');
  await expect(open).toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');
  const day = page.locator('[aria-hidden=true]').getByText('ontem', { exact: true });
  await expect(day).toBeVisible();
  const [pill, log] = [await day.boundingBox(), await threadOf(page).boundingBox()];
  expect((pill?.y ?? 0) - (log?.y ?? 0)).toBeLessThan(24);
  // What scrolls by is hidden behind its strip.
  const strip = day.locator('..');
  await expect(strip).toHaveCSS('background-color', await tokenOf(page, '--paper'));
  await page.emulateMedia({ colorScheme: 'dark' });
  await keepPicture(page, testInfo, 'selected-row-dark', 1280);
  await keepBoth(page, testInfo, 'sticking-day');

  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/\/messages\?/, async (route) => {
    await held;
    await route.continue();
  });
  const skeletons = page.locator('.rounded-bubble[aria-hidden=true]');
  await rowOf(page, hugo.name).click();
  // What was answered is passed on by timers of no time.
  await expect
    .poll(async () => {
      await page.clock.runFor(1);
      return page.getByRole('heading', { level: 2, name: hugo.name }).count();
    })
    .toBeGreaterThan(0);
  await expect(skeletons).toHaveCount(0);
  await page.clock.runFor(130);
  await expect(skeletons).toHaveCount(0);
  await page.clock.runFor(30);
  await expect(skeletons).toHaveCount(6);
  answer();
  await page.clock.resume();
  await expect(bubble(page, 'Bom dia')).toBeVisible();
});
