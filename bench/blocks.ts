import { askPage, referencePath } from './support/ask.ts';
import { flag, percentile, report } from './support/figures.ts';
import { startBenchPostgres, withClient } from './support/postgres.ts';
import { type BenchServer, startBenchServer } from './support/server.ts';
import { type BenchWorkspace, makeWorkspace } from './support/workspace.ts';

/**
 * The page of blocks through the API: pages, filters, number beginnings and free text, with 64,000 active blocks and as
 * many ended ones against 640 of each, one client; beside them a request that reads one row, which tells what the machine itself
 * takes.
 */
const rounds = flag('rounds', 60);
const most = flag('blocks', 64_000);

const names = `(array['Ana','Bruno','Carla','Diego','Elisa','Fábio','Gabriela','Heitor','Íris','João','Karina','Luís',
  'Márcia','Nelson','Olívia','Paulo','Quitéria','Rafael','Sônia','Tiago'])[1 + (n * 7) % 20] || ' ' ||
  (array['Silva','Souza','Araújo','Lima','Ferreira','Gomes','Ribeiro','Cardoso','Moraes','Teixeira'])[1 + (n / 20) % 10]
  || ' ' || substr(md5(n::text), 1, 4)`;

/** The older half has ended; of the others one in ten has an end, two in five had attempts. */
const fill = (url: string, { workspaceId, channelId }: BenchWorkspace, blocks: number) =>
  withClient(url, async (client) => {
    const ids = [workspaceId];
    await client.query(
      `create table bench_person as
         select n, gen_random_uuid() as contact, gen_random_uuid() as block,
                '55' || (11 + (n * 13) % 67) || '9' || lpad(((n::bigint * 7919) % 100000000)::text, 8, '0') as phone
           from generate_series(1, $1::int) n`,
      [blocks * 3],
    );
    await client.query(
      `insert into contact (workspace_id, id, profile_name) select $1, contact, ${names} from bench_person`,
      ids,
    );
    await client.query(
      `insert into contact_identity (workspace_id, id, contact_id, kind, match_key, value)
       select $1, gen_random_uuid(), contact, 'phone', 'phone:' || phone, phone from bench_person
       on conflict do nothing`,
      ids,
    );
    await client.query(
      `insert into block (workspace_id, id, contact_id, reason, note, started_at, started_by_kind, started_by, expires_at,
                          lifted_at, lifted_by_kind)
       select $1, block, contact, (array['offense','spam','spam','fraud','spam','improper-content','other'])[1 + n % 7],
              case when n % 3 = 0 then 'Insistiu depois do aviso, ' || n end,
              clock_timestamp() - n * interval '4 minutes', case when n % 11 = 0 then 'system' else 'member' end,
              case when n % 11 > 0 then ('00000000-0000-7000-8000-00000000000' || n % 8)::uuid end,
              case when n <= $2 and n % 10 = 0 then clock_timestamp() + n * interval '2 minutes' end,
              case when n > $2 then clock_timestamp() end, case when n > $2 then 'system' end
         from bench_person where n <= 2 * $2`,
      [...ids, blocks],
    );
    await client.query(
      `insert into block_attempt (workspace_id, block_id, kind, attempts, first_at, last_at)
       select $1, block, k, 1 + n % 90, clock_timestamp(), clock_timestamp() - n * interval '1 minute'
         from bench_person, unnest(array['text', 'image']) k where n <= 2 * $2 and n % 5 < 2`,
      [...ids, blocks],
    );
    await client.query(
      `insert into block_attempt_total (workspace_id, block_id, is_open, attempts, last_at)
       select a.workspace_id, a.block_id, b.is_open, sum(a.attempts), max(a.last_at)
         from block_attempt a join block b on b.workspace_id = a.workspace_id and b.id = a.block_id group by 1, 2, 3`,
    );
    await client.query(
      `insert into upstream_block (workspace_id, channel_id, contact_id, match_key, kind, value, state, is_listed, is_due)
       select $1, $3, contact, 'phone:' || phone, 'phone', phone,
              case when n % 50 = 0 then 'failed' when n > $2 / 2 then 'waiting-for-message' else 'applied' end,
              n <= $2 / 2, false
         from bench_person where n <= $2`,
      [...ids, blocks, channelId],
    );
    await client.query('vacuum analyze');
  });

interface Page {
  readonly items: readonly unknown[];
  readonly nextCursor: string | null;
}
interface Subject {
  readonly server: BenchServer;
  readonly apiKey: string;
  readonly channelId: string;
  readonly times: Map<string, number[]>;
}

const get = ({ server, apiKey }: Subject, path: string) =>
  askPage<Page>({ url: server.url, apiKey }, path);

const ddd = (round: number): number => 11 + ((round * 13) % 67);
const digits = (round: number, length: number): string =>
  String((round * 7919) % 10 ** length).padStart(length, '0');
const somebody = (round: number) => `00000000-0000-7000-8000-00000000000${round % 8}`;

type Asked = Readonly<Record<string, readonly ((round: number, channelId: string) => string)[]>>;

