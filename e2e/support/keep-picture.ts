import type { Page, TestInfo } from '@playwright/test';

/** Keeps what the page looks like at this width, for whoever reads the report. */
export const keepPicture = async (
  page: Page,
  testInfo: TestInfo,
  name: string,
  width: number,
): Promise<void> => {
  const size = { width, height: width < 500 ? 844 : 900 };
  if (page.viewportSize()?.width !== width) await page.setViewportSize(size);
  const path = testInfo.outputPath(`${name}-${width}.png`);
  await page.screenshot({ path });
  await testInfo.attach(`${name} at ${width}`, { path, contentType: 'image/png' });
};
