import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { type Language, languages } from '../../src/platform/web/i18n/languages.ts';
import { browserLaunchOptions, unpackBrowser } from './browser.ts';
import { openDemoScreen, root, startDemo } from './demo-screen.ts';

/** The pictures of the help, in each language: `tsx e2e/support/take-help-pictures.ts`, after a build. A palette makes them half as large. */
const person = 'Valdir Moura';

const takePicture = async (browser: Browser, url: string, language: Language): Promise<string> => {
  const file = join(root, `docs/images/ajuda-bloquear.${language}.png`);
  const page = await browser.newPage({
    baseURL: url,
    viewport: { width: 1000, height: 1100 },
    // The help draws them at half their size.
    deviceScaleFactor: 2,
    colorScheme: 'light',
    locale: 'pt-BR',
  });
  await openDemoScreen(page, person);
  const answer = await page.request.patch('/api/v1/me', { data: { locale: language } });
  if (!answer.ok()) throw new Error(`the language could not be set: ${answer.status()}`);
  await page.reload();
  await page.getByRole('log').getByRole('article').first().waitFor();
  await page.keyboard.press('Alt+KeyB');
  const dialog = page.getByRole('alertdialog');
  await dialog.waitFor();
  await page.waitForLoadState('networkidle');
  // Nothing of what is behind shows at its corners.
  await page.evaluate(() =>
    document.getElementById('root')?.style.setProperty('visibility', 'hidden'),
  );
  await dialog.screenshot({ path: file, animations: 'disabled' });
  await page.request.patch('/api/v1/me', { data: { locale: 'pt-BR' } });
  await page.close();
  return file;
};

unpackBrowser();
const demo = await startDemo();
const browser = await chromium.launch(browserLaunchOptions());
try {
  for (const language of languages) console.log(await takePicture(browser, demo.url, language));
} finally {
  await browser.close();
  await demo.stop();
}
