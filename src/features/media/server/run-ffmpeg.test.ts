import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '#platform/server/config.ts';
import { findFilmTools } from './film-tools.ts';
import { runFfmpeg } from './run-ffmpeg.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'guarita-ffmpeg-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const prlimit = '/usr/bin/prlimit';

/** A program in place of ffmpeg that does as it pleases. */
const aProgram = async (script: string, name = 'ffmpeg'): Promise<string> => {
  const path = join(dir, name);
  await writeFile(path, script);
  await chmod(path, 0o755);
  return path;
};

const runs = async (script: string, longestMs?: number) =>
  runFfmpeg({ ffmpeg: await aProgram(`#!/bin/sh\n${script}\n`), prlimit }, ['-i', 'x'], longestMs);

const isRunning = (argument: string): boolean =>
  readdirSync('/proc').some((entry) => {
    try {
      return (
        /^\d+$/.test(entry) && readFileSync(`/proc/${entry}/cmdline`, 'utf8').includes(argument)
      );
    } catch {
      return false;
    }
  });

describe('the child that looks into a film', () => {
  it('knows nothing of us and has its limits', async () => {
    const answer = await runs(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: of the shell
      'echo "$(ulimit -v) $(ulimit -t) $(ulimit -f) $(ulimit -c) ${HOME:-none} $(pwd) $*"',
    );
    expect(answer).toMatchObject({ kind: 'output' });
    const output = answer.kind === 'output' ? answer.output.toString() : '';
    expect(output).toBe(`${Math.floor(1_500_000_000 / 1024)} 6 0 0 none / -i x\n`);
  });

  it('that does not end is ended, with all that it started', async () => {
    const begun = performance.now();
    expect(await runs('sleep 61.8734 & sleep 61.8734', 300)).toEqual({
      kind: 'none',
      code: 'too-slow',
    });
    expect(performance.now() - begun).toBeLessThan(5_000);
    await expect.poll(() => isRunning('61.8734')).toBe(false);
  });

  it('that writes without end is ended', async () => {
    expect(await runs('exec yes')).toEqual({ kind: 'none', code: 'too-much-output' });
  });

  it('that says much of itself is not waited for', async () => {
    const answer = await runs('yes no | head -c 3000000 >&2; echo frame');
    expect(answer).toMatchObject({ kind: 'output', output: Buffer.from('frame\n') });
    expect(answer.kind === 'output' && answer.told.length).toBeLessThanOrEqual(64 * 1024);
  });

  it('that fails, writes nothing, is killed or is no program gives no frame', async () => {
    expect(await runs('echo half; exit 1')).toEqual({ kind: 'none', code: 'no-frame' });
    expect(await runs('exit 0')).toEqual({ kind: 'none', code: 'no-frame' });
    expect(await runs('kill -9 $$')).toEqual({ kind: 'none', code: 'over-its-limits' });
    const ffmpeg = await aProgram('#!/no/such/shell\n');
    expect(await runFfmpeg({ ffmpeg, prlimit }, [])).toEqual({ kind: 'none', code: 'not-started' });
    const nothing = { ffmpeg, prlimit: join(dir, 'nothing') };
    expect(await runFfmpeg(nothing, [])).toEqual({ kind: 'none', code: 'not-started' });
  });
});

describe('the programs', () => {
  const find = (env: Record<string, string>) => findFilmTools(readConfig(env));

  it('are found on PATH or by their path, and it is said what is missing', async () => {
    const ffmpeg = await aProgram('#!/bin/sh\n');
    const empty = await mkdtemp(join(dir, 'empty-'));
    const PATH = `${empty}:${dir}:/usr/bin`;
    expect(await find({ PATH })).toEqual({ ffmpeg, prlimit });
    expect(await find({ PATH: '/usr/bin', GUARITA_FFMPEG: ffmpeg })).toEqual({ ffmpeg, prlimit });
    expect(await find({ PATH: dir })).toBe('no-prlimit');
    expect(await find({ PATH: empty })).toBe('no-ffmpeg');
    expect(await find({ PATH, GUARITA_FFMPEG: join(dir, 'other') })).toBe('no-ffmpeg');
    expect(await find({ PATH, GUARITA_FFMPEG: empty })).toBe('no-ffmpeg');
    expect(await find({ PATH, GUARITA_FFMPEG: 'off' })).toBe('turned-off');
    expect(await find({})).toBe('no-ffmpeg');
  });
});
