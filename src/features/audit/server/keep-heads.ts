import type { Deps } from '#platform/server/deps.ts';
import { appendHeads } from './heads-file.ts';
import { listHeads } from './seal-store.ts';

/** Writes the heads of the chains, as they are now, outside the database. */
export const keepHeads = async ({ db, config }: Pick<Deps, 'db' | 'config'>): Promise<void> => {
  const heads = await listHeads(db);
  if (heads.length > 0) {
    await appendHeads(config, heads);
  }
};
