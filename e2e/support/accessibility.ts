import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

/** A colour half way between two is nobody's choice. */
const settle = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        // What turns while it waits has no end.
        .filter(
          (animation) => animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY,
        )
        .map((animation) => animation.finished.catch(() => {})),
    ),
  );

const violationsIn = async (page: Page): Promise<string[]> => {
  await settle(page);
  // There are no frames, so the page alone is asked and no second one is opened for the sum.
  const { violations } = await new AxeBuilder({ page })
    .withTags(tags)
    // Not content: they pass the focus on round a menu, and readers are told nothing of them.
    .exclude('[data-base-ui-focus-guard]')
    .setLegacyMode(true)
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
  );
};

/** Nothing on this screen, as it stands, shuts anybody out: in light and in dark. */
export const expectAccessible = async (page: Page, what: string): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect.soft(await violationsIn(page), `${what}, ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
};
