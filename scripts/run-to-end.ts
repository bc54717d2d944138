import { spawn } from 'node:child_process';

/** A program to run to its end. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly limitMs: number;
  /** What it prints is shown when it has ended, because another one is printing meanwhile. */
  readonly isHeld?: boolean;
}

export interface ProgramEnd {
  readonly exitedWell: boolean;
  /** The last 64 kB of standard output. */
  readonly output: string;
}

const KEPT_CHARACTERS = 64 * 1024;

function childEnvironment(program: Program): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _forced, NO_COLOR: _none, ...inherited } = process.env;
  const isPlain = Boolean(inherited['CI']) || !process.stdout.isTTY;
  return { ...inherited, ...(isPlain ? { NO_COLOR: '1' } : { FORCE_COLOR: '1' }), ...program.env };
}

/**
 * Runs the program in a process group of its own, streaming what it prints unless that is held, and ends that whole group when the time is up or
 * when we are told to stop, so that no server of a hung test outlives it.
 */
export function runToEnd(program: Program): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const child = spawn(program.command, program.args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: childEnvironment(program),
      detached: true,
    });
    let output = '';
    let held = '';
    let isOver = false;
    const endGroup = (): void => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // The group is gone already.
      }
    };
    const stop = (signal: NodeJS.Signals): void => {
      endGroup();
      process.exit(signal === 'SIGINT' ? 130 : 143);
    };
    const finish = (exitedWell: boolean): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
      endGroup();
      process.stdout.write(held);
      resolve({ exitedWell, output });
    };
    const timer = setTimeout(() => {
      console.log(`stopped after ${program.limitMs / 1000} s`);
      endGroup();
    }, program.limitMs);
    process.on('SIGINT', stop).on('SIGTERM', stop);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (program.isHeld === true) held += text;
      else process.stdout.write(text);
      output = (output + text).slice(-KEPT_CHARACTERS);
    });
    child.on('error', (error) => {
      console.log(error.message);
      finish(false);
    });
    child.on('close', (code) => finish(code === 0));
  });
}
