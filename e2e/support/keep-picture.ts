import type { Locator, Page, TestInfo } from '@playwright/test';

/**
 * Keeps what the page looks like at this width, for whoever reads the report.
 * @param shown is scrolled to first
 */
export const keepPicture = async (
  page: Page,
  testInfo: TestInfo,
  name: string,
  width: number,
  shown?: Locator,
): Promise<void> => {
  const size = { width, height: width < 500 ? 844 : 900 };
  if (page.viewportSize()?.width !== width) await page.setViewportSize(size);
  await shown?.scrollIntoViewIfNeeded();
  const path = testInfo.outputPath(`${name}-${width}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  await testInfo.attach(`${name} at ${width}`, { path, contentType: 'image/png' });
};

/** On a desk by day and on a phone by night; the page is left as it was. */
export const keepBoth = async (
  page: Page,
  testInfo: TestInfo,
  name: string,
  shown?: Locator,
): Promise<void> => {
  const before = page.viewportSize();
  for (const [width, colorScheme] of [
    [1440, 'light'],
    [390, 'dark'],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await keepPicture(page, testInfo, `${name}-${colorScheme}`, width, shown);
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
};
