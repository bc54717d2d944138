import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startSimulator } from './start-simulator.ts';

const USAGE = `Usage: npm run sim -- [options]

  --port N                 port to listen on (3001)
  --host ADDRESS           address to listen on (127.0.0.1)
  --webhook-url URL        where webhooks go (http://127.0.0.1:3000/webhooks/whatsapp)
  --access-token TOKEN     take this token only (any token is good without it)
  --harasser [NUMBER]      somebody who writes offences every 30 s
  --harasser-every MS      another pace for that
  --customers              ordinary people who write now and then
  --window sync|async|off  what happens outside the 24-hour window (sync)
  --state-file FILE        remember people and block lists across restarts
  --page-dir FOLDER        the built page (dist/simulator-page, built when missing)
`;

function readArguments() {
  // A flag that may stand alone: parseArgs knows no optional values.
  const given = process.argv.slice(2).flatMap((argument, index, all) => {
    const next = all[index + 1];
    const isBare = argument === '--harasser' && (next === undefined || next.startsWith('--'));
    return isBare ? ['--harasser', ''] : [argument];
  });
  return parseArgs({
    args: given,
    options: {
      port: { type: 'string', default: '3001' },
      host: { type: 'string', default: '127.0.0.1' },
      'webhook-url': { type: 'string', default: 'http://127.0.0.1:3000/webhooks/whatsapp' },
      'access-token': { type: 'string' },
      harasser: { type: 'string' },
      'harasser-every': { type: 'string' },
      customers: { type: 'boolean', default: false },
      window: { type: 'string', default: 'sync' },
      'state-file': { type: 'string' },
      'page-dir': { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values;
}

/** The page's folder; from the sources it is built on the way. */
async function pageFolder(wanted: string | undefined): Promise<string> {
  const beside = fileURLToPath(new URL('../simulator-page', import.meta.url));
  const folder = path.resolve(wanted ?? (existsSync(beside) ? beside : 'dist/simulator-page'));
  const sources = fileURLToPath(new URL('./page/main.tsx', import.meta.url));
  if (!existsSync(path.join(folder, 'index.html')) && existsSync(sources)) {
    const { buildSimulatorPage } = await import('./build-page.ts');
    await buildSimulatorPage(folder);
  }
  return folder;
}

function windowMode(text: string): 'sync' | 'async' | 'off' {
  if (text === 'sync' || text === 'async' || text === 'off') return text;
  throw new Error('--window is sync, async or off');
}

function webhookAddress(text: string): string {
  if (/^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : '')) {
    return text;
  }
  throw new Error('--webhook-url is an http:// or https:// address');
}

async function main(): Promise<void> {
  const values = readArguments();
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const everyMs = values['harasser-every'];
  const harasser = {
    ...(values.harasser ? { number: values.harasser } : {}),
    ...(everyMs === undefined ? {} : { everyMs: Number(everyMs) }),
  };
  const simulator = await startSimulator({
    host: values.host,
    port: Number(values.port),
    webhookUrl: webhookAddress(values['webhook-url']),
    accessToken: values['access-token'] ?? null,
    harasser: values.harasser === undefined ? false : harasser,
    customers: values.customers,
    settings: { window: windowMode(values.window) },
    ...(values['state-file'] === undefined ? {} : { stateFile: values['state-file'] }),
    pageDir: await pageFolder(values['page-dir']),
    desk: [
      { number: '5511955550101', name: 'Ana Souza' },
      { number: '5521955550102', name: 'Bruno Lima' },
    ],
  });
  console.log(`simulator ${simulator.url}`);
  const stop = () => {
    void simulator.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  const isBusy = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  console.error(isBusy ? 'The port is in use: choose another with --port.' : String(error));
  process.exitCode = 1;
});
