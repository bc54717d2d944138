import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';

/** A part of the product that can be built, and left alone when nothing it reads has changed. */
export interface BuildStep {
  readonly name: string;
  /** Files and folders, relative to the root. */
  readonly inputs: readonly string[];
  readonly isInput?: (file: string) => boolean;
  /** When one of these is missing the step runs, whatever the hash says. */
  readonly outputs: readonly string[];
  readonly run: (root: string) => Promise<void>;
}

const COMPRESSIBLE = /\.(js|css|html|json|svg|webmanifest|txt|map)$/;
const compress = promisify(gzip);

async function writeCompressedTwins(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile() || !COMPRESSIBLE.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    const bytes = await readFile(file);
    await writeFile(`${file}.gz`, await compress(bytes, { level: constants.Z_BEST_COMPRESSION }));
  }
}

async function refuseInlineScripts(page: string): Promise<void> {
  const html = await readFile(page, 'utf8');
  if (/<script(?![^>]*\ssrc=)[^>]*>/.test(html)) {
    throw new Error(`${page} holds an inline script, which the content security policy forbids`);
  }
}

async function buildWeb(root: string): Promise<void> {
  const { build } = await import('vite');
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn', mode: 'production' });
  const folder = join(root, 'dist/web');
  await refuseInlineScripts(join(folder, 'index.html'));
  await writeCompressedTwins(folder);
}

async function bundleForNode(
  root: string,
  entries: string[] | Record<string, string>,
  outdir: string,
): Promise<void> {
  const { build } = await import('esbuild');
  await rm(join(root, outdir), { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  });
}

async function buildSimulatorPage(root: string): Promise<void> {
  const url = pathToFileURL(join(root, 'simulator/build-page.ts')).href;
  const module: unknown = await import(url);
  const build =
    typeof module === 'object' && module !== null && 'buildSimulatorPage' in module
      ? module.buildSimulatorPage
      : undefined;
  if (typeof build !== 'function') throw new Error('simulator/build-page.ts has no builder');
  await build(join(root, 'dist/simulator-page'));
}

const web: BuildStep = {
  name: 'web',
  inputs: ['src', 'vite.config.ts', 'scripts/help', 'docs/help', 'docs/images'],
  isInput: (file) => !file.includes('/server/') || file.endsWith('.css'),
  outputs: ['dist/web/index.html'],
  run: buildWeb,
};

const server: BuildStep = {
  name: 'server',
  inputs: ['src'],
  isInput: (file) => !file.includes('/web/'),
  outputs: ['dist/server/main.js', 'dist/server/cli.js'],
  run: (root) =>
    bundleForNode(root, ['src/app/server/main.ts', 'src/app/server/cli.ts'], 'dist/server'),
};

const simulator: BuildStep = {
  name: 'simulator',
  inputs: ['simulator'],
  isInput: (file) => !file.startsWith('simulator/page/'),
  outputs: ['dist/simulator/main.js'],
  run: (root) => bundleForNode(root, ['simulator/main.ts'], 'dist/simulator'),
};

const simulatorPage: BuildStep = {
  name: 'simulator page',
  inputs: ['simulator/page', 'simulator/build-page.ts'],
  outputs: ['dist/simulator-page'],
  run: buildSimulatorPage,
};

const demo: BuildStep = {
  name: 'demo',
  inputs: ['src', 'simulator', 'scripts/demo.ts', 'scripts/demo'],
  isInput: (file) => !file.includes('/web/') && !file.startsWith('simulator/page/'),
  outputs: ['dist/demo/main.js'],
  run: (root) => bundleForNode(root, { main: 'scripts/demo.ts' }, 'dist/demo'),
};

/** The steps that this tree has the sources for, in the order they run. */
export function buildSteps(root: string): BuildStep[] {
  const hasPage = existsSync(join(root, 'simulator/build-page.ts'));
  return [web, server, simulator, ...(hasPage ? [simulatorPage] : []), demo];
}
