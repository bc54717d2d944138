import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../test-results/journals', import.meta.url));

/** A journal of a database's own: several of a test share the default data directory. Processes on one database share it. */
export const journalOf = (databaseUrl: string): string =>
  join(folder, `${createHash('sha256').update(databaseUrl).digest('hex').slice(0, 16)}.log`);
