import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { migrate } from './migrate.ts';

const log = pino({ level: 'silent' });
const directory = fileURLToPath(new URL('../../../migrations', import.meta.url));

/** There is no PostgreSQL 14 to run here: one that answers with that number and is asked nothing else. */
const anOldServer = () => {
  const asked: string[] = [];
  const client = {
    query: async (text: string) => {
      asked.push(text);
      return { rows: [{ number: 140_012, name: '14.12 (Debian)' }] };
    },
    release: () => undefined,
  };
  return { asked, pool: { connect: async () => client } as unknown as Pool };
};

describe('a PostgreSQL that is too old', () => {
  it('is refused by its version, before anything is written', async () => {
    const { asked, pool } = anOldServer();
    await expect(migrate(pool, directory, log)).rejects.toThrow(
      'this database is PostgreSQL 14.12 (Debian); Guarita needs 15 or newer',
    );
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain('server_version_num');
  });
});
