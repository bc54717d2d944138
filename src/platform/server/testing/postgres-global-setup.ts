import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { startTestPostgres } from './test-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    adminUrl: string;
  }
}

/** One PostgreSQL for all files of the level; each file clones a database of its own. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const migrations = fileURLToPath(new URL('../../../../migrations', import.meta.url));
  const postgres = await startTestPostgres(migrations);
  project.provide('adminUrl', postgres.adminUrl);
  return () => postgres.stop();
};
