import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { createPool } from '../src/platform/server/db.ts';
import { startEmbeddedPostgres } from '../src/platform/server/embedded-postgres/index.ts';
import { migrate } from '../src/platform/server/migrate.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const generated = join(root, 'src/platform/server/schema.generated.ts');

/** Only the tables that features use: not the job library's, nor the list of migrations. */
function generate(connectionString: string, more: readonly string[]): number {
  const args = [
    ...['--dialect', 'postgres', '--url', connectionString],
    ...['--include-pattern', 'public.*', '--exclude-pattern', 'schema_migration'],
    ...['--out-file', generated],
  ];
  const codegen = join(root, 'node_modules/.bin/kysely-codegen');
  return spawnSync(codegen, [...args, ...more], { cwd: root, stdio: 'inherit' }).status ?? 1;
}

const folder = mkdtempSync(join(tmpdir(), 'guarita-types-'));
const log = pino({ level: 'warn' }, pino.destination(2));
const postgres = await startEmbeddedPostgres({ dataDir: folder, log, durable: false });
try {
  const pool = createPool(postgres.connectionString, log);
  await migrate(pool, join(root, 'migrations'), log);
  await pool.end();
  // `npm run db:types -- --verify` only looks whether the file is what the migrations say.
  process.exitCode = generate(postgres.connectionString, process.argv.slice(2));
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
