import { EmbeddedPostgresError, startEmbeddedPostgres } from '../index.ts';

// Run as a process of its own, to be killed: starts the database that its argument describes, says so in one line, and stays.
const say = (told: object): boolean => process.stdout.write(`${JSON.stringify(told)}\n`);
const quiet = (): void => {};

const options = JSON.parse(process.argv[2] ?? '{}') as { dataDir: string; binDir?: string };
try {
  const { connectionString, postmasterPid } = await startEmbeddedPostgres({
    ...options,
    durable: false,
    log: { info: quiet, warn: quiet, error: quiet },
  });
  say({ connectionString, pid: postmasterPid() });
} catch (error) {
  say({ refusal: error instanceof EmbeddedPostgresError ? error.code : String(error) });
}