const asked: Asked = {
  filter: [
    () => 'reason=fraud',
    () => 'reason=spam&state=ended',
    (round) => `startedBy=${somebody(round)}`,
    (round) => `startedBy=${somebody(round)}&reason=fraud&attempts=none`,
    () => 'startedBy=system',
    () => 'upstream=failed',
    () => 'upstream=waiting-for-message',
    () => 'upstream=list-full',
    () => 'upstream=off',
    (_, channelId) => `channelId=${channelId}`,
    (_, channelId) => `channelId=${channelId}&upstream=failed`,
    (_, channelId) => `channelId=${channelId}&upstream=list-full`,
    (_, channelId) => `channelId=${channelId}&upstream=off`,
    () => 'end=none',
    () => 'end=some',
    () => 'endsWithinDays=7',
    () => 'attempts=some&state=all',
    () => 'attempts=none',
    () => 'toReview=true',
    () => 'sort=oldest&reason=offense',
    () => 'sort=until',
    () => 'sort=attempts',
    () => 'sort=attempts&state=ended',
    () => 'sort=last-attempt&reason=fraud',
  ],
  number: [
    (round) => `search=${ddd(round)}9`,
    (round) => `search=(${ddd(round)}) 9${digits(round, 2)}`,
    (round) => `search=${ddd(round)} ${9}${digits(round, 4)}`,
    (round) => `search=${ddd(round)} 8${digits(round, 3)}`,
    (round) => `search=+55 ${ddd(round)} 9${digits(round, 6)}`,
    (round) => `search=${digits(round, 4)}`,
    (round) => `search=${ddd(round)}9${digits(round, 8)}&state=all`,
  ],
  text: [
    () => 'search=ana',
    () => 'search=joao',
    () => 'search=silva',
    (round) => `search=araujo ${(round % 256).toString(16).padStart(2, '0')}`,
    (round) => `search=${(round * 977).toString(16).slice(-3).padStart(3, 'a')}`,
    () => 'search=ninguém com este nome',
    () => 'search=lim&reason=fraud',
    () => 'search=souza&state=ended',
  ],
};

const note = (subject: Subject, name: string, ms: number, round: number): void => {
  // The first rounds warm up plans and caches.
  if (round >= rounds / 10) {
    subject.times.set(name, [...(subject.times.get(name) ?? []), ms]);
  }
};

const measureRound = async (subject: Subject, round: number): Promise<void> => {
  let cursor = '';
  for (let page = 0; page < 8; page += 1) {
    const answer = await get(subject, `/blocks?limit=50${cursor}`);
    note(subject, 'page', answer.ms, round);
    note(subject, 'reference', (await get(subject, referencePath)).ms, round);
    cursor = answer.page.nextCursor === null ? '' : `&cursor=${answer.page.nextCursor}`;
  }
  for (const [name, queries] of Object.entries(asked)) {
    for (const query of queries) {
      const path = encodeURI(`/blocks?limit=50&${query(round, subject.channelId)}`).replaceAll(
        '+',
        '%2B',
      );
      const { ms } = await get(subject, path);
      note(subject, name, ms, round);
      note(subject, `  ${query(0, 'one')}`, ms, round);
    }
  }
  note(subject, 'counts', (await get(subject, '/blocks/counts')).ms, round);
};

const postgres = await startBenchPostgres();
try {
  const subjects: Subject[] = [];
  for (const blocks of [most / 100, most]) {
    const url = await postgres.makeDatabase(`guarita_bench_${blocks}`);
    const workspace = await makeWorkspace(url);
    await fill(url, workspace, blocks);
    const server = await startBenchServer(url, { GUARITA_ROLES: 'web' });
    const { apiKey, channelId } = workspace;
    subjects.push({ server, apiKey, channelId, times: new Map() });
  }
  const [small, large] = subjects;
  if (small === undefined || large === undefined) {
    throw new Error('nothing was measured');
  }
  // Turn by turn: whatever else the machine does falls on both.
  for (let round = 0; round < rounds; round += 1) {
    await measureRound(small, round);
    await measureRound(large, round);
  }
  await Promise.all(subjects.map((subject) => subject.server.stop()));
  const p = (subject: Subject, name: string, rank: number): number =>
    percentile(subject.times.get(name) ?? [], rank);
  if (process.argv.includes('--each')) {
    for (const [name, times] of large.times) {
      console.log(
        `${name.padEnd(50)} p50 ${percentile(times, 50).toFixed(1)} p99 ${percentile(times, 99).toFixed(1)}`,
      );
    }
  }
  const figures = Object.fromEntries(
    ['page', 'filter', 'number', 'text', 'counts', 'reference'].flatMap((name) => [
      [`${name}P50Ms`, p(large, name, 50)],
      [`${name}P99Ms`, p(large, name, 99)],
      [`${name}P50SmallMs`, p(small, name, 50)],
      [`${name}Ratio`, p(large, name, 50) / p(small, name, 50)],
    ]),
  );
  report('blocks', { ratio: figures['pageRatio'] ?? Number.NaN, ...figures }, [
    { text: 'page p50 <= 1.5 x at 640', isMet: (figures['pageRatio'] ?? 9) <= 1.5 },
    ...['page', 'filter', 'number'].map((name) => ({
      text: `${name} p99 <= 20 ms`,
      isMet: p(large, name, 99) <= 20,
    })),
    { text: 'free text p99 <= 100 ms', isMet: p(large, 'text', 99) <= 100 },
  ]);
} finally {
  await postgres.stop();
}
