import { defineConfig } from '@playwright/test';
import { browserLaunchOptions } from './e2e/support/browser.ts';

/** One file per story, on the built product with the real server, database and simulator. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.story.ts',
  outputDir: 'test-results/stories',
  globalSetup: './e2e/support/global-setup.ts',
  workers: Number(process.env['GUARITA_STORY_WORKERS'] ?? 2),
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/stories.json' }]],
  use: {
    browserName: 'chromium',
    locale: 'pt-BR',
    timezoneId: 'America/Sao_Paulo',
    viewport: { width: 1280, height: 800 },
    // Costs a twentieth of the run; `--trace retain-on-failure` has it where a failure is looked into.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: browserLaunchOptions(),
  },
});
