import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { articlePlugin } from './scripts/help/article-plugin.ts';

/** The web side. `#…` imports resolve through the "imports" of package.json. */
export default defineConfig({
  root: fileURLToPath(new URL('src/app/web', import.meta.url)),
  plugins: [react(), tailwindcss(), articlePlugin()],
  build: {
    outDir: fileURLToPath(new URL('dist/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // Anything inlined as a data: URL would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      treeshake: {
        // A door re-exports a whole feature; a page that uses one piece of it must not fetch the rest.
        moduleSideEffects: [
          { test: /\.css$|\/app\/web\/main\.tsx$/, sideEffects: true },
          { test: /\/src\//, sideEffects: false },
        ],
      },
    },
  },
});
