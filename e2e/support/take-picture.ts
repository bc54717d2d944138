import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { browserLaunchOptions, unpackBrowser } from './browser.ts';
import { openDemoScreen, root, startDemo } from './demo-screen.ts';

/**
 * The picture of the conversation screen for the README: `tsx e2e/support/take-picture.ts`.
 * With `--url` of a running demonstration it uses that one; otherwise it starts one of its own.
 */
const takePicture = async (url: string, person: string, file: string): Promise<void> => {
  unpackBrowser();
  const browser = await chromium.launch(browserLaunchOptions());
  try {
    const page = await browser.newPage({
      baseURL: url,
      viewport: { width: 1440, height: 900 },
      colorScheme: 'light',
      locale: 'pt-BR',
    });
    await openDemoScreen(page, person);
    await page.screenshot({ path: file, animations: 'disabled' });
  } finally {
    await browser.close();
  }
};

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    person: { type: 'string', default: 'Priscila Nogueira' },
    out: { type: 'string', default: join(root, 'docs/images/conversas.png') },
  },
});
const demo = values.url ? { url: values.url, stop: async () => {} } : await startDemo();
try {
  await takePicture(demo.url, values.person, values.out);
  console.log(values.out);
} finally {
  await demo.stop();
}
