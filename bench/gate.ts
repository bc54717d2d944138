import type { Ctx, Deps } from '#platform/server/deps.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { resolveContacts } from '../src/features/contacts/server/index.ts';
import { checkGateInbound, checkGateOutbound } from '../src/features/gate/server/index.ts';
import { openBenchDeps } from './support/deps.ts';
import { flag, percentile, report } from './support/figures.ts';
import { startBenchPostgres, withClient } from './support/postgres.ts';
import { makeWorkspace, senderOf } from './support/workspace.ts';

/**
 * What the gate's decision costs whoever is not blocked, by how many of the others are: for one item and for a batch of
 * fifty that come in, and for one that goes out. Of what comes in, all of it: who they are, their locks, the verdicts. As many
 * databases as there are sizes, with the same people in them, asked in turn.
 */
const rounds = flag('rounds', 400);
const most = flag('most', 1_000_000);
const sizes = [0, 1_000, 64_000, most];
const open = 1_000;

/** `verdicts`: of the batch of fifty, without finding and locking anybody; told, and held against nothing. */
type Measure = 'one' | 'batch' | 'out' | 'verdicts';
const decisions: readonly Measure[] = ['one', 'batch', 'out'];
const measures: readonly Measure[] = [...decisions, 'verdicts'];

interface Subject {
  readonly blocks: number;
  readonly workspaceId: string;
  readonly channelId: string;
  readonly deps: Deps;
  readonly contactIds: readonly string[];
  readonly ms: Readonly<Record<Measure, number[]>>;
}

type People = Pick<Subject, 'workspaceId' | 'channelId'>;

/** The first `open` of them are never blocked. */
const fillPeople = async (url: string): Promise<People> => {
  const { workspaceId, channelId } = await makeWorkspace(url);
  await withClient(url, async (client) => {
    await client.query(
      'create table bench_person as select n, gen_random_uuid() as id from generate_series(1, $1) n',
      [open + most],
    );
    await client.query(
      `insert into contact (workspace_id, id, profile_name)
       select $1, id, 'Cliente ' || n from bench_person`,
      [workspaceId],
    );
    await client.query(
      `insert into contact_identity (workspace_id, id, contact_id, kind, match_key, value)
       select $1, gen_random_uuid(), id, 'phone', 'phone:' || (5511910000000 + n), (5511910000000 + n)::text
         from bench_person`,
      [workspaceId],
    );
    await client.query('vacuum analyze');
  });
  return { workspaceId, channelId };
};

/** So many of the others are blocked, once and for good. */
const fillBlocks = (url: string, workspaceId: string, blocks: number): Promise<string[]> =>
  withClient(url, async (client) => {
    await client.query(
      `insert into block (workspace_id, id, contact_id, reason, started_by_kind)
       select $1, gen_random_uuid(), id, 'spam', 'system' from bench_person where n > $2 and n <= $2 + $3::int`,
      [workspaceId, open, blocks],
    );
    await client.query(
      `update contact set block_epoch = 1 where workspace_id = $1 and id in (select contact_id from block)`,
      [workspaceId],
    );
    await client.query('vacuum analyze');
    const { rows } = await client.query<{ id: string }>(
      'select id from bench_person where n <= $1 order by n',
      [open],
    );
    return rows.map(({ id }) => id);
  });

const raise = async (url: string, people: People, blocks: number): Promise<Subject> => {
  const contactIds = await fillBlocks(url, people.workspaceId, blocks);
  const deps = await openBenchDeps(url);
  return { ...people, blocks, contactIds, deps, ms: { one: [], batch: [], out: [], verdicts: [] } };
};

let made = 0;
const aMessageId = (): string => {
  made += 1;
  return `wamid.${made}`;
};

