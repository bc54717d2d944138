import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LaunchOptions } from '@playwright/test';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packageFile = join(root, 'node_modules/@sparticuz/chromium/package.json');

/**
 * Chromium's own quiet list. The package's `args` are left alone on purpose: they switch off web
 * security and site isolation, which would hide the very faults the stories look for.
 */
const QUIET_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

function packageVersion(): string {
  const parsed: unknown = JSON.parse(readFileSync(packageFile, 'utf8'));
  if (typeof parsed === 'object' && parsed && 'version' in parsed) return String(parsed.version);
  throw new Error(`no version in ${packageFile}`);
}

/** One folder per version: the package returns whatever binary it finds, however old. */
function browserFolder(): string {
  return join(root, 'node_modules/.cache', `chromium-${packageVersion()}`);
}

function fontsConfig(folder: string): string {
  const folders = [join(folder, 'fonts'), '/usr/share/fonts', join(homedir(), '.fonts')];
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.map((path) => `  <dir>${path}</dir>`).join('\n')}
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}

/**
 * Unpacks the browser that came with `npm ci`, once. A child does it in a folder of its own, which
 * is renamed when whole, so that an interrupted or simultaneous unpacking leaves nothing half done.
 */
export function unpackBrowser(): void {
  const folder = browserFolder();
  if (existsSync(join(folder, 'chromium'))) return;
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();",
    ],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      // This name makes the package unpack its libraries too, so that no system package is needed.
      env: { ...process.env, TMPDIR: unfinished, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
    },
  );
  writeFileSync(join(unfinished, 'fonts', 'fonts.conf'), fontsConfig(folder));
  try {
    // What is there without the browser is a rest of one that was deleted.
    if (!existsSync(join(folder, 'chromium'))) rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(join(folder, 'chromium'))) throw error;
  }
}

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] != null));
}

/** How Playwright starts the unpacked browser; also for scripts that take pictures. */
export function browserLaunchOptions(): LaunchOptions {
  const folder = browserFolder();
  const libraries = join(folder, 'al2023', 'lib');
  const inherited = process.env['LD_LIBRARY_PATH'];
  return {
    executablePath: join(folder, 'chromium'),
    args: QUIET_FLAGS,
    env: {
      ...definedEnvironment(),
      LD_LIBRARY_PATH: inherited ? `${libraries}:${inherited}` : libraries,
      FONTCONFIG_PATH: join(folder, 'fonts'),
    },
  };
}
