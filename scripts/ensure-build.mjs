// Before `npm start` and `npm run demo`: builds what changed where the tools are installed (a clone); otherwise
// (an image made with --omit=dev) only looks that the built product is there.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

if (existsSync(at('node_modules/tsx')) && existsSync(at('node_modules/esbuild'))) {
  const { status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', at('scripts/build.ts'), '--quiet'],
    { cwd: at('.'), stdio: 'inherit' },
  );
  if (status !== 0) process.exit(status ?? 1);
} else if (!existsSync(at(process.argv[2] ?? 'dist/server/main.js'))) {
  console.error('dist/ is missing: run `npm ci && npm run build` where the tools are installed.');
  process.exit(1);
}
