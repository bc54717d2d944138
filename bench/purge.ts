import { randomUUID } from 'node:crypto';
import type { Actor, Deps } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { removeAtSight } from '../src/features/removals/server/decide-request.ts';
import { openBenchDeps } from './support/deps.ts';
import { flag, percentile, report } from './support/figures.ts';
import { startBenchPostgres, withClient } from './support/postgres.ts';
import { type BenchWorkspace, makeWorkspace, senderOf } from './support/workspace.ts';

/**
 * Taking a message out for good that was forwarded to 100 people, against one that nobody forwarded, in alternation, in a
 * history of 100,000 messages: the transaction that opens the request, decides it and empties every copy. What follows it, files
 * and the tables' own bytes, is not waited for by anybody.
 */
const rounds = flag('rounds', 40);
const copies = flag('copies', 100);
const history = flag('history', 100_000);
const warmUp = 5;

interface Sources {
  readonly forwarded: readonly string[];
  readonly alone: readonly string[];
}

/** People with a conversation and a history each; each forwarded message has a copy with so many of them. */
const fill = (url: string, { workspaceId, channelId }: BenchWorkspace): Promise<Sources> =>
  withClient(url, async (client) => {
    const people = copies + 1;
    await client.query(
      `create table bench_person as
         select n, gen_random_uuid() as contact, gen_random_uuid() as conversation from generate_series(0, $1::int - 1) n`,
      [people],
    );
    await client.query(
      `insert into contact (workspace_id, id, profile_name) select $1, contact, 'Cliente ' || n from bench_person`,
      [workspaceId],
    );
    await client.query(
      `insert into contact_identity (workspace_id, id, contact_id, kind, match_key, value)
       select $1, gen_random_uuid(), contact, 'phone', 'phone:' || ($2::bigint + n), ($2::bigint + n)::text from bench_person`,
      [workspaceId, senderOf(0)],
    );
    await client.query(
      `insert into conversation (workspace_id, id, contact_id, channel_id)
       select $1, conversation, contact, $2 from bench_person`,
      [workspaceId, channelId],
    );
    const put = (id: string, from: string, direction: string, more: string) => `
      insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, text, external_id,
                           status, at, forwarded_from)
      select $1, ${id}, p.conversation, p.contact, $2, '${direction}', 'text', 'O que ninguém precisa ler.',
             'wamid.' || gen_random_uuid(), ${direction === 'in' ? "'received'" : "'read'"}, clock_timestamp(), ${from}
        from ${more}`;
    await client.query(
      put(
        'gen_random_uuid()',
        'null',
        'in',
        `generate_series(1, $3::int) s join bench_person p on p.n = s % ${people}`,
      ),
      [workspaceId, channelId, history],
    );
    const each = rounds + warmUp;
    await client.query(
      `create table bench_source as select n, gen_random_uuid() as id, n % 2 = 0 as forwarded
         from generate_series(1, $1::int) n`,
      [each * 2],
    );
    await client.query(put('s.id', 'null', 'in', `bench_source s join bench_person p on p.n = 0`), [
      ...[workspaceId, channelId],
    ]);
    await client.query(
      put(
        'gen_random_uuid()',
        's.id',
        'out',
        'bench_source s join bench_person p on p.n > 0 where s.forwarded',
      ),
      [workspaceId, channelId],
    );
    await client.query('vacuum analyze');
    const { rows } = await client.query<{ id: string; forwarded: boolean }>(
      'select id, forwarded from bench_source order by n',
    );
    const idsOf = (forwarded: boolean) =>
      rows.filter((row) => row.forwarded === forwarded).map(({ id }) => id);
    return { forwarded: idsOf(true), alone: idsOf(false) };
  });

const removes = async (deps: Deps, actor: Actor, messageId: string): Promise<number> => {
  const begin = performance.now();
  await inTx(deps, actor, (ctx) =>
    removeAtSight(ctx, { messageIds: [messageId], reason: 'offense', note: null }),
  );
  return performance.now() - begin;
};

const postgres = await startBenchPostgres();
try {
  const url = await postgres.makeDatabase('guarita_bench');
  const workspace = await makeWorkspace(url);
  const sources = await fill(url, workspace);
  const deps = await openBenchDeps(url);
  const { workspaceId, memberId: id } = workspace;
  const actor: Actor = { kind: 'member', id, workspaceId, role: 'administrator' };
  const times = { forwarded: [] as number[], alone: [] as number[] };
  for (let round = 0; round < rounds + warmUp; round += 1) {
    for (const name of ['alone', 'forwarded'] as const) {
      const ms = await removes(deps, actor, sources[name][round] ?? randomUUID());
      if (round >= warmUp) {
        times[name].push(ms);
      }
    }
  }
  await deps.pool.end();
  const left = await withClient(url, async (client) => {
    const { rows } = await client.query<{ n: string }>(
      `select count(*) as n from message m join bench_source s on m.forwarded_from = s.id or m.id = s.id
        where m.removed_at is null`,
    );
    return Number(rows[0]?.n);
  });
  const [p50, aloneP50] = [percentile(times.forwarded, 50), percentile(times.alone, 50)];
  report(
    'purge',
    {
      ratio: p50 / aloneP50,
      p50Ms: p50,
      p99Ms: percentile(times.forwarded, 99),
      aloneP50Ms: aloneP50,
      aloneP99Ms: percentile(times.alone, 99),
      msACopy: (p50 - aloneP50) / copies,
      copies,
      left,
    },
    [
      { text: 'nothing is left of any', isMet: left === 0 },
      { text: `p50 with ${copies} copies <= 10 x one without`, isMet: p50 <= 10 * aloneP50 },
      {
        text: `p99 with ${copies} copies <= 1,000 ms`,
        isMet: percentile(times.forwarded, 99) <= 1_000,
      },
    ],
  );
} finally {
  await postgres.stop();
}
