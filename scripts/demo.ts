import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Simulator, startSimulator } from '../simulator/start-simulator.ts';
import {
  demoNumber,
  demoPassword,
  demoPeople,
  demoShop,
} from '../src/app/server/demo/demo-people.ts';
import { listDemoPhones } from '../src/app/server/demo/demo-queries.ts';
import { seedDemo } from '../src/app/server/demo/seed-demo.ts';
import { harasser } from '../src/app/server/demo/talks/harasser.ts';
import { createDeps } from '../src/app/server/deps.ts';
import { describeFailure } from '../src/app/server/describe-failure.ts';
import { projectPath } from '../src/app/server/project-path.ts';
import { checkPort, readFlags, settingsFrom, UsageError } from '../src/app/server/read-flags.ts';
import { startServer } from '../src/app/server/start-server.ts';
import { type Config, readConfig } from '../src/platform/server/config.ts';
import { startEmbeddedPostgres } from '../src/platform/server/embedded-postgres/index.ts';
import { createLog } from '../src/platform/server/log.ts';
import { findFreePort } from './demo/find-free-port.ts';
import { openBrowser } from './demo/open-browser.ts';
import { reachAt } from './demo/reach-at.ts';
import { rememberPhones } from './demo/remember-phones.ts';
import { StopRequested, Stops } from './demo/stops.ts';

const USAGE = `Usage: npm run demo -- [options]

  --port N            port of the product (PORT, 3000)
  --simulator-port N  port of the simulated WhatsApp (3001)
  --data-dir FOLDER   where the embedded database lies (GUARITA_DATA_DIR, .guarita)
  --no-open           open no browser
  --help              this text

GRAPH_API_URL sends what leaves to another Graph than the simulator.
`;

interface Ports {
  readonly server: number;
  readonly simulator: number;
}

function readArguments() {
  const { values } = readFlags({
    options: {
      port: { type: 'string' },
      'simulator-port': { type: 'string', default: '3001' },
      'data-dir': { type: 'string' },
      'no-open': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  checkPort('--simulator-port', values['simulator-port']);
  return values;
}

/** Lines of trouble only, and the simulator as the Graph, unless the environment says otherwise. */
function configure(flags: ReturnType<typeof readArguments>, simulatorPort: number): Config {
  return readConfig({
    LOG_LEVEL: 'warn',
    GRAPH_API_URL: `http://127.0.0.1:${simulatorPort}`,
    // Whoever tries webhooks out listens on this machine.
    GUARITA_WEBHOOKS_PRIVATE: '1',
    ...process.env,
    ...settingsFrom(flags),
    GUARITA_DEMO: '1',
    GUARITA_SIMULATOR_URL: `http://127.0.0.1:${simulatorPort}`,
    GUARITA_ROLES: 'web,worker',
  });
}

function startDemoSimulator(ports: Ports, { host, dataDir }: Config): Promise<Simulator> {
  return startSimulator({
    port: ports.simulator,
    webhookUrl: `${reachAt(host, ports.server)}/webhooks/whatsapp`,
    channels: [
      {
        ...demoNumber,
        displayPhoneNumber: demoNumber.displayNumber,
        verifiedName: demoShop,
        // Any token is good here, as for whoever tries the simulator by hand.
        accessToken: null,
        coexistence: true,
      },
    ],
    pageDir: projectPath('dist/simulator-page'),
    stateFile: join(dataDir, 'simulator.json'),
    settings: {
      // Guarita keeps the 24-hour window itself; webhooks made by hand open none here, and must be answerable.
      window: 'off',
      // At the pace of people, so that the ticks can be watched.
      statuses: { sentMs: 300, deliveredMs: 900, readMs: 2_500 },
    },
  });
}

function startScenarios({ scenarios }: Simulator): void {
  const { phone: number, name } = harasser;
  scenarios.start('harassing-contact', { number, name, everyMs: 30_000 });
  scenarios.start('everyday-customers');
}

function announce(url: string, simulatorUrl: string): void {
  const width = Math.max(...demoPeople.map(({ email }) => email.length));
  const people = demoPeople.map(
    ({ email, name, role }) => `  ${email.padEnd(width)}  ${name}, ${role}`,
  );
  const lines = [
    '',
    `ready ${url}`,
    `simulator ${simulatorUrl}`,
    '',
    `sign in with the password ${demoPassword} as`,
    ...people,
    '',
    'Ctrl-C stops everything.',
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The database with the demonstration in it, before anything is served or sent. */
async function prepareData(config: Config, stops: Stops) {
  const log = createLog(config.logLevel);
  const { dataDir } = config;
  const embedded = () => startEmbeddedPostgres({ dataDir, log });
  const databaseUrl =
    config.databaseUrl ??
    (await stops.start(embedded, (postgres) => postgres.stop())).connectionString;
  const deps = await createDeps(config, log, databaseUrl, projectPath('migrations'));
  try {
    if ((await seedDemo(deps)) === 'other') {
      throw new Error(
        'The database holds an installation that is not a demonstration, which is left alone. ' +
          'Choose another with --data-dir, or start this one with npm start.',
      );
    }
    const phones = await listDemoPhones(deps.db, demoNumber.phoneNumberId);
    return { databaseUrl, phones, log };
  } finally {
    await deps.pool.end();
  }
}

async function start(stops: Stops): Promise<void> {
  const flags = readArguments();
  if (flags.help) {
    process.stdout.write(USAGE);
    return;
  }
  const wanted = configure(flags, Number(flags['simulator-port']));
  const ports: Ports = {
    server: await findFreePort(wanted.host, wanted.port, '--port'),
    simulator: await findFreePort('127.0.0.1', Number(flags['simulator-port']), '--simulator-port'),
  };
  const config = { ...configure(flags, ports.simulator), port: ports.server };
  stops.onSignals();
  const { databaseUrl, phones, log } = await prepareData(config, stops);
  const simulator = await stops.start(
    () => startDemoSimulator(ports, config),
    (one) => one.close(),
  );
  rememberPhones(simulator.world, demoNumber.phoneNumberId, phones);
  const server = await stops.start(
    () => startServer({ ...config, databaseUrl }, log),
    // What is on its way to the simulator ends before the simulator does, and trouble that was asked for holds nothing up.
    (one) => {
      simulator.scenarios.stopAll();
      simulator.world.faults.clear();
      simulator.world.held.release();
      return one.stop();
    },
  );
  stops.started();
  startScenarios(simulator);
  const url = server.url ?? '';
  announce(url, simulator.url);
  if (!flags['no-open']) openBrowser(url);
}

async function main(): Promise<void> {
  const stops = new Stops();
  try {
    await start(stops);
  } catch (error) {
    await stops.runAll();
    if (error instanceof StopRequested) process.exit(0);
    process.stderr.write(`${describeFailure(error, 'the demo did not start')}\n`);
    if (error instanceof UsageError) process.stderr.write(`\n${USAGE}`);
    process.exit(error instanceof UsageError ? 2 : 1);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
