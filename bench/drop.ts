import { flag, percentile, report } from './support/figures.ts';
import { startBenchPostgres, withClient } from './support/postgres.ts';
import { startBenchServer } from './support/server.ts';
import { postWebhooks } from './support/webhooks.ts';
import { makeWorkspace } from './support/workspace.ts';

/** What blocked people send costs no more than what is stored: the same load, admitted and then all blocked. */
const load = { connections: 64, senders: 1_000 };
const seconds = flag('seconds', 10);

const countMessages = (url: string) =>
  withClient(url, async (client) => {
    const { rows } = await client.query<{ n: string }>('select count(*) as n from message');
    return Number(rows[0]?.n);
  });

const postgres = await startBenchPostgres();
try {
  const url = await postgres.makeDatabase('guarita_bench');
  const workspace = await makeWorkspace(url);
  const server = await startBenchServer(url);
  const run = (duration: number) => postWebhooks({ ...load, port: server.port, seconds: duration });
  await run(3);
  const admitted = await run(seconds);
  await withClient(url, async (client) => {
    await client.query(
      `insert into block (workspace_id, id, contact_id, reason, started_by_kind, started_by)
       select workspace_id, gen_random_uuid(), id, 'spam', 'member', $1 from contact`,
      [workspace.memberId],
    );
    await client.query('update contact set block_epoch = block_epoch + 1');
  });
  const before = await countMessages(url);
  const dropped = await run(seconds);
  const after = await countMessages(url);
  await server.stop();
  const ratio = dropped.perSecond / admitted.perSecond;
  report(
    'drop',
    {
      ratio,
      droppedPerSecond: dropped.perSecond,
      p50Ms: percentile(dropped.latenciesMs, 50),
      p99Ms: percentile(dropped.latenciesMs, 99),
      ingestPerSecond: admitted.perSecond,
      ingestP99Ms: percentile(admitted.latenciesMs, 99),
      refused: dropped.refused,
      storedOfBlocked: after - before,
    },
    [
      { text: 'dropped per second >= stored per second', isMet: ratio >= 1 },
      { text: 'nothing of a blocked sender stored', isMet: after === before },
    ],
  );
} finally {
  await postgres.stop();
}
