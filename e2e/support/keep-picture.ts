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
  await page.screenshot({ path });
  await testInfo.attach(`${name} at ${width}`, { path, contentType: 'image/png' });
};
