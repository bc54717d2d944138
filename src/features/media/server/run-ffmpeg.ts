import { type ChildProcess, spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { limitArguments, mostOutputBytes } from './ffmpeg-arguments.ts';
import type { FilmTools } from './film-tools.ts';

/** over-its-limits: ended by the system, for its time or for the memory of the machine. */
export type NoFrame =
  | 'too-slow'
  | 'over-its-limits'
  | 'too-much-output'
  | 'not-started'
  | 'no-frame';

export type FfmpegAnswer =
  | { readonly kind: 'output'; readonly output: Buffer; readonly told: string }
  | { readonly kind: 'none'; readonly code: NoFrame };

/** By the clock, within the time that a stopping process has. That of the processor ends before (limits of the child) unless the machine is busy. */
const longestMs = 8_000;
/** Behind everything else, and not so far that a busy machine never comes to it. */
const niceness = 5;
const mostToldBytes = 64 * 1024;
/** What prlimit ends with when it cannot become the program. */
const notStarted = new Set([126, 127]);

/** All that it started with it: a program of that name may be a script around the real one. */
const killAll = (child: ChildProcess): void => {
  try {
    if (child.pid !== undefined) {
      process.kill(-child.pid, 'SIGKILL');
    }
  } catch {
    // It has ended by itself.
  }
};

const giveWay = (pid: number | undefined): void => {
  try {
    if (pid !== undefined) {
      setPriority(pid, niceness);
    }
  } catch {
    // Gone already, or not allowed here: it has its limits all the same.
  }
};

/** What it writes of itself, from its beginning; the rest is read and thrown away, so that it never waits for us. */
const listenTo = (child: ChildProcess): (() => string) => {
  const parts: Buffer[] = [];
  let size = 0;
  child.stderr?.on('data', (part: Buffer) => {
    if (size < mostToldBytes) {
      parts.push(part);
      size += part.byteLength;
    }
  });
  return () => Buffer.concat(parts).toString('latin1', 0, mostToldBytes);
};

const codeOfEnd = (code: number | null, signal: NodeJS.Signals | null): NoFrame => {
  if (code !== null && notStarted.has(code)) {
    return 'not-started';
  }
  return signal === 'SIGXCPU' || signal === 'SIGKILL' ? 'over-its-limits' : 'no-frame';
};

/**
 * Runs ffmpeg once, as a child that knows nothing of us: no environment, no shell, nothing open but two pipes, and an end to its
 * memory, its time and its output. Never throws, and has always ended when it answers.
 */
export const runFfmpeg = (
  { ffmpeg, prlimit }: FilmTools,
  told: readonly string[],
  longest = longestMs,
): Promise<FfmpegAnswer> =>
  new Promise((resolve) => {
    const child = spawn(prlimit, [...limitArguments, ffmpeg, ...told], {
      cwd: '/',
      env: {},
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    giveWay(child.pid);
    const words = listenTo(child);
    const parts: Buffer[] = [];
    let size = 0;
    let why: NoFrame | undefined;
    const end = (code: NoFrame): void => {
      why ??= code;
      killAll(child);
      // Something that got away and holds them open is not waited for.
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const timer = setTimeout(() => end('too-slow'), longest);
    child.stdout.on('data', (part: Buffer) => {
      size += part.byteLength;
      if (size > mostOutputBytes) {
        end('too-much-output');
      } else {
        parts.push(part);
      }
    });
    child.on('error', () => {
      clearTimeout(timer);
      resolve({ kind: 'none', code: 'not-started' });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve(
        why === undefined && code === 0 && size > 0
          ? { kind: 'output', output: Buffer.concat(parts), told: words() }
          : { kind: 'none', code: why ?? codeOfEnd(code, signal) },
      );
    });
  });