/** As a webhook does: who they are, locked, and the verdicts. Nothing is stored. */
const judgeInbound = async (
  ctx: Ctx,
  subject: Subject,
  senders: readonly number[],
): Promise<{ wholeMs: number; verdictsMs: number }> => {
  const { workspaceId, channelId } = subject;
  const whole = performance.now();
  const people = senders.map((n) => ({ workspaceId, person: { phone: senderOf(n) } }));
  const resolution = await resolveContacts(ctx, people);
  const begin = performance.now();
  const verdicts = await checkGateInbound(
    ctx,
    people.map(({ person }) => ({
      ...{ item: person, workspaceId, channelId, externalId: aMessageId() },
      ...{ direction: 'in' as const, timestamp: Math.floor(Date.now() / 1000) },
      ...{ kind: 'text', isAttempt: true, isHistory: false },
      contactIds: resolution.holdersOf(workspaceId, person).map((holder) => holder.contactId),
    })),
  );
  const end = performance.now();
  if (verdicts.some(({ kind }) => kind !== 'pass')) {
    throw new Error('somebody who is not blocked was turned away');
  }
  return { wholeMs: end - whole, verdictsMs: end - begin };
};

const judgeOutbound = async (ctx: Ctx, { contactIds }: Subject, n: number): Promise<number> => {
  const begin = performance.now();
  const verdict = await checkGateOutbound(ctx, 'message', contactIds[n % open] ?? '', {}, null);
  const ms = performance.now() - begin;
  if (verdict.kind !== 'pass') {
    throw new Error('a message to somebody who is not blocked was refused');
  }
  return ms;
};

const askOnce = async (subject: Subject, n: number): Promise<void> => {
  const { deps, ms } = subject;
  const within = <T>(run: (ctx: Ctx) => Promise<T>) =>
    inTx(deps, systemActor(subject.workspaceId), run);
  const batch = Array.from({ length: 50 }, (_, at) => (n * 50 + at) % (open - 1));
  const one = await within((ctx) => judgeInbound(ctx, subject, [n % (open - 1)]));
  const many = await within((ctx) => judgeInbound(ctx, subject, batch));
  ms.one.push(one.wholeMs);
  ms.batch.push(many.wholeMs);
  ms.verdicts.push(many.verdictsMs);
  ms.out.push(await within((ctx) => judgeOutbound(ctx, subject, n)));
};

const postgres = await startBenchPostgres();
try {
  const subjects: Subject[] = [];
  const people = await fillPeople(await postgres.makeDatabase('guarita_bench'));
  for (const blocks of sizes) {
    const url = await postgres.copyDatabase(`guarita_bench_${blocks}`, 'guarita_bench');
    subjects.push(await raise(url, people, blocks));
  }
  const warmUp = 40;
  for (let n = 0; n < rounds + warmUp; n += 1) {
    // Whoever is asked first in one round is asked last in the next.
    for (const subject of n % 2 === 0 ? subjects : [...subjects].reverse()) {
      await askOnce(subject, n);
    }
    if (n + 1 === warmUp) {
      for (const { ms } of subjects) {
        for (const measure of measures) {
          ms[measure].splice(0);
        }
      }
    }
  }
  const p50 = (subject: Subject | undefined, measure: Measure) =>
    percentile(subject?.ms[measure] ?? [], 50);
  const ratios = subjects.flatMap((subject) =>
    measures.map((measure) => ({
      measure,
      name: `${measure} at ${subject.blocks}`,
      ms: p50(subject, measure),
      ratio: p50(subject, measure) / p50(subjects[0], measure),
    })),
  );
  const worst = Math.max(
    ...ratios.flatMap(({ measure, ratio }) => (decisions.includes(measure) ? ratio : [])),
  );
  report(
    'gate',
    {
      worstRatio: worst,
      ...Object.fromEntries(ratios.map(({ name, ms }) => [`${name}, p50 ms`, ms])),
      ...Object.fromEntries(ratios.map(({ name, ratio }) => [`${name}, ratio`, ratio])),
    },
    [{ text: 'a decision costs <= 1.3 x one without any block', isMet: worst <= 1.3 }],
  );
  for (const { deps } of subjects) {
    await deps.db.destroy();
  }
} finally {
  await postgres.stop();
}
