import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openBrowser } from './open-browser.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guarita-browser-'));
  for (const name of ['xdg-open', 'open']) {
    await writeFile(join(folder, name), `#!/bin/sh\necho "$1" > "${folder}/opened"\n`);
    await chmod(join(folder, name), 0o755);
  }
  vi.stubEnv('PATH', folder);
  for (const name of ['CI', 'DISPLAY', 'WAYLAND_DISPLAY']) vi.stubEnv(name, undefined);
  vi.stubEnv('SSH_CONNECTION', 'somewhere else');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const isOpened = async (): Promise<boolean> => (await readdir(folder)).includes('opened');

it('opens no browser without a display, nor in continuous integration', async () => {
  openBrowser('http://127.0.0.1:3000');
  vi.stubEnv('DISPLAY', ':0');
  vi.stubEnv('CI', 'true');
  openBrowser('http://127.0.0.1:3000');
  await wait(500);
  expect(await isOpened()).toBe(false);
});

it('opens one where somebody sits', async () => {
  vi.stubEnv('DISPLAY', ':0');
  vi.stubEnv('SSH_CONNECTION', undefined);
  openBrowser('http://127.0.0.1:3000');
  await expect.poll(isOpened).toBe(true);
});
