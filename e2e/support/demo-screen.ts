import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { demoPassword, demoPeople } from '../../src/app/server/demo/demo-people.ts';
import { rowOf } from './conversation-screen.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Demo {
  readonly url: string;
  stop(): Promise<void>;
}

const readyUrl = async (child: ChildProcess): Promise<string> => {
  if (!child.stdout) throw new Error('the demonstration has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^ready (http\S+)/.exec(line)?.[1];
    if (url) {
      child.stdout.resume();
      return url;
    }
  }
  throw new Error('the demonstration ended before it was ready; build it with npm run build');
};

/** A demonstration of its own, for pictures; what it stored is gone once it is stopped. */
export const startDemo = async (): Promise<Demo> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'guarita-picture-'));
  const flags = ['--port', '0', '--simulator-port', '0', '--data-dir', dataDir, '--no-open'];
  const child = spawn(process.execPath, ['dist/demo/main.js', ...flags], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    return { url: await readyUrl(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** The administrator of the demonstration, with the conversation of this person open and nothing under way. */
export const openDemoScreen = async (page: Page, person: string): Promise<void> => {
  const administrator = demoPeople.find(({ role }) => role === 'administrator');
  await page.goto('/entrar');
  await page.getByLabel('E-mail').fill(administrator?.email ?? '');
  await page.getByLabel('Senha', { exact: true }).fill(demoPassword);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await rowOf(page, person).first().click();
  await page.getByRole('log').getByRole('article').first().waitFor();
  await page.mouse.move(0, 0);
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
};
