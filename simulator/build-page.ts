import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCES = fileURLToPath(new URL('./page', import.meta.url));

/** Bundles the page of phones into a folder: index.html, main.js, main.css and its fonts. */
export async function buildSimulatorPage(outDir: string): Promise<void> {
  // Only whoever builds the page needs the bundler.
  const { build } = await import('esbuild');
  await mkdir(outDir, { recursive: true });
  await build({
    entryPoints: [path.join(SOURCES, 'main.tsx')],
    outdir: outDir,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    charset: 'utf8',
    legalComments: 'none',
    loader: { '.woff2': 'file' },
    assetNames: 'fonts/[name]-[hash]',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  await copyFile(path.join(SOURCES, 'index.html'), path.join(outDir, 'index.html'));
  await copyFile(path.join(SOURCES, 'mark.svg'), path.join(outDir, 'mark.svg'));
}
