import { gzipSync } from 'node:zlib';
import type { Response } from '@playwright/test';
import { rowOf } from './support/conversation-screen.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

const kilobyte = 1000;
const budget = 250 * kilobyte;

test('all JavaScript of a cold load of /conversas fits in 250 kB', async ({ team, sim, seat }) => {
  const max = aPerson('Max');
  await sim.write(max, 'Oi');
  const { page } = await seat(team.agent, { path: '/favicon.svg' });
  const scripts: Response[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response);
  });
  await page.goto('/conversas', { waitUntil: 'networkidle' });
  await expect(rowOf(page, max.name)).toBeVisible();
  await page.waitForLoadState('networkidle');

  expect(scripts.length).toBeGreaterThan(1);
  const sizes = await Promise.all(
    scripts.map(async (response) => ({
      path: new URL(response.url()).pathname,
      bytes: gzipSync(await response.body()).length,
      encoding: response.headers()['content-encoding'],
    })),
  );
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  const list = sizes.map(({ path, bytes }) => `${bytes} ${path}`).join('\n');
  test.info().annotations.push({ type: 'JavaScript, bytes gzipped', description: `${total}` });
  expect(total, list).toBeLessThanOrEqual(budget);
  // Small files are not worth compressing; the rest is served so.
  const plain = sizes.filter(({ bytes, encoding }) => bytes > kilobyte && encoding !== 'gzip');
  expect(plain).toEqual([]);
});
