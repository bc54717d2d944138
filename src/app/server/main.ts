import { ensureSetupCode } from '#features/accounts/server/index.ts';
import { readConfig } from '#platform/server/config.ts';
import { createLog } from '#platform/server/log.ts';
import { seedDemo } from './demo/seed-demo.ts';
import { describeFailure } from './describe-failure.ts';
import { readFlags, settingsFrom, UsageError } from './read-flags.ts';
import { type RunningServer, startServer } from './start-server.ts';

const usage = `Usage: npm start -- [options]

  --port N           port to listen on (PORT, 3000)
  --data-dir FOLDER  where the embedded database and the secret lie (GUARITA_DATA_DIR, .guarita)
  --help             this text

DATABASE_URL names an external PostgreSQL (15 or newer); the other settings are in the README.
`;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const fail = (error: unknown): never => {
  process.stderr.write(`${describeFailure(error, 'Guarita did not start')}\n`);
  if (error instanceof UsageError) {
    process.stderr.write(`\n${usage}`);
    process.exit(2);
  }
  process.exit(1);
};

const stopOnSignals = (server: RunningServer): void => {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) {
      return;
    }
    isStopping = true;
    // A part that hangs must not keep the others up.
    setTimeout(() => process.exit(1), 9_000).unref();
    void server.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
};

const main = async (): Promise<void> => {
  const { values } = readFlags({
    options: {
      port: { type: 'string' },
      'data-dir': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    say(usage);
    return;
  }
  const config = readConfig({ ...process.env, ...settingsFrom(values) });
  const server = await startServer(config, createLog(config.logLevel));
  stopOnSignals(server);
  if (config.isDemo) {
    await seedDemo(server.deps);
  }
  // A worker alone has no page to open: it must not replace the code that a web process has printed.
  const code = server.url === undefined ? null : await ensureSetupCode(server.deps);
  if (code !== null) {
    say(`set up: ${config.publicUrl ?? server.url}/configurar  one-time code: ${code}`);
  }
  say(server.url === undefined ? 'ready (worker)' : `ready ${server.url}`);
};

main().catch(fail);
