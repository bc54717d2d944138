import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name: string): string => join(root, 'node_modules/.bin', name);

/** The web is built to `dist/web` and served by the server, as in production, policies included. */
const parts: readonly (readonly [string, readonly string[]])[] = [
  [bin('vite'), ['build', '--watch', '--config', join(root, 'vite.config.ts')]],
  [bin('tsx'), ['watch', '--clear-screen=false', join(root, 'src/app/server/main.ts')]],
];

const children: ChildProcess[] = parts.map(([command, args]) =>
  spawn(command, args, { cwd: root, stdio: 'inherit' }),
);

function stop(): void {
  for (const child of children) child.kill('SIGTERM');
}

process.on('SIGINT', stop).on('SIGTERM', stop);
for (const child of children) {
  child.on('exit', (code) => {
    process.exitCode ||= code ?? 0;
    stop();
  });
}
