import { flag, percentile, report } from './support/figures.ts';
import { pgbench, startBenchPostgres, withClient } from './support/postgres.ts';
import { fillReference, referenceScript } from './support/reference.ts';
import { startBenchServer } from './support/server.ts';
import { postWebhooks } from './support/webhooks.ts';
import { makeWorkspace } from './support/workspace.ts';

/**
 * Signed webhooks of one text each, 1,000 senders, 64 connections, through the real HTTP server with everything on,
 * against pgbench storing the same rows one transaction each at 64 clients on the same PostgreSQL.
 */
const senders = 1_000;
const connections = 64;
const seconds = flag('seconds', 10);

const postgres = await startBenchPostgres();
try {
  const referenceUrl = await postgres.makeDatabase('reference');
  const reference = await makeWorkspace(referenceUrl);
  await fillReference(referenceUrl, reference, senders);
  const script = referenceScript(reference, senders);

  const url = await postgres.makeDatabase('guarita_bench');
  await makeWorkspace(url);
  const server = await startBenchServer(url);
  const load = { port: server.port, connections, senders };
  await postWebhooks({ ...load, seconds: 3 });

  const before = await pgbench(referenceUrl, script, connections, seconds);
  const ours = await postWebhooks({ ...load, seconds });
  const after = await pgbench(referenceUrl, script, connections, seconds);
  await server.stop();

  const stored = await withClient(url, async (client) => {
    const { rows } = await client.query<{ n: string }>('select count(*) as n from message');
    return Number(rows[0]?.n);
  });
  const referencePerSecond = (before.perSecond + after.perSecond) / 2;
  const referenceP99 = (before.p99Ms + after.p99Ms) / 2;
  const p99 = percentile(ours.latenciesMs, 99);
  const ratio = ours.perSecond / referencePerSecond;
  const allowedP99 = Math.max(60, 2 * referenceP99);
  report(
    'ingest',
    {
      ratio,
      storedPerSecond: ours.perSecond,
      p50Ms: percentile(ours.latenciesMs, 50),
      p99Ms: p99,
      refused: ours.refused,
      pgbenchPerSecond: referencePerSecond,
      pgbenchP50Ms: (before.p50Ms + after.p50Ms) / 2,
      pgbenchP99Ms: referenceP99,
      messagesInDatabase: stored,
    },
    [
      { text: 'stored per second >= 0.8 x pgbench', isMet: ratio >= 0.8 },
      {
        text: `p99 <= ${allowedP99.toFixed(0)} ms (60 ms or 2 x pgbench)`,
        isMet: p99 <= allowedP99,
      },
      { text: 'nothing refused', isMet: ours.refused === 0 },
    ],
  );
} finally {
  await postgres.stop();
}
