import { appendFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openServerLog } from './server-log.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'guarita-log-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

it('keeps the newest two pieces and lets the writer go on', async () => {
  const path = join(directory, 'postgresql.log');
  const log = openServerLog(path);
  for (const piece of ['a', 'b', 'c']) {
    appendFileSync(log.fd, piece.repeat(5 * 1024 * 1024));
    await log.bound();
  }
  appendFileSync(log.fd, 'small');
  await log.bound();
  expect(await readFile(path, 'utf8')).toBe('small');
  const older = await readFile(`${path}.1`, 'utf8');
  expect(older.length).toBe(5 * 1024 * 1024);
  expect(older[0]).toBe('c');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  log.close();
});

it('tells what kept the server from starting, and nothing from before', () => {
  const log = openServerLog(join(directory, 'postgresql.log'));
  appendFileSync(log.fd, '2026-11-01 10:00:00 UTC [1] FATAL:  an old one\n');
  const from = log.end();
  appendFileSync(log.fd, '2026-11-01 10:00:01 UTC [2] LOG:  starting PostgreSQL\n');
  appendFileSync(
    log.fd,
    '2026-11-01 10:00:01 UTC [2] FATAL:  could not create any TCP/IP sockets\n',
  );
  expect(log.complaintsSince(from)).toBe('FATAL: could not create any TCP/IP sockets');
  log.close();
});
