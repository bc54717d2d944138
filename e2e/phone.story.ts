import type { Page } from '@playwright/test';
import { composerOf, openConversation, rowOf } from './support/conversation-screen.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

const size = { width: 390, height: 844 };

/** Nothing hangs over the edge, and nothing that can be pressed is cut by it. */
const expectNothingCut = async (page: Page): Promise<void> => {
  const cut = await page.evaluate((width) => {
    const pressable = document.querySelectorAll<HTMLElement>('a, button, input, textarea, select');
    return (
      [...pressable]
        .filter((element) => element.checkVisibility() && !element.closest('[aria-hidden]'))
        // Tabs that do not fit are in a row that scrolls, to the chosen one by itself; in no other row may they be cut.
        .filter((element) => {
          const row = element.closest('[role=tablist]');
          return row === null || getComputedStyle(row).overflowX !== 'auto';
        })
        .map((element) => ({
          name: element.outerHTML.slice(0, 120),
          ...element.getBoundingClientRect().toJSON(),
        }))
        .filter(({ left, right, width: own }) => own > 1 && (left < 0 || right > width))
        .map(({ name }) => name)
    );
  }, size.width);
  expect(cut).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(size.width);
};

test('on a phone: one column, the bar at the foot, the composer in view', async ({
  team,
  sim,
  seat,
}) => {
  const davi = aPerson('Davi');
  await sim.write(
    davi,
    'Bom dia, gostaria de saber se o pedido que fiz na semana passada já saiu.',
  );
  const { page } = await seat(team.administrator);
  await page.setViewportSize(size);
  await expect(rowOf(page, davi.name)).toBeVisible();
  const bar = page.getByRole('navigation', { name: 'Navegação principal' });
  const box = await bar.boundingBox();
  expect(box && { ...box, height: box.y + box.height }).toMatchObject({
    x: 0,
    width: size.width,
    height: size.height,
  });
  await expectNothingCut(page);

  await openConversation(page, davi);
  await expect(bar).toBeHidden();
  await expect(composerOf(page)).toBeInViewport({ ratio: 1 });
  await expectNothingCut(page);
  await page.getByRole('button', { name: 'Voltar para a lista' }).click();
  await expect(rowOf(page, davi.name)).toBeFocused();
  await expect(bar).toBeVisible();

  for (const path of ['/bloqueios', '/ajustes', '/ajustes/perfil', '/ajustes/pessoas']) {
    await page.goto(path);
    await expect(page.getByRole('navigation', { name: 'Navegação principal' })).toBeVisible();
    await page.waitForLoadState('networkidle');
    await expectNothingCut(page);
  }
});
