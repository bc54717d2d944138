import { setTimeout as sleep } from 'node:timers/promises';
import { flag, report } from './support/figures.ts';
import { startBenchPostgres } from './support/postgres.ts';
import { startBenchServer } from './support/server.ts';
import { postWebhooks } from './support/webhooks.ts';
import { makeWorkspace } from './support/workspace.ts';

/** Resident memory of the server process at ready, under ingest, and 30 s after it. */
const seconds = flag('seconds', 20);

const postgres = await startBenchPostgres();
try {
  const url = await postgres.makeDatabase('guarita_bench');
  await makeWorkspace(url);
  const server = await startBenchServer(url);
  await sleep(1_000);
  const atReady = await server.memoryMb();
  const load = await postWebhooks({ port: server.port, connections: 64, senders: 1_000, seconds });
  const underLoad = await server.memoryMb();
  await sleep(30_000);
  const afterwards = await server.memoryMb();
  await server.stop();
  const ratio = afterwards / atReady;
  report(
    'memory',
    {
      ratio,
      atReadyMb: atReady,
      underLoadMb: underLoad,
      afterwardsMb: afterwards,
      stored: load.accepted,
    },
    [
      { text: '30 s after ingest <= 300 MB', isMet: afterwards <= 300 },
      { text: '<= 1.6 x at ready', isMet: ratio <= 1.6 },
    ],
  );
} finally {
  await postgres.stop();
}
