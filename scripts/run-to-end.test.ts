import { expect, it } from 'vitest';
import { runToEnd } from './run-to-end.ts';

const node = (code: string, limitMs = 20_000) =>
  runToEnd({ command: process.execPath, args: ['-e', code], limitMs });

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it('hands back what was printed and whether it ended well', async () => {
  expect(await node("console.log('1 passed, 0 failed')")).toEqual({
    exitedWell: true,
    output: '1 passed, 0 failed\n',
  });
  expect((await node('process.exit(3)')).exitedWell).toBe(false);
});

it('says so when the program is not there', async () => {
  const end = await runToEnd({ command: '/nowhere/at-all', args: [], limitMs: 1000 });
  expect(end.exitedWell).toBe(false);
});

it('asks children for plain text where there is no terminal', async () => {
  const end = await node('console.log(process.env.NO_COLOR, process.env.FORCE_COLOR)');
  expect(end.output).toBe('1 undefined\n');
});

it('ends a hung program and its children when the time is up', async () => {
  const code = `
    const { spawn } = require('node:child_process');
    console.log(spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']).pid);
    setInterval(() => {}, 1000);`;
  const end = await node(code, 1500);
  const grandchild = Number(end.output.trim());
  expect(end.exitedWell).toBe(false);
  expect(grandchild).toBeGreaterThan(0);
  await expect.poll(() => isAlive(grandchild), { timeout: 5000 }).toBe(false);
});
